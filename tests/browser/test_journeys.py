"""Whole journeys as people make them: a worker and a moderator, with scripts off and on."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Page

from reviews.models import ReviewVersion
from tests.browser.conftest import NewPage, reindex
from tests.staff import PASSWORD, code_now, make_moderator
from tests.world import make_agency, make_version

STORY = "They promised a shop, but I washed dishes for a year."
PAGES_THAT_MUST_NOT_SHOW_IT = ("/en/", "/en/agencies/?q=Everest", "/en/code/", "/en/method/")


def shop_agency() -> str:
    """Make an agency with three reviews, so that one approval is enough; return its address."""
    agency = make_agency("Everest Bridge Recruitment", reviews_count=3)
    today = timezone.localdate()
    for n in range(3):
        make_version(agency, "published", f"The wage came on time, month {n}.", today=today)
    reindex()
    return str(agency.get_absolute_url())


def find_agency(page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("searchbox").first.fill("everest brige")  # as a worker might type it
    page.get_by_role("searchbox").first.press("Enter")
    page.get_by_role("link", name="Everest Bridge Recruitment").first.click()
    assert page.locator("h1").inner_text().strip() == "Everest Bridge Recruitment"


def answer_every_screen(page: Page) -> int:
    """Answer the first choice of each screen, or skip; return how many screens there were."""
    for screens in range(20):
        if page.locator("#id_text").count():
            return screens
        choice = page.locator("form#step input[type=radio][name=value]")
        if page.locator("form#step fieldset input[type=radio][name=value]").count():
            page.locator("form#step label.choice").first.click()
            assert choice.first.is_checked()
            page.get_by_role("button", name="Next").last.click()
        else:
            page.get_by_role("button", name="Skip").click()
    pytest.fail("the questions do not end")


def write_review(page: Page) -> str:
    """Answer the quick review and send it; return the code of the receipt."""
    page.get_by_role("link", name="tell what happened").first.click()
    page.get_by_role("button", name="I went with this agency").click()
    assert answer_every_screen(page) >= 5
    page.locator("#id_text").fill(STORY)
    page.get_by_role("button", name="Show my text below").last.click()
    assert STORY in page.locator(".preview").first.inner_text()
    page.locator("#id_publish").check()
    page.get_by_role("button", name="Send my answers").click()
    return " ".join(page.locator("#code").inner_text().split())


def sign_in_with_both_factors(page: Page) -> None:
    page.goto("/desk/")
    page.locator("input[name=login]").fill("moderator@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").first.click()
    page.locator("input[name=code]").fill(code_now())
    page.get_by_role("button", name="Sign in").first.click()


def approve_next(page: Page) -> None:
    page.goto("/desk/reviews/")
    page.get_by_role("button", name="Read the next one").click()
    assert STORY in page.locator("main").inner_text()
    for question, given in {
        "first_hand": "yes",
        "this_agency": "yes",
        "persons_named": "no",
        "crime_alleged": "no",
        "could_identify": "no",
    }.items():
        page.locator(f"input[name={question}][value={given}]").check()
    page.get_by_role("button", name="Approve", exact=True).click()
    page.get_by_role("button", name="Confirm").click()
    assert "Approved" in page.locator("main").inner_text()


def withdraw(page: Page, code: str) -> None:
    page.goto("/en/code/")
    page.locator("#id_code").fill(code)
    page.get_by_role("button", name="Show my answers").click()
    page.get_by_role("link", name="Withdraw my answers").click()
    page.get_by_role("button", name="Yes, withdraw").click()


def pass_the_days_until_the_batch() -> None:
    ReviewVersion.objects.filter(state="approved").update(earliest_on=timezone.localdate())
    call_command("publish_batch", verbosity=0)
    reindex()


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_a_review_stands_on_the_page_after_a_person_approved_it_and_goes_with_its_code(
    site: str, new_page: NewPage, scripts: bool
) -> None:
    address = shop_agency()
    make_moderator()
    worker, moderator = new_page(scripts=scripts), new_page(scripts=scripts, width=1280)

    find_agency(worker)
    code = write_review(worker)
    assert ReviewVersion.objects.filter(text=STORY).count() == 1
    worker.goto(address)
    assert STORY not in worker.content()

    sign_in_with_both_factors(moderator)
    approve_next(moderator)
    worker.goto(address)
    assert STORY not in worker.content()

    pass_the_days_until_the_batch()
    worker.goto(address)
    worker.reload()  # a reader's browser may keep a page for one minute
    assert STORY in worker.locator("main").inner_text()

    withdraw(worker, code)
    for path in (address, *PAGES_THAT_MUST_NOT_SHOW_IT):
        worker.goto(path)
        worker.reload()
        assert STORY not in worker.content(), path


@pytest.mark.parametrize("scripts", [False, True], ids=["scripts off", "scripts on"])
def test_the_password_alone_opens_nothing(site: str, new_page: NewPage, scripts: bool) -> None:
    make_moderator()
    page = new_page(scripts=scripts)
    page.goto("/desk/reviews/")
    page.locator("input[name=login]").fill("moderator@example.org")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").first.click()

    page.goto("/desk/reviews/")

    assert "/desk/" not in page.url.split("?")[0]
    assert page.get_by_role("button", name="Read the next one").count() == 0


def test_the_form_sent_twice_is_one_review(site: str, new_page: NewPage) -> None:
    shop_agency()
    page = new_page(scripts=False)
    find_agency(page)
    write_review(page)

    page.reload()  # sends the form again, as a browser does after a lost connection

    assert ReviewVersion.objects.filter(text=STORY).count() == 1


def test_the_language_switch_keeps_the_answers(site: str, new_page: NewPage) -> None:
    shop_agency()
    page = new_page(scripts=False)
    find_agency(page)
    page.get_by_role("link", name="tell what happened").first.click()
    page.get_by_role("button", name="I went with this agency").click()
    page.locator("form#step label.choice").first.click()
    page.get_by_role("button", name="Next").last.click()
    second = page.locator(".progress").inner_text()

    page.locator("details summary").first.click()
    page.get_by_role("button", name="العربية").click()

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator(".progress").count() == 1
    page.locator("details summary").first.click()
    page.get_by_role("button", name="English").click()
    assert page.locator(".progress").inner_text() == second
