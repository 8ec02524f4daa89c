"""Bytes and queries of a page (trust.md 7.1 and AC-D26): a phone in a village pays for each."""

import gzip
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from agencies.models import Agency
from tests.world import make_agency, make_version

pytestmark = [pytest.mark.django_db, pytest.mark.budget]

STATIC = Path(settings.BASE_DIR) / "recruitadvisor" / "static"
LANGUAGES = [code for code, _name in settings.LANGUAGES]
KB = 1000


def weight(content: bytes) -> int:
    """Return the bytes on the wire, packed as a small web server packs them."""
    return len(gzip.compress(content, 6))


def fill(count: int) -> Agency:
    """Make ``count`` agencies, the first with as many reviews, and have them indexed."""
    from agencies.search.queue import mark_stale

    agencies = [
        make_agency(f"Himal Overseas Number {n}", reviews_count=count, promise_answers=5)
        for n in range(count)
    ]
    for n in range(count):
        make_version(
            agencies[0],
            "published",
            f"The work was as promised, but the first wage came {n} weeks late. " * 4,
            today=date(2026, 11, 1),
        )
    mark_stale([agency.pk for agency in agencies])
    index()
    return agencies[0]


def index() -> None:
    from django.core.management import call_command

    call_command("sync_search", verbosity=0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_of_readers_are_light(language: str) -> None:
    agency = fill(30)
    address = agency.get_absolute_url().replace("/en/", f"/{language}/", 1)
    budget = {
        f"/{language}/": 13,
        f"/{language}/agencies/": 13,
        f"/{language}/agencies/?q=Himal": 13,
        f"/{language}/agencies/?q=zzzzzz": 13,
        address: 13,
        f"/{language}/method/": 13,
        f"/{language}/help/": 13,
        f"/{language}/review/?agency={agency.pk}": 9,
        f"/{language}/code/": 9,
    }

    heavy = {}
    for path, most in budget.items():
        response = Client().get(path)
        assert response.status_code == 200, path
        if (bytes_sent := weight(response.content)) > most * KB:
            heavy[path] = bytes_sent

    assert heavy == {}


def test_a_list_of_twenty_is_four_kilobytes() -> None:
    fill(20)

    content = Client().get("/en/agencies/?q=Himal").content

    assert content.count(b"Himal Overseas Number") >= 20
    assert weight(content) <= 4 * KB


def test_the_style_sheet_of_readers_is_light() -> None:
    assert weight((STATIC / "css" / "site.css").read_bytes()) <= 8 * KB


def test_all_own_scripts_are_light() -> None:
    scripts = [path for path in STATIC.rglob("*.js") if "vendor" not in path.parts]

    assert sum(weight(path.read_bytes()) for path in scripts) <= 6 * KB


def test_no_font_is_sent() -> None:
    fonts = {".woff", ".woff2", ".ttf", ".otf", ".eot"}

    assert [path for path in STATIC.rglob("*") if path.suffix in fonts] == []


@pytest.mark.parametrize("count", [1, 50])
@pytest.mark.parametrize(
    ("page", "most"),
    [("/en/", 12), ("/en/agencies/?q=Himal", 8), ("agency", 12), ("/en/help/", 12)],
)
def test_a_page_asks_the_database_no_more_for_fifty_than_for_one(
    page: str, most: int, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    agency = fill(count)
    path = agency.get_absolute_url() if page == "agency" else page
    Client().get(path)  # what is kept in memory between visitors is not counted
    cache.clear()

    with django_assert_max_num_queries(most):
        response = Client().get(path)

    assert response.status_code == 200
