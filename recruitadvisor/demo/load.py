"""Loading the demonstration through the services real data goes through."""

import random
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.management import call_command

from agencies.imports.report import PUBLISHED
from agencies.imports.run import import_list
from agencies.models import Agency
from agencies.services import refresh_standings
from recruitadvisor.accounts.models import Role, User
from recruitadvisor.accounts.services import RoleGrant, StaffKeys, add_staff
from recruitadvisor.demo import lists, reviews
from recruitadvisor.demo.reference import add_reference

SEED = 20181030  # any fixed number: the same demonstration on every machine
REVIEWS = 1500
LOADING, COMPLETE = "loading", "complete"


class DemonstrationError(Exception):
    """The demonstration can't be loaded here; the message says why and what to do."""


class SignIn(NamedTuple):
    """What one staff member of the demonstration signs in with."""

    title: str
    email: str
    keys: StaffKeys


def is_complete() -> bool:
    """Say whether a whole demonstration is loaded already."""
    mark = settings.DEMONSTRATION_MARK
    return bool(mark.exists() and mark.read_text(encoding="ascii").strip() == COMPLETE)


def load(
    *, today: date, share: float = 1.0, say: Callable[[str], object] = lambda _line: None
) -> list[SignIn]:
    """Fill an empty site with invented agencies and reviews; return the staff's sign-ins.

    Raises ``DemonstrationError`` where DEBUG is off, where other data lies, or where an earlier
    load was cut off.
    """
    _refuse_unless_empty()
    # The mark comes first: whatever is written after it is shown as a demonstration.
    settings.DEMONSTRATION_MARK.write_text(LOADING, encoding="ascii")
    rng = random.Random(SEED)  # invented data, repeatable on purpose
    staff, sign_ins = _staff()
    say("Reading licence lists …")
    with tempfile.TemporaryDirectory() as folder:
        for release in lists.releases(today=today, rng=rng):
            report = import_list(
                source=release.source,
                path=release.write(Path(folder)),
                as_of=release.source_date,
                today=release.source_date,
            )
            if report.outcome != PUBLISHED:
                message = f"{release.source} of {release.source_date}: {report}"
                raise DemonstrationError(message)
    refresh_standings(today=today)
    add_reference(today=today)
    say("Sending and deciding reviews …")
    planned = reviews.plan(
        Agency.objects.listed().order_by("pk"), total=round(REVIEWS * share), rng=rng
    )
    count = reviews.tell(planned, staff=staff, today=today, rng=rng)
    say("Building guides and search …")
    call_command("load_guides", verbosity=0)
    call_command("rebuild_search", verbosity=0)
    settings.DEMONSTRATION_MARK.write_text(COMPLETE, encoding="ascii")
    say(f"Demonstration: {Agency.objects.count()} invented agencies, {count} invented reviews.")
    return sign_ins


def _refuse_unless_empty() -> None:
    if not settings.DEBUG:
        message = (
            "The demonstration is loaded only where DEBUG is on: it must never mix with real data."
        )
        raise DemonstrationError(message)
    if settings.DEMONSTRATION_MARK.exists():
        message = (
            f"An earlier load was cut off. Delete the folder {settings.DATA_DIR} and start again."
        )
        raise DemonstrationError(message)
    if Agency.objects.exists() or User.objects.exists():
        message = "This site holds data already. The demonstration needs an empty one."
        raise DemonstrationError(message)


def _staff() -> tuple[reviews.Staff, list[SignIn]]:
    """Add one moderator, lead, officer and editor; passwords and codes are made at random."""
    kind = Role.Kind

    def everywhere(role: Role.Kind) -> tuple[RoleGrant, ...]:
        return tuple(RoleGrant(role, country=country.code) for country in lists.COUNTRIES)

    people = (
        ("Moderator", "moderator@demo.example", User.Realm.DESK, everywhere(kind.MODERATOR)),
        ("Lead", "lead@demo.example", User.Realm.DESK, everywhere(kind.LEAD)),
        (
            "Officer (Nepal)",
            "officer@demo.example",
            User.Realm.DESK,
            (RoleGrant(kind.OFFICER, country="np", authority="demo-np"),),
        ),
        ("Editor of guides", "editor@demo.example", User.Realm.EDITOR, ()),
    )
    sign_ins = [
        SignIn(title, email, add_staff(email=email, name=title, realm=realm, roles=roles))
        for title, email, realm, roles in people
    ]
    by_email = User.objects.in_bulk([email for _t, email, _r, _s in people], field_name="email")
    return (
        reviews.Staff(by_email["moderator@demo.example"], by_email["lead@demo.example"]),
        sign_ins,
    )
