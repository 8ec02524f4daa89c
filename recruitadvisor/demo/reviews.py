"""Invented reviews of the demonstration, sent and decided by the services real ones go through."""

import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from agencies.models import Agency
from recruitadvisor.accounts.models import User
from recruitadvisor.demo import drafts
from reviews import figures, moderation, states, transitions
from reviews.models import Decision, Review, ReviewVersion
from reviews.services import erase_review, submit_review, withdraw_review

SITTING_AGES = (255, 220, 185, 150, 115, 80, 50, 25)  # days before today
SHARES = (0.05, 0.12, 0.25)  # of the agencies: many reviews, some, a few
SHARE_CHECKED = 0.25  # a document was seen, or somebody met the worker
REJECT_EVERY = 30
CHECKLIST = dict.fromkeys(moderation.CHECKLIST, moderation.NO) | {
    "first_hand": moderation.YES,
    "this_agency": moderation.YES,
}


class Planned(NamedTuple):
    """How many reviews one agency gets, and how it treats workers."""

    agency: Agency
    character: drafts.Character
    reviews: int


class Staff(NamedTuple):
    """The two people who decide in the demonstration."""

    moderator: User
    lead: User


def plan(agencies: Iterable[Agency], *, total: int, rng: random.Random) -> list[Planned]:
    """Spread about ``total`` reviews: few agencies with many, many with few, most with none."""
    pool = list(agencies)
    rng.shuffle(pool)
    much, some, few = (max(2, round(share * len(pool))) for share in SHARES)
    weights = [8.0] * much + [3.0] * some + [0.4] * few
    unit = total / sum(weights)
    characters = (drafts.GOOD, drafts.BAD, drafts.MIXED)
    return [
        Planned(agency, characters[place % 3], max(1, round(weight * unit * rng.uniform(0.8, 1.2))))
        for place, (agency, weight) in enumerate(zip(pool, weights, strict=False))
    ]


def tell(planned: list[Planned], *, staff: Staff, today: date, rng: random.Random) -> int:
    """Send, decide and publish every planned review over eight months; return how many.

    The last sitting is left in every state that a review can wait or end in.
    """
    waiting: list[Planned] = [one for one in planned for _place in range(one.reviews)]
    rng.shuffle(waiting)
    size = -(-len(waiting) // (len(SITTING_AGES) + 1))
    for place, age in enumerate(SITTING_AGES):
        day = today - timedelta(days=age)
        with transaction.atomic():  # one commit for a sitting: the slow part is the disk
            for one in waiting[place * size : (place + 1) * size]:
                _decide(_send(one, today=day, rng=rng), staff=staff, rng=rng)
            moderation.publish_batch(today=day + timedelta(days=8), rng=rng)
    left = waiting[len(SITTING_AGES) * size :]
    with transaction.atomic():
        keys = [_send(one, today=today - timedelta(days=rng.randrange(3)), rng=rng) for one in left]
        _leave_in_every_state(keys, staff=staff, today=today, rng=rng)
        _suspend_some(staff.lead, today=today)
    return len(waiting)


def _send(one: Planned, *, today: date, rng: random.Random) -> int:
    """Send one review as of a day and return the key of its version."""
    draft = drafts.draft(
        agency_id=one.agency.pk,
        country=one.agency.country_id,
        character=one.character,
        today=today,
        rng=rng,
    )
    sent = submit_review(draft=draft, form_token=f"{rng.getrandbits(128):032x}", today=today)
    return ReviewVersion.objects.values_list("pk", flat=True).get(review_id=sent.review_id)


def _read(version_id: int, person: User) -> None:
    """Have one person read one waiting item."""
    now = timezone.now()
    transitions.move(
        version_id=version_id,
        to=states.IN_REVIEW,
        actor_id=person.pk,
        leased_by=person,
        leased_until=now + moderation.LEASE,
    )


def _decide(version_id: int, *, staff: Staff, rng: random.Random, outcome: str = "") -> None:
    """Have the moderator decide an item, and the lead too where two people are needed."""
    if not outcome:
        refused = rng.randrange(REJECT_EVERY) == 0
        outcome = Decision.Outcome.REJECT if refused else Decision.Outcome.APPROVE
    if rng.random() < SHARE_CHECKED:
        # Before the decision: the level is part of what the moderator sees and sets.
        Review.objects.filter(versions__pk=version_id).update(
            checked=rng.choice((Review.Checked.MET, Review.Checked.DOCUMENT))
        )
    for person in staff:
        _read(version_id, person)
        moderation.decide(
            version_id=version_id,
            moderator=person,
            outcome=outcome,
            checklist=CHECKLIST,
            now=timezone.now(),
            reason_code=_reason(outcome, rng),
            facts="The text praises a web shop." if outcome == Decision.Outcome.REJECT else "",
        )
        if not ReviewVersion.objects.filter(pk=version_id, state=states.QUEUED).exists():
            return


def _reason(outcome: str, rng: random.Random) -> str:
    if outcome != Decision.Outcome.REJECT:
        return ""
    return rng.choice((Decision.Reason.ADVERTISING, Decision.Reason.OTHER_AGENCY)).value


def _leave_in_every_state(
    keys: list[int], *, staff: Staff, today: date, rng: random.Random
) -> None:
    """Leave the newest reviews waiting, read, approved, refused, withdrawn and erased."""
    refused, approved, asked, withdrawn, erased, read = (
        keys[:6], keys[6:16], keys[16:19], keys[19:23], keys[23:26], keys[26:27],
    )  # fmt: skip
    for key in refused:
        _decide(key, staff=staff, rng=rng, outcome=Decision.Outcome.REJECT)
    for key in approved:
        _decide(key, staff=staff, rng=rng, outcome=Decision.Outcome.APPROVE)
    for key in asked:
        _read(key, staff.moderator)
        transitions.move(
            version_id=key,
            to=states.NEEDS_INFO,
            actor_id=staff.moderator.pk,
            leased_by=None,
            leased_until=None,
        )
    for key in withdrawn:
        withdraw_review(review_id=_review(key), today=today)
    for key in erased:
        erase_review(review_id=_review(key), today=today)
    for key in read:
        _read(key, staff.lead)


def _suspend_some(lead: User, *, today: date) -> None:
    """Take three published reviews off the page, as a lead does while a notice is checked."""
    public = ReviewVersion.objects.public().select_related("review").order_by("pk")
    for version in public[:3]:
        transitions.move(version_id=version.pk, to=states.SUSPENDED, actor_id=lead.pk)
        figures.remove_published(version, today=today)


def _review(version_id: int) -> int:
    return ReviewVersion.objects.values_list("review_id", flat=True).get(pk=version_id)
