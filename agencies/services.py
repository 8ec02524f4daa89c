"""The only writer of agencies outside of an import: standing, tier and review figures."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from django.db import transaction
from django.db.models import Q

from agencies.models import Agency, Licence
from agencies.search.queue import mark_stale
from agencies.standing import MEANINGS, best_first, effective

CHUNK = 2_000  # agencies at a time: within every database's number of parameters
FIGURES = frozenset(
    "reviews_count stars_shown rating_mean rating_low rating_high rating_label promise_kept"
    " promise_answers paid_above paid_answers destinations newest_review_month".split()
)


def refresh_standings(*, today: date, agency_ids: Iterable[int] | None = None) -> int:
    """Write each agency's best effective standing of ``today``; returns how many changed.

    Runs daily as well as after an import, because end dates pass by themselves (ST-1).
    ``None`` means every agency. An agency without a licence is left alone.
    """
    ids = (
        Agency.objects.order_by("pk").values_list("pk", flat=True).iterator()
        if agency_ids is None
        else iter(sorted(set(agency_ids)))
    )
    return sum(_refresh_chunk(chunk, today) for chunk in _chunks(ids))


def _chunks(ids: Iterator[int]) -> Iterator[list[int]]:
    while chunk := list(islice(ids, CHUNK)):
        yield chunk


@transaction.atomic
def _refresh_chunk(ids: list[int], today: date) -> int:
    best: dict[int, str] = {}
    licences = Licence.objects.filter(agency_id__in=ids)
    for agency_id, standing, expires_on in licences.values_list(
        "agency_id", "standing", "expires_on"
    ):
        now = effective(standing, expires_on, today)
        if agency_id not in best or best_first(now) < best_first(best[agency_id]):
            best[agency_id] = now
    kept = Agency.objects.filter(pk__in=ids).values_list("pk", "standing", "tier")
    by_standing: dict[str, list[int]] = {}
    for pk, standing, tier in kept:
        if pk in best and (standing, tier) != (best[pk], MEANINGS[best[pk]].tier):
            by_standing.setdefault(best[pk], []).append(pk)
    for standing, pks in by_standing.items():
        Agency.objects.filter(pk__in=pks).update(standing=standing, tier=MEANINGS[standing].tier)
    dated = Agency.objects.filter(pk__in=list(best))
    dated.filter(~Q(standing_on=today) | Q(standing_on=None)).update(standing_on=today)
    changed = [pk for pks in by_standing.values() for pk in pks]
    mark_stale(changed)
    return len(changed)


@transaction.atomic
def set_figures(*, agency_id: int, **figures: object) -> None:
    """Write review figures of one agency and mark it stale; an unknown figure is a mistake."""
    if unknown := figures.keys() - FIGURES:
        message = f"not review figures: {', '.join(sorted(unknown))}"
        raise TypeError(message)
    Agency.objects.filter(pk=agency_id).update(**figures)
    mark_stale([agency_id])
