"""Visibility matrix: every address of the site against every state of a text (AC-T4).

A text may stand only where the row of that address says so. An address without a row fails, so
that a new page cannot show what nobody thought about.
"""

from datetime import timedelta
from typing import NamedTuple

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client
from django.utils import timezone

from reviews.models import ReviewVersion
from tests.addresses import LANGUAGE, Address, addresses, plain
from tests.staff import make_editor, make_moderator, sign_in
from tests.world import SPECIAL, STATES, World, make_version, make_world, token

pytestmark = [pytest.mark.django_db, pytest.mark.matrix]

NOTHING: frozenset[str] = frozenset()
PUBLISHED = frozenset({"published"})
WAITING = frozenset({"queued"})
EVERY_TOKEN = (*STATES, *SPECIAL)


class Row(NamedTuple):
    """What may stand at an address: for any visitor, and for a moderator of the country."""

    public: frozenset[str] = NOTHING
    moderator: frozenset[str] = NOTHING


ROWS: dict[str, Row] = {
    "": Row(),
    "leave/": Row(),
    "robots.txt": Row(),
    "parts/": Row(),
    ".well-known/security.txt": Row(),
    ".well-known/change-password": Row(),
    # Pages of readers. Only the page of the agency shows what a worker wrote.
    f"{LANGUAGE}": Row(),
    f"{LANGUAGE}agencies/": Row(),
    f"{LANGUAGE}agencies/<int:pk>-<slug:slug>/": Row(public=PUBLISHED),
    f"{LANGUAGE}agencies/<int:pk>/": Row(public=PUBLISHED),  # leads to the page of the agency
    f"{LANGUAGE}method/": Row(),
    f"{LANGUAGE}help/": Row(),
    f"{LANGUAGE}((?:[\\w\\-]+/)*)": Row(),  # guides
    # Wagtail's own addresses of readers; guides hold no review.
    f"{LANGUAGE}_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": (
        Row()
    ),
    f"{LANGUAGE}_util/login/": Row(),
    # Pages of authors. A text is shown to whoever holds its code, and to nobody else.
    f"{LANGUAGE}review/": Row(),
    f"{LANGUAGE}review/steps/": Row(),
    f"{LANGUAGE}review/receipt/": Row(),
    f"{LANGUAGE}review/receipt/file/": Row(),
    f"{LANGUAGE}review/receipt/kept/": Row(),
    f"{LANGUAGE}code/": Row(),
    f"{LANGUAGE}code/out/": Row(),
    f"{LANGUAGE}code/withdraw/": Row(),
    f"{LANGUAGE}code/delete/": Row(),
    # Pages of staff.
    "desk/": Row(),
    "desk/reviews/": Row(moderator=WAITING),
    "desk/reviews/<int:pk>/": Row(moderator=frozenset({"in_review"})),
    "desk/reviews/<int:pk>/decide/": Row(),
    "desk/reviews/<int:pk>/release/": Row(),
    "cms/login/": Row(),
}
# Everything below these is made by others and knows guides and staff only: one row for all.
WHOLE_PARTS = ("cms/", "documents/", "staff/")


def row_of(address: Address) -> Row | None:
    if address.route in ROWS:
        return ROWS[address.route]
    return Row() if address.route.startswith(WHOLE_PARTS) else None


def tokens_in(text: str) -> set[str]:
    return {state for state in EVERY_TOKEN if token(state) in text}


def read(client: Client, path: str) -> str:
    response = client.get(path, follow=True)

    assert response.status_code < 500, path
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8", "replace")


def filled(route: str, world: World) -> list[str]:
    """Return every path of a route that a version or an agency of the world could be asked at."""
    agencies = (world.agency, world.unlisted)
    if "<slug:slug>" in route:
        return [
            agency.get_absolute_url().replace("/en/", f"/{language}/", 1)
            for agency in agencies
            for language, _name in settings.LANGUAGES
        ]
    if route.startswith("desk/reviews/"):
        return [
            "/" + route.replace("<int:pk>", str(version.pk)) for version in world.versions.values()
        ]
    if "agencies/<int:pk>" in route:
        return [plain(route, "en").replace("<int:pk>", str(agency.pk)) for agency in agencies]
    if route.endswith("((?:[\\w\\-]+/)*)"):
        return ["/en/guides/", "/en/no-such-page/"]
    return []


def test_every_address_has_its_row() -> None:
    without = [address.route for address in addresses() if row_of(address) is None]

    assert without == []


def test_every_row_belongs_to_an_address() -> None:
    routes = {address.route for address in addresses()} | {"parts/"}

    assert [route for route in ROWS if route not in routes] == []


def test_a_visitor_reads_published_texts_only_and_only_where_they_belong() -> None:
    world = make_world()
    client = Client()
    seen: dict[str, set[str]] = {}

    for address in addresses():
        row = row_of(address)
        assert row is not None, address.route
        if address.has_parts:
            paths = filled(address.route, world)
        else:
            paths = [plain(address.route, language) for language, _name in settings.LANGUAGES]
            paths = sorted(set(paths))
        for path in paths:
            if path == "/leave/":
                continue  # leads out of the site
            found = tokens_in(read(client, path))
            assert found <= row.public, path
            seen.setdefault(address.route, set()).update(found)

    for route, row in ROWS.items():
        assert seen.get(route, set()) == row.public, route


@pytest.mark.parametrize(
    "question", ["q=zqx", "q=zqx&status=valid", "q=Everest", "country=np", "sort=reviews", "page=2"]
)
def test_search_finds_no_text_of_a_review(question: str) -> None:
    make_world()

    found = tokens_in(read(Client(), f"/en/agencies/?{question}"))

    assert found == set()


def test_an_agency_that_is_not_listed_has_no_page() -> None:
    world = make_world()

    response = Client().get(world.unlisted.get_absolute_url())

    assert response.status_code == 404


def test_a_moderator_reads_the_item_in_hand_and_no_other_text() -> None:
    world = make_world()
    moderator = make_moderator()
    ReviewVersion.objects.filter(pk=world.versions["in_review"].pk).update(
        leased_by=moderator, leased_until=timezone.now() + timedelta(minutes=20)
    )
    client = Client()
    sign_in(client, moderator)

    for address in addresses():
        if not address.route.startswith("desk/"):
            continue
        row = row_of(address)
        assert row is not None
        paths = filled(address.route, world) if address.has_parts else [plain(address.route, "en")]
        for path in paths:
            assert tokens_in(read(client, path)) <= row.moderator, path

    held = read(client, f"/desk/reviews/{world.versions['in_review'].pk}/")
    assert tokens_in(held) == {"in_review"}


def test_a_moderator_of_another_country_reads_nothing() -> None:
    world = make_world()
    client = Client()
    sign_in(client, make_moderator(country="ke"))

    found = set()
    for path in ["/desk/", "/desk/reviews/", *filled("desk/reviews/<int:pk>/", world)]:
        found |= tokens_in(read(client, path))

    assert found == set()


def test_an_editor_of_guides_reads_no_review() -> None:
    make_world()
    client = Client()
    sign_in(client, make_editor())
    pages = [
        plain(address.route, "en")
        for address in addresses()
        if address.route.startswith("cms/") and not address.has_parts
    ]

    not_pages = ("/cms/logout/", "/cms/failwhale/")  # the second one fails on purpose
    found = {path: tokens_in(read(client, path)) for path in pages if path not in not_pages}

    assert len(found) > 20
    assert {path for path, tokens in found.items() if tokens} == set()


def test_what_was_published_and_taken_back_is_gone_from_the_page() -> None:
    world = make_world()
    today = world.versions["published"].earliest_on
    again = make_version(world.agency, "published", token("published"), today=today)
    page = world.agency.get_absolute_url()
    assert tokens_in(read(Client(), page)) == {"published"}

    ReviewVersion.objects.filter(pk__in=[again.pk, world.versions["published"].pk]).update(
        state="suspended"
    )

    assert tokens_in(read(Client(), page)) == set()


def test_no_mail_carries_a_text() -> None:
    make_world()

    assert mail.outbox == []
