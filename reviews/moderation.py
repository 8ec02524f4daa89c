"""The queue of a moderator, the lease on one item, the decision, and the daily batch."""

import random
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from recruitadvisor.accounts.models import User
from recruitadvisor.accounts.permissions import countries_of
from reviews import figures, redaction, states
from reviews.models import Decision, Review, ReviewVersion
from reviews.transitions import move

LEASE = timedelta(minutes=30)
FEW_REVIEWS = 3  # an agency with fewer published reviews needs two approvers (trust.md 3.1 no 8)
SEVERE_FLAGS = frozenset({"FL3", "FL5", "D"})
CHECKLIST = ("first_hand", "this_agency", "persons_named", "crime_alleged", "could_identify")
YES, NO = "yes", "no"
Outcome = Decision.Outcome


class AlreadyDecidedError(Exception):
    """Somebody else decided this item, or its author took it back."""


class NotYoursError(Exception):
    """The item is not leased to this person: it waits again, or somebody else reads it."""


class DecisionRefusedError(Exception):
    """The decision is incomplete; ``problem`` names the rule that it breaks."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


# What a person may read --------------------------------------------------------------------


def within_reach(user: User) -> QuerySet[ReviewVersion]:
    """Return the versions about agencies of this person's countries, whatever their state."""
    return ReviewVersion.objects.select_related("review__agency__country", "leased_by").filter(
        review__agency__country_id__in=countries_of(user, "review.decide")
    )


def queue_of(user: User) -> QuerySet[ReviewVersion]:
    """Return what waits for this person: own countries and languages, nothing they approved.

    Who names no languages reads every one; a review without text has no language to read.
    """
    decided = Decision.objects.filter(version=OuterRef("pk"), decided_by=user)
    waiting = within_reach(user).filter(~Exists(decided), state=states.QUEUED)
    languages = [code.strip() for code in user.spoken_languages.split(",") if code.strip()]
    if languages:
        waiting = waiting.filter(Q(review__language__in=languages) | Q(text=""))
    return waiting.order_by("-review__in_danger", "received_on", "queue_place", "pk")


def lease_of(user: User, now: datetime) -> ReviewVersion | None:
    """Return the item this person is reading now, or None."""
    held = within_reach(user).filter(state=states.IN_REVIEW, leased_by=user, leased_until__gt=now)
    return held.first()


# Leases --------------------------------------------------------------------------------------


def free_forgotten(now: datetime) -> int:
    """Put items whose lease is over back into the queue; return how many."""
    over = ReviewVersion.objects.filter(state=states.IN_REVIEW, leased_until__lte=now)
    freed = 0
    for pk in over.values_list("pk", flat=True):
        freed += move(
            version_id=pk,
            to=states.QUEUED,
            actor_id=None,
            source=states.IN_REVIEW,
            only_if={"leased_until__lte": now},
            reason="lease over",
            leased_by=None,
            leased_until=None,
        )
    return freed


def lease_next(
    user: User, now: datetime, skip: Collection[int] = frozenset()
) -> ReviewVersion | None:
    """Give a person the next item to read for 30 minutes, or None if nothing waits.

    Who is reading one already gets that one again. ``skip`` holds keys not to be offered.
    """
    free_forgotten(now)
    held = lease_of(user, now)
    if held is not None:
        return held
    for version in queue_of(user).exclude(pk__in=skip)[:20]:
        taken = move(
            version_id=version.pk,
            to=states.IN_REVIEW,
            actor_id=user.pk,
            source=states.QUEUED,
            leased_by=user,
            leased_until=now + LEASE,
        )
        if taken:
            version.refresh_from_db()
            return version
    return None


def release(*, version_id: int, user: User) -> bool:
    """Give an item back unread; no reason is asked. False if it was not this person's."""
    return move(
        version_id=version_id,
        to=states.QUEUED,
        actor_id=user.pk,
        source=states.IN_REVIEW,
        only_if={"leased_by": user},
        leased_by=None,
        leased_until=None,
    )


# Decisions -----------------------------------------------------------------------------------


def why_sensitive(version: ReviewVersion, checklist: Mapping[str, str]) -> list[str]:
    """Return the reasons for which an approval needs two people; empty if one is enough."""
    reasons = []
    if checklist.get("crime_alleged") == YES:
        reasons.append("crime_alleged")
    if SEVERE_FLAGS.intersection(version.flags):
        reasons.append("serious_harm")
    if published_count(version.review.agency_id) < FEW_REVIEWS:
        reasons.append("few_reviews")
    return reasons


def published_count(agency_id: int) -> int:
    """Return how many reviews of an agency are public."""
    return ReviewVersion.objects.filter(review__agency_id=agency_id, state=states.PUBLISHED).count()


def unhidden_findings(
    version: ReviewVersion, redactions: Iterable[Sequence[object]]
) -> list[dict[str, object]]:
    """Return the blocking findings of a text that no span in ``redactions`` covers."""
    spans = redaction.merged(redactions, len(version.text))
    return [
        finding
        for finding in version.findings
        if finding.get("level") == "block"
        and not any(
            start <= finding["start"] and finding["end"] <= end for start, end, _kind in spans
        )
    ]


def problem_with(
    version: ReviewVersion,
    *,
    outcome: str,
    checklist: Mapping[str, str],
    redactions: Iterable[Sequence[object]] = (),
    reason_code: str = "",
    facts: str = "",
) -> str:
    """Return the name of the first rule a decision breaks, or an empty string (AC-M7)."""
    if outcome not in Outcome.values:
        return "outcome_unknown"
    if outcome == Outcome.REJECT:
        known = bool(reason_code) and reason_code in Decision.Reason.values
        rules = [(known, "reason_missing"), (bool(facts.strip()), "facts_missing")]
    else:
        answered = all(checklist.get(question) in {YES, NO} for question in CHECKLIST)
        rules = [
            (answered, "checklist_incomplete"),
            (checklist.get("first_hand") == YES, "not_first_hand"),
            (checklist.get("this_agency") == YES, "not_this_agency"),
        ]
        if outcome == Outcome.APPROVE and version.text:
            rules += _rules_of_text(version, checklist, list(redactions))
    return next((name for holds, name in rules if not holds), "")


def _rules_of_text(
    version: ReviewVersion, checklist: Mapping[str, str], spans: list[Sequence[object]]
) -> list[tuple[bool, str]]:
    return [
        (not unhidden_findings(version, spans), "finding_not_hidden"),
        (checklist.get("persons_named") != YES or bool(spans), "person_not_hidden"),
        (checklist.get("could_identify") != YES, "could_identify"),
    ]


@transaction.atomic
def decide(
    *,
    version_id: int,
    moderator: User,
    outcome: str,
    checklist: Mapping[str, str],
    now: datetime,
    redactions: Iterable[Sequence[object]] = (),
    reason_code: str = "",
    facts: str = "",
) -> Decision:
    """Decide an item this person is reading, keep the decision, and move the item on.

    A sensitive item is only approved when a second person approves it too: the first approval
    is kept and the item waits again. Hidden spans of both are hidden. Raises
    ``DecisionRefusedError``, ``NotYoursError`` or ``AlreadyDecidedError``.
    """
    version = _held_version(version_id, moderator)
    hidden = redaction.merged([*version.redactions, *redactions], len(version.text))
    refused = problem_with(
        version,
        outcome=outcome,
        checklist=checklist,
        redactions=hidden,
        reason_code=reason_code,
        facts=facts,
    )
    if not refused and version.decisions.filter(decided_by=moderator).exists():
        refused = "decided_by_you"
    if refused:
        raise DecisionRefusedError(refused)
    to, changes = _what_follows(version, outcome, checklist, hidden)
    won = move(
        version_id=version.pk,
        to=to,
        actor_id=moderator.pk,
        source=states.IN_REVIEW,
        only_if={"leased_by": moderator},
        reason=reason_code,
        details={"outcome": outcome, "redactions": hidden, "checklist": dict(checklist)},
        leased_by=None,
        leased_until=None,
        **changes,
    )
    if not won:
        raise AlreadyDecidedError
    return version.decisions.create(
        decided_by=moderator,
        outcome=outcome,
        reason_code=reason_code,
        facts=facts.strip(),
        found_by_software=bool(hidden and version.findings),
        checklist=dict(checklist),
        decided_on=now.date(),
    )


def _held_version(version_id: int, moderator: User) -> ReviewVersion:
    version = within_reach(moderator).filter(pk=version_id).first()
    if version is None:
        raise NotYoursError
    if version.state not in {states.QUEUED, states.IN_REVIEW}:
        raise AlreadyDecidedError
    if version.state == states.QUEUED or version.leased_by_id != moderator.pk:
        raise NotYoursError
    return version


def _what_follows(
    version: ReviewVersion,
    outcome: str,
    checklist: Mapping[str, str],
    hidden: list[redaction.Span],
) -> tuple[str, dict[str, Any]]:
    """Return the next state and what else changes; the day of arrival goes with the decision."""
    if outcome == Outcome.REJECT:
        return states.REJECTED, {"received_on": None}
    changes: dict[str, Any] = {
        "redactions": hidden,
        "text_withheld": version.text_withheld or outcome == Outcome.APPROVE_WITHOUT_TEXT,
    }
    approved_before = version.decisions.exclude(outcome=Outcome.REJECT).exists()
    if why_sensitive(version, checklist) and not approved_before:
        return states.QUEUED, changes
    return states.APPROVED, {**changes, "received_on": None}


# The daily batch -----------------------------------------------------------------------------


def due_for_batch(today: date) -> QuerySet[ReviewVersion]:
    """Return approved versions whose delay, and the author's own wish, are over (T3, S-2)."""
    return ReviewVersion.objects.filter(
        Q(review__not_before_on=None) | Q(review__not_before_on__lte=today),
        state=states.APPROVED,
        earliest_on__lte=today,
    )


def publish_batch(*, today: date, rng: random.Random | None = None) -> int:
    """Publish what is due in an order that tells nothing, and return how many.

    Each review has a transaction of its own: what is killed half way is finished by the next
    call, and a second call publishes nothing twice.
    """
    keys = due_for_batch(today).values_list("pk", flat=True)
    published = 0
    for key in in_batch_order(keys, rng):
        try:
            published += _publish(key, today)
        except BatchOvertakenError:
            continue  # its author was faster
    return published


def in_batch_order(keys: Iterable[int], rng: random.Random | None = None) -> list[int]:
    """Return keys in an order that says nothing about the order of arrival (T3)."""
    order = sorted(keys)
    (rng or random.SystemRandom()).shuffle(order)
    return order


class BatchOvertakenError(Exception):
    """The author withdrew a version while the batch was about to publish it."""


@transaction.atomic
def _publish(version_id: int, today: date) -> bool:
    version = ReviewVersion.objects.select_related("review").get(pk=version_id)
    if not _has_its_approvals(version):
        return False
    month = figures.month_of(today)
    _supersede(version, today)
    # An edit keeps the month in which the review was first public.
    Review.objects.filter(pk=version.review_id, first_published_month=None).update(
        first_published_month=month
    )
    published = move(
        version_id=version.pk,
        to=states.PUBLISHED,
        actor_id=None,
        source=states.APPROVED,
        published_month=month,
    )
    if not published:
        # Raising takes back the step before: the older version has to stay public.
        raise BatchOvertakenError(version.pk)
    version.review.refresh_from_db(fields=["first_published_month"])
    figures.apply_published(version, today=today)
    return True


def _has_its_approvals(version: ReviewVersion) -> bool:
    """Say whether enough different people approved; software never publishes on its own."""
    given = version.decisions.exclude(outcome=Outcome.REJECT).values_list("decided_by", "checklist")
    people = {person for person, _checklist in given}
    sensitive = bool(SEVERE_FLAGS.intersection(version.flags)) or any(
        checklist.get("crime_alleged") == YES for _person, checklist in given
    )
    return len(people) >= (2 if sensitive else 1)


def _supersede(version: ReviewVersion, today: date) -> None:
    older = ReviewVersion.objects.filter(
        review_id=version.review_id, state=states.PUBLISHED
    ).select_related("review")
    for old in older:
        if move(
            version_id=old.pk,
            to=states.WITHDRAWN,
            actor_id=None,
            source=states.PUBLISHED,
            reason="superseded",
        ):
            figures.remove_published(old, today=today)
