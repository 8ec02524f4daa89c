"""Every kind of page on a small phone: no sideways scroll, no serious finding of axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

from tests.browser.conftest import PHONE, NewPage
from tests.staff import PASSWORD, code_now, make_moderator
from tests.world import World

LANGUAGES = [code for code, _name in settings.LANGUAGES]
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def paths(world: World, language: str) -> list[str]:
    agency = world.agency.get_absolute_url().replace("/en/", f"/{language}/", 1)
    return [
        f"/{language}/",
        f"/{language}/agencies/",
        f"/{language}/agencies/?q=Everest",
        f"/{language}/agencies/?q=qqqqqq",
        agency,
        f"/{language}/method/",
        f"/{language}/help/",
        f"/{language}/review/?agency={world.agency.pk}",
        f"/{language}/code/",
        f"/{language}/no-such-page/",
    ]


def serious(page: Page) -> list[str]:
    """Return axe's serious and critical findings as ``rule: element``."""
    found = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


def first_question(page: Page, world: World, language: str) -> None:
    page.goto(f"/{language}/review/?agency={world.agency.pk}")
    page.locator("button[name=told_by][value=self]").click()


def widest(page: Page) -> int:
    return int(page.evaluate(SIDEWAYS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_of_readers_scrolls_sideways_on_the_smallest_phone(
    world: World, new_page: NewPage, language: str
) -> None:
    page = new_page(width=320)

    too_wide = {}
    for path in paths(world, language):
        page.goto(path)
        if over := widest(page):
            too_wide[path] = over
    first_question(page, world, language)
    for number in range(1, 9):
        if over := widest(page):
            too_wide[f"question {number}"] = over
        if page.locator("button[name=do][value=skip]").count():
            page.locator("button[name=do][value=skip]").click()

    assert too_wide == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious_on_pages_of_readers(
    world: World, new_page: NewPage, language: str
) -> None:
    page = new_page()

    findings = {}
    for path in paths(world, language):
        page.goto(path)
        if found := serious(page):
            findings[path] = found
    first_question(page, world, language)
    if found := serious(page):
        findings["question"] = found

    assert findings == {}


@pytest.mark.parametrize("width", [320, 1280])
def test_the_desk_fits_and_axe_finds_nothing_serious(
    world: World, new_page: NewPage, width: int
) -> None:
    del world
    make_moderator()
    page = new_page(width=width)
    page.goto("/desk/")
    problems = {"sign-in": serious(page)}
    page.locator("input[name=login]").fill("moderator@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").first.click()
    page.locator("input[name=code]").fill(code_now())
    page.get_by_role("button", name="Sign in").first.click()

    for path in ("/desk/", "/desk/reviews/"):
        page.goto(path)
        problems[path] = [*serious(page), *(["too wide"] if widest(page) else [])]
    page.get_by_role("button", name="Read the next one").click()
    problems["item"] = [*serious(page), *(["too wide"] if widest(page) else [])]

    assert {path: found for path, found in problems.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_answer_stands_on_a_small_screen(
    world: World, new_page: NewPage, language: str
) -> None:
    page = new_page(**PHONE)
    page.goto(world.agency.get_absolute_url().replace("/en/", f"/{language}/", 1))

    box = page.locator("section.answer").bounding_box()

    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= PHONE["height"]


def test_every_page_of_readers_can_be_walked_by_keyboard(world: World, new_page: NewPage) -> None:
    page = new_page()

    for path in paths(world, "en"):
        page.goto(path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#main", path
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        inside = "document.querySelector('main').contains(document.activeElement)"
        if page.locator("main a, main button, main input").count():
            assert page.evaluate(inside), path


def test_no_page_asks_anything_of_another_site(world: World, new_page: NewPage, site: str) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    problems: list[str] = []
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)

    for path in paths(world, "en")[:-1]:
        page.goto(path)

    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert problems == []


def test_targets_are_large_enough_for_a_thumb(world: World, new_page: NewPage) -> None:
    page = new_page()
    first_question(page, world, "en")

    small = page.evaluate(
        """[...document.querySelectorAll('main button, main label.choice, main select')]
        .filter(e => !e.classList.contains('visually-hidden'))
        .map(e => [e.textContent.trim().slice(0, 30), e.getBoundingClientRect().height])
        .filter(([, height]) => height > 0 && height < 44)"""
    )

    assert small == []
