"""Valid, boring objects for the tests of moderation; a test states what it depends on."""

import itertools
from datetime import UTC, date, datetime

from agencies.models import Agency
from recruitadvisor.accounts.models import Role, User
from recruitadvisor.core.models import Country
from reviews import moderation
from reviews.models import Answer, Review, ReviewVersion

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
MONTH = 12 * 2026 + 11 - 1
FINE = {
    "first_hand": "yes",
    "this_agency": "yes",
    "persons_named": "no",
    "crime_alleged": "no",
    "could_identify": "no",
}
_numbers = itertools.count(1)


def make_country(code: str = "np", name: str = "Nepal") -> Country:
    return Country.objects.get_or_create(code=code, defaults={"name": name})[0]


def make_agency(name: str = "Himal Setu Overseas", country: str = "np") -> Agency:
    make_country(country, {"np": "Nepal", "ke": "Kenya"}.get(country, country))
    return Agency.objects.create(name=name, name_key=name.casefold(), country_id=country)


def make_reader(kind: str = Role.Kind.MODERATOR, country: str = "np", languages: str = "") -> User:
    make_country(country)
    user = User.objects.create_user(
        f"reader{next(_numbers)}@example.org", "pass", spoken_languages=languages
    )
    Role.objects.create(user=user, kind=kind, country_id=country)
    return user


def make_version(
    agency: Agency,
    *,
    state: str = "queued",
    stars: int | None = 4,
    answers: dict[str, str] | None = None,
    review: dict | None = None,
    **fields: object,
) -> ReviewVersion:
    """Make a review with one version, in any state but published."""
    told = Review.objects.create(
        agency=agency,
        receipt_hash=next(_numbers).to_bytes(32, "big"),
        consent_publish=True,
        **{"told_by": "self", "language": "en", **(review or {})},
    )
    values = {
        "text": "They told me the truth about the job.",
        "received_on": date(2026, 11, 18),
        "received_month": MONTH,
        "earliest_on": date(2026, 11, 21),
        **fields,
    }
    version = ReviewVersion.objects.create(review=told, state=state, stars=stars, **values)
    for code, value in (answers or {}).items():
        Answer.objects.create(version=version, code=code, value=value)
    return version


def approve(version: ReviewVersion, *people: User, **changes: object) -> None:
    """Have each person read and approve a version."""
    for person in people:
        ReviewVersion.objects.filter(pk=version.pk).update(
            state="in_review", leased_by=person, leased_until=NOW + moderation.LEASE
        )
        moderation.decide(
            version_id=version.pk,
            moderator=person,
            now=NOW,
            **{"outcome": "approve", "checklist": FINE, **changes},
        )
    version.refresh_from_db()


def publish(agency: Agency, count: int = 1, *, today: date = TODAY, **fields) -> list[int]:
    """Make reviews and publish them; returns the keys of their versions."""
    people = make_reader(), make_reader(Role.Kind.LEAD)
    keys = []
    for _place in range(count):
        version = make_version(agency, **fields)
        approve(version, *people[:1])
        if version.state == "queued":
            approve(version, people[1])
        keys.append(version.pk)
    moderation.publish_batch(today=today)
    return keys
