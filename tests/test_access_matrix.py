"""Every address of the site has a row in access_matrix.toml, and answers every role as it says.

A new address: add its row there, and if it takes arguments, an object of ours to SAMPLES here.
"""

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern
from django.utils import timezone

from agencies.models import Agency
from recruitadvisor.accounts.models import User
from recruitadvisor.accounts.services import RoleGrant
from reviews.models import Review, ReviewVersion
from tests.accounts.staff import enter, make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.matrix]

FILE = Path(__file__).with_name("access_matrix.toml")
MATRIX = tomllib.loads(FILE.read_text(encoding="utf-8"))
GRANTS = {
    "moderator": RoleGrant("moderator", "np"),
    "moderator elsewhere": RoleGrant("moderator", "ke"),
    "lead": RoleGrant("lead", "np"),
    "officer": RoleGrant("officer", "np", "np-authority"),
    "steward": RoleGrant("steward", "np", "np-authority"),
    "editor": None,
    "administrator": RoleGrant("administrator"),
}
ROLES = ("anonymous", *GRANTS)

World = dict[str, Any]
# One object for each address that takes arguments.
SAMPLES: dict[str, Callable[[World], str]] = {
    "desk/reviews/<int:pk>/": lambda world: f"desk/reviews/{world['version'].pk}/",
    "desk/reviews/<int:pk>/decide/": lambda world: f"desk/reviews/{world['version'].pk}/decide/",
    "desk/reviews/<int:pk>/release/": lambda world: f"desk/reviews/{world['version'].pk}/release/",
    "{language}/agencies/<int:pk>/": lambda world: f"en/agencies/{world['agency'].pk}/",
    "{language}/agencies/<int:pk>-<slug:slug>/": lambda world: (
        f"en/agencies/{world['agency'].pk}-{world['agency'].slug}/"
    ),
    r"documents/^(\d+)/(.*)$": lambda _world: "documents/1/none.pdf",
    "documents/authenticate_with_password/<int:restriction_id>/": lambda _world: (
        "documents/authenticate_with_password/1/"
    ),
    "{language}/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": (
        lambda _world: "en/_util/authenticate_with_password/1/1/"
    ),
    r"{language}/^((?:[\w\-]+/)*)$": lambda _world: "en/no-such-page/",
}


def routes(patterns: list[Any] | None = None, before: str = "") -> Iterator[str]:
    """Yield every address pattern, the language prefix as ``{language}/``."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        is_language = isinstance(pattern.pattern, LocalePrefixPattern)
        here = before + ("{language}/" if is_language else str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, here)
        elif isinstance(pattern, URLPattern):
            yield here


def prefixes() -> tuple[str, ...]:
    return tuple(key[:-1] for key in MATRIX["addresses"] if key.endswith("*"))


def row_of(key: str) -> list[Any]:
    answers = MATRIX["addresses"][key]
    return MATRIX["answers"][answers] if isinstance(answers, str) else answers


def own_rows() -> list[str]:
    return [key for key in MATRIX["addresses"] if not key.endswith("*")]


@pytest.fixture
def world() -> World:
    """Make one agency in Nepal, and a review of it that the moderator of Nepal is reading."""
    people = {
        role: make_staff(
            f"{role.replace(' ', '-')}@example.org",
            *([grant] if grant else []),
            realm="desk" if grant else "editor",
        )[0]
        for role, grant in GRANTS.items()
    }
    people["editor"].user_permissions.add(Permission.objects.get(codename="access_admin"))
    agency = Agency.objects.create(
        name="Himal Setu Overseas", name_key="himal setu overseas", country_id="np"
    )
    review = Review.objects.create(
        agency=agency, receipt_hash=b"1" * 32, told_by="self", language="en", consent_publish=True
    )
    today = timezone.now()
    version = ReviewVersion.objects.create(
        review=review,
        state="in_review",
        text="They told me the truth about the job.",
        received_on=today.date(),
        received_month=12 * today.year + today.month - 1,
        earliest_on=today.date(),
        leased_by=people["moderator"],
        leased_until=today + timedelta(minutes=20),
    )
    return {"people": people, "agency": agency, "version": version}


def client_of(role: str, people: dict[str, User]) -> Client:
    return Client() if role == "anonymous" else enter(people[role])


def said(response: Any) -> int | str:
    """Name an answer as the table does."""
    if response.status_code not in {302, 303}:
        return int(response.status_code)
    address = response["Location"].partition("?")[0]
    return "login" if address == "/staff/login/" else address


def test_every_address_has_its_row() -> None:
    listed = {key.removeprefix("POST ") for key in own_rows()}

    missing = [r for r in routes() if r not in listed and not r.startswith(prefixes())]

    assert not missing, f"add a row to tests/{FILE.name} for: {sorted(missing)}"


def test_every_row_has_its_address() -> None:
    known = set(routes())

    gone = [key for key in own_rows() if key.removeprefix("POST ") not in known]

    assert not gone, f"take these rows out of tests/{FILE.name}: {gone}"


def test_every_row_has_an_answer_for_each_role() -> None:
    wrong = [key for key in MATRIX["addresses"] if len(row_of(key)) != len(ROLES)]

    assert not wrong


@pytest.mark.parametrize("key", own_rows())
@pytest.mark.threat("T15")
def test_an_address_answers_each_role_as_its_row_says(key: str, world: World) -> None:
    method = "post" if key.startswith("POST ") else "get"
    route = key.removeprefix("POST ")
    if "<" in route or "^" in route:
        assert route in SAMPLES, f"add an object for {route} to SAMPLES"
        address = "/" + SAMPLES[route](world)
    else:
        address = "/" + route.replace("{language}", "en")

    given = {}
    for role in ROLES:
        ReviewVersion.objects.filter(pk=world["version"].pk).update(
            state="in_review", leased_by=world["people"]["moderator"]
        )
        client = client_of(role, world["people"])
        response = getattr(client, method)(address, {"stop": "1"} if method == "post" else {})
        if route and said(response) == f"/en{address}":
            response = client.get(response["Location"])  # a 404, looked for below a language
        given[role] = said(response)

    assert given == dict(zip(ROLES, row_of(key), strict=True)), address


def filled(route: str) -> str | None:
    """Put an example into each argument of an address; None where only a pattern is known."""
    examples = {"int": "1", "uuid": "00000000-0000-0000-0000-000000000000"}
    path = re.sub(r"<(?:(\w+):)?\w+>", lambda found: examples.get(found[1] or "str", "x"), route)
    path = re.sub(r"[\^$]|\\Z", "", path)
    return None if re.search(r"[()\\?*+]", path) else f"/{path}"


def test_every_address_of_the_editors_admin_stands_behind_the_door(world: World) -> None:
    own = {key.removeprefix("POST ") for key in own_rows()}
    below = [r for r in routes() if r.startswith(prefixes()) and r not in own]
    addresses = [address for route in below if (address := filled(route))]
    expected = dict(zip(ROLES, row_of("cms/*"), strict=True))
    clients = {role: client_of(role, world["people"]) for role in ROLES if role != "editor"}

    wrong = [
        (address, role, given)
        for address in addresses
        for role, client in clients.items()
        if role in {"anonymous", "lead"} or address == "/cms/"
        if (given := said(client.get(address))) != expected[role]
    ]

    assert len(addresses) > 100
    assert not wrong
