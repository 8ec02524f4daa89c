"""One factory for each table of reviews; defaults make a valid, boring review."""

import secrets
from datetime import date

import factory
from factory.django import DjangoModelFactory

from agencies.models import Agency
from recruitadvisor.core.models import Country
from reviews.models import Review, ReviewVersion
from reviews.services import GivenAnswer, ReviewDraft, Submitted, new_form_token, submit_review

TODAY = date(2026, 11, 22)


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = Country
        django_get_or_create = ("code",)

    code = "np"
    name = "Nepal"
    currency = "NPR"
    is_origin = True


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    country = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda number: f"Blue Kite Overseas {number}")
    name_key = factory.LazyAttribute(lambda agency: agency.name.upper())


class ReviewFactory(DjangoModelFactory):
    class Meta:
        model = Review

    agency = factory.SubFactory(AgencyFactory)
    receipt_hash = factory.LazyFunction(lambda: secrets.token_bytes(32))
    told_by = Review.ToldBy.SELF
    language = "en"
    consent_publish = True


class ReviewVersionFactory(DjangoModelFactory):
    class Meta:
        model = ReviewVersion

    review = factory.SubFactory(ReviewFactory)
    state = ReviewVersion.State.QUEUED
    stars = 4
    text = "They met me at the airport."
    received_on = TODAY
    received_month = 12 * TODAY.year + TODAY.month - 1
    earliest_on = TODAY


def a_draft(agency_id: int, **changes: object) -> ReviewDraft:
    """Return a valid draft; ``changes`` replace what a test depends on."""
    facts: dict[str, object] = {
        "agency_id": agency_id,
        "told_by": "self",
        "language": "en",
        "answers": {"Q501": GivenAnswer("yes"), "Q801": GivenAnswer("4")},
        "text": "The job was as they said.",
        "consent_publish": True,
    }
    return ReviewDraft(**{**facts, **changes})  # type: ignore[arg-type]


def send(agency_id: int, **changes: object) -> Submitted:
    """Send a draft as the form would."""
    return submit_review(
        draft=a_draft(agency_id, **changes), form_token=new_form_token(), today=TODAY
    )
