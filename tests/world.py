"""A small world for the matrices: one agency with a text in every state a text can be in."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils import timezone

from agencies.models import Agency, Authority, Licence, LicenceStatus, ListVersion
from recruitadvisor.core.models import Country
from reviews.models import Answer, Review, ReviewVersion

STATES = tuple(value for value in ReviewVersion.State.values if value != "erased")
# What a text can be besides its state, where the text must not stand anywhere.
SPECIAL = ("withheld", "hidden", "unlisted")


class World(NamedTuple):
    """What the rows of a matrix name: the agencies, and the version that bears each token."""

    agency: Agency
    unlisted: Agency
    versions: dict[str, ReviewVersion]


def token(state: str) -> str:
    """Return a word that exists nowhere but in the text of this state."""
    return f"zqx{state.replace('_', '')}zqx"


def make_agency(name: str = "Everest Bridge Recruitment", **fields: object) -> Agency:
    """Return a licensed agency in Nepal with one current list."""
    from agencies.identity import name_key

    country = Country.objects.get(code="np")
    authority, _made = Authority.objects.get_or_create(
        code="test-np", defaults={"country": country, "name": "Office of Tests"}
    )
    today = timezone.localdate()
    version, _made = ListVersion.objects.get_or_create(
        source="test",
        number=1,
        defaults={
            "authority": authority,
            "source_date": today - timedelta(days=5),
            "sha256": "0" * 64,
            "content_sha256": "0" * 64,
            "file_name": "test.csv",
            "state": ListVersion.State.LIVE,
            "profile_sha256": "0" * 64,
            "row_count": 1,
            "created_at": timezone.now(),
        },
    )
    values: dict[str, object] = {
        "country": country,
        "name": name,
        "name_key": name_key(name),
        "city": "Kathmandu",
        "standing": "valid",
        "tier": 0,
        "standing_on": today,
    }
    agency = Agency.objects.create(**(values | fields))
    licence = Licence.objects.create(
        agency=agency,
        authority=authority,
        list_version=version,
        number=f"{1000 + agency.pk}/081",
        number_key=f"{1000 + agency.pk}081",
        expires_on=today + timedelta(days=400),
        standing="valid",
        status_raw="Valid",
        row_key=str(agency.pk),
    )
    LicenceStatus.objects.create(
        licence=licence,
        list_version=version,
        standing="valid",
        status_raw="Valid",
        since=version.source_date,
    )
    return agency


def make_version(
    agency: Agency, state: str, text: str, *, today: date, **fields: object
) -> ReviewVersion:
    """Return a version in one state, told by a worker with two answers and three stars."""
    month = 12 * today.year + today.month - 1
    review = Review.objects.create(
        agency=agency,
        receipt_hash=f"{Review.objects.count():032d}".encode(),
        told_by=Review.ToldBy.SELF,
        language="en",
        consent_publish=True,
        first_published_month=month if state == "published" else None,
    )
    values: dict[str, object] = {
        "review": review,
        "state": state,
        "stars": 3,
        "text": text,
        "received_on": today if state in ReviewVersion.OPEN else None,
        "received_month": month,
        "earliest_on": today,
        "published_month": month if state == "published" else None,
    }
    version = ReviewVersion.objects.create(**(values | fields))
    Answer.objects.create(version=version, code="R1", value="working")
    Answer.objects.create(version=version, code="Q501", value="yes")
    Answer.objects.create(version=version, code="Q801", value="3")
    return version


def make_world() -> World:
    """Return an agency with one text in each state, and one agency that is not shown."""
    today = timezone.localdate()
    agency = make_agency(reviews_count=3)
    unlisted = make_agency("Hidden Valley Manpower", is_listed=False)
    versions = {
        state: make_version(agency, state, f"The words {token(state)} end.", today=today)
        for state in STATES
    }
    versions["withheld"] = make_version(
        agency, "published", token("withheld"), today=today, text_withheld=True
    )
    hidden = f"I was sent by {token('hidden')} then."
    start = hidden.index(token("hidden"))
    versions["hidden"] = make_version(
        agency,
        "published",
        hidden,
        today=today,
        redactions=[[start, start + len(token("hidden")), "person"]],
    )
    versions["unlisted"] = make_version(unlisted, "published", token("unlisted"), today=today)
    return World(agency, unlisted, versions)
