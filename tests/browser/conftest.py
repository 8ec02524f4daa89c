"""A real Chromium against a live server."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.world import World, make_world

# Playwright's sync API keeps an event loop in this thread, which Django would take for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 360, "height": 640}
NewPage = Callable[..., Page]


@pytest.fixture(scope="session")
def _playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def chromium(_playwright: Playwright) -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.fail("no Chromium; install Debian's chromium")
    browser = _playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


@pytest.fixture
def site(db: None) -> Iterator[str]:
    """Return the address of a live site on the test's own database.

    The server shares the test's connection, so what a journey writes is rolled back with it.
    """
    del db
    server = LiveServer("localhost")
    yield str(server.url)
    server.stop()


@pytest.fixture
def world(site: str) -> World:
    """Fill the live site with one agency that has a text in every state, and index it."""
    del site
    made = make_world()
    reindex()
    return made


@pytest.fixture
def new_page(chromium: Browser, site: str) -> Iterator[NewPage]:
    """Return a maker of pages: ``new_page(scripts=False, width=320, locale="ar")``."""
    contexts: list[BrowserContext] = []

    def make(
        *, scripts: bool = True, width: int = 360, height: int = 640, locale: str = "en-GB"
    ) -> Page:
        context = chromium.new_context(
            base_url=site,
            java_script_enabled=scripts,
            viewport={"width": width, "height": height},
            locale=locale,
            color_scheme="light",
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


def reindex() -> None:
    """Bring the search files up to date, as the timer does."""
    from agencies.models import Agency
    from agencies.search.queue import mark_stale

    mark_stale(list(Agency.objects.values_list("pk", flat=True)))
    call_command("sync_search", verbosity=0)
