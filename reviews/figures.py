"""What an agency's reviews add up to: the tally, the score, and the figures search works with.

The integer tally is the only thing counted up and down, in the transaction that publishes or
takes away a review; the score and the agency's figures are made afresh from it (AC-R1).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from agencies.models import Agency, FeeRule
from agencies.services import set_figures
from reviews import fees, rating
from reviews.models import Answer, Review, ReviewVersion, Score, Tally
from reviews.question import NOT_TOLD, OTHER_COUNTRY

RATE_MONTHS = 36  # answers older than this leave the rates (AC-R7)
LEAST_TO_NAME = 5  # reviews that share a value before it may be told (AC-R10)
VERIFIED_FROM = Review.Checked.MET  # from this level on a review weighs 1
_NO_COUNTRY = {"", OTHER_COUNTRY, *NOT_TOLD}
STAR_FIELDS = ("n1", "n2", "n3", "n4", "n5")


class TallyDriftError(Exception):
    """A review is to be taken out of a tally that does not hold it."""


def month_of(day: date) -> int:
    """Return a month as one number: 12 * year + month - 1."""
    return 12 * day.year + day.month - 1


@transaction.atomic
def apply_published(version: ReviewVersion, *, today: date | None = None) -> None:
    """Count a version that has just become public, and put its agency's figures right."""
    _one_at_a_time(version.review.agency_id)
    _count(version, 1)
    refresh_figures(version.review.agency_id, today or timezone.localdate())


@transaction.atomic
def remove_published(version: ReviewVersion, *, today: date | None = None) -> None:
    """Undo ``apply_published`` exactly, for a version as it was read before it left the public."""
    _one_at_a_time(version.review.agency_id)
    _count(version, -1)
    refresh_figures(version.review.agency_id, today or timezone.localdate())


def _one_at_a_time(agency_id: int) -> None:
    """Let nobody else count this agency's reviews until the transaction ends.

    The score is made of the whole tally: of two at once the slower would store an old one.
    """
    Agency.objects.select_for_update().only("pk").get(pk=agency_id)


def _count(version: ReviewVersion, change: int) -> None:
    if version.stars is None:
        return  # it counts in the rates, not in the stars (Q-R4)
    review = version.review
    cell: dict[str, Any] = {
        "agency_id": review.agency_id,
        "month": review.first_published_month,
        "is_verified": review.checked >= VERIFIED_FROM,
    }
    field = STAR_FIELDS[version.stars - 1]
    if change > 0:
        Tally.objects.get_or_create(**cell)
    found = Tally.objects.filter(**cell)
    if change < 0:
        found = found.filter(**{f"{field}__gte": -change})
    if not found.update(**{field: F(field) + change}):
        raise TallyDriftError(review.pk)
    if change < 0:
        Tally.objects.filter(**cell, **dict.fromkeys(STAR_FIELDS, 0)).delete()


def tally_of(agency_id: int) -> dict[tuple[int, bool], tuple[int, ...]]:
    """Return the stored tally of an agency in the shape that ``rating.score`` takes."""
    rows = Tally.objects.filter(agency_id=agency_id)
    return {
        (month, is_verified): tuple(stars)
        for month, is_verified, *stars in rows.values_list("month", "is_verified", *STAR_FIELDS)
    }


def recount(agency_id: int) -> dict[tuple[int, bool], tuple[int, ...]]:
    """Return what the tally of an agency has to be, counted from its published reviews."""
    rows = _public(agency_id).values_list(
        "review__first_published_month", "review__checked", "stars"
    )
    counted: Counter[tuple[int, bool, int]] = Counter(
        (month, checked >= VERIFIED_FROM, stars)
        for month, checked, stars in rows
        if month is not None and stars is not None
    )
    cells = {(month, is_verified) for month, is_verified, _stars in counted}
    return {cell: tuple(counted[*cell, star] for star in range(1, 6)) for cell in cells}


@transaction.atomic
def refresh_figures(agency_id: int, today: date) -> None:
    """Make the score and the stored figures of an agency afresh, and have it indexed again."""
    month = month_of(today)
    score = rating.score(tally_of(agency_id), month)
    word = rating.label(score)
    Score.objects.update_or_create(
        agency_id=agency_id,
        defaults={
            **score._asdict(),
            "label": word,
            "config_version": rating.CURRENT.version,
            "computed_month": month,
        },
    )
    is_shown = rating.shown(score)
    months = [
        month or 0
        for month in _public(agency_id).values_list("review__first_published_month", flat=True)
    ]
    answers = _answers(agency_id)
    kept, asked = _promise(answers, since=month - RATE_MONTHS)
    above, compared = _paid(answers, agency_id, since=month - RATE_MONTHS)
    set_figures(
        agency_id=agency_id,
        reviews_count=len(months),
        stars_shown=is_shown,
        rating_mean=score.mean if is_shown else None,
        rating_low=score.low if is_shown else None,
        rating_high=score.high if is_shown else None,
        rating_label=word,
        promise_kept=kept,
        promise_answers=asked,
        paid_above=above,
        paid_answers=compared,
        destinations=_destinations(answers),
        newest_review_month=max(months, default=None),
    )


def _public(agency_id: int) -> QuerySet[ReviewVersion]:
    return ReviewVersion.objects.filter(
        review__agency_id=agency_id, state=ReviewVersion.State.PUBLISHED
    )


class _Told(dict[str, tuple[str, Decimal | None, str]]):
    """Value, amount and currency of each answer of one published review, by question code."""

    month: int = 0  # of its publication

    def value(self, code: str) -> str:
        return self.get(code, ("", None, ""))[0]


def _answers(agency_id: int) -> list[_Told]:
    """Read plain rows: this runs with every publication, over all of an agency's answers."""
    told: defaultdict[int, _Told] = defaultdict(_Told)
    rows = Answer.objects.filter(
        version__review__agency_id=agency_id,
        version__state=ReviewVersion.State.PUBLISHED,
        code__in=("R1", "R2", "R3", "Q201", "Q202", "Q501"),
    ).values_list(
        "version_id",
        "version__review__first_published_month",
        "code",
        "value",
        "amount",
        "currency",
    )
    for version_id, month, code, value, amount, currency in rows:
        told[version_id][code] = (value, amount, currency)
        told[version_id].month = month or 0
    return list(told.values())


def _promise(answers: Iterable[_Told], *, since: int) -> tuple[int, int]:
    given = Counter(told.value("Q501") for told in answers if told.month > since)
    return given["yes"], given["yes"] + given["no"]


def _paid(answers: Iterable[_Told], agency_id: int, *, since: int) -> tuple[int, int]:
    """Return how many paid above a maximum, of how many compared; 0 of 0 without a known rule."""
    origin = Agency.objects.values_list("country_id", flat=True).get(pk=agency_id)
    caps = confirmed_caps(origin)
    if not caps:
        return 0, 0
    verdicts = Counter(
        fees.verdict(_payment(told, origin), caps) for told in answers if told.month > since
    )
    return verdicts[fees.ABOVE], sum(verdicts[word] for word in fees.COMPARED)


def confirmed_caps(origin: str) -> list[fees.Cap]:
    """Return the fee rules somebody checked that may bear on workers leaving ``origin`` (V-4)."""
    rules = FeeRule.objects.exclude(checked_on=None).filter(Q(origin_id=origin) | Q(origin=None))
    return [
        fees.Cap(
            origin=rule.origin_id or "",
            destination=rule.destination_id or "",
            occupation=rule.occupation,
            maximum=rule.maximum,
            currency=rule.currency,
            from_on=rule.in_force_from,
            until_on=rule.in_force_until,
        )
        for rule in rules
    ]


def _payment(told: _Told, origin: str) -> fees.Payment:
    _value, amount, currency = told.get("Q202", ("", None, ""))
    return fees.Payment(
        paid=told.value("Q201"),
        amount=amount,
        currency=currency,
        quarter=told.value("R1"),
        origin=origin,
        destination=told.value("R2"),
        occupation=told.value("R3"),
    )


def _destinations(answers: Iterable[_Told]) -> list[str]:
    """Countries that enough reviews name to be told without pointing at a writer."""
    named = Counter(told.value("R2") for told in answers)
    return sorted(
        code for code, count in named.items() if count >= LEAST_TO_NAME and code not in _NO_COUNTRY
    )
