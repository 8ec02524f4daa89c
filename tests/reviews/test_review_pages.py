"""The pages of the review form, as a phone without script sees them."""

import re

import pytest
import time_machine
from django.test import Client

from recruitadvisor.core.models import Country
from reviews import questions
from reviews.models import Review, ReviewVersion
from tests.reviews import journey
from tests.reviews.factories import AgencyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    Country.objects.update_or_create(
        code="sa", defaults={"name": "Saudi Arabia", "currency": "SAR", "is_destination": True}
    )
    return AgencyFactory.create(name="Canary Kite Overseas")


def test_nine_screens_lead_to_a_number_that_opens_the_review(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)
    shown = journey.text_of(journey.send(client, page, text="They lied about the pay."))

    code = journey.code_in(shown)
    assert len(code) == 20
    version = ReviewVersion.objects.get()
    assert version.text == "They lied about the pay."
    assert dict(version.answers.values_list("code", "value")) == {
        "R1": "2024-2",
        "R2": "sa",
        "Q104": "2",
        "Q201": "yes",
        "Q202": "amount",
        "Q301": "yes",
        "Q501": "no",
        "Q502": "much_less",
        "Q801": "2",
    }


def test_the_screens_count_to_eight_and_say_one_can_stop(client: Client, agency) -> None:
    page = journey.begin(client, agency.pk)

    assert "1 of 8," in page
    assert "you can stop here" in page
    assert "2 of 8," in journey.answer(client, page, do="skip")


def test_someone_still_applying_is_asked_six(client: Client, agency) -> None:
    page = journey.begin(client, agency.pk, "applying")

    assert "1 of 6," in page
    assert "When did you apply?" in page


def test_stopping_leads_to_the_last_page_with_what_was_answered(client: Client, agency) -> None:
    page = journey.answer(client, journey.begin(client, agency.pk), do="skip")
    page = journey.answer(client, page, do="skip")
    page = journey.answer(client, page, do="stop", value="1")

    assert "This is what everyone will read" in page
    assert "They lied" in page


def test_back_shows_the_answer_given_before(client: Client, agency) -> None:
    page = journey.begin(client, agency.pk)
    page = journey.answer(client, page, value="2023", quarter="4")
    page = journey.answer(client, page, do="back")

    assert "<option selected>2023</option>" in page
    assert re.search(r'name="quarter" value="4" checked', page)


def test_an_amount_is_repeated_on_the_next_screen(client: Client, agency) -> None:
    page = journey.begin(client, agency.pk)
    for fields in journey.QUICK[:5]:
        page = journey.answer(client, page, **fields)

    assert "120,000 NPR" in page
    assert "120 thousand" in page


@pytest.mark.parametrize("typed", ["", "many", "0", "\x00", "<b>", "9" * 100])
def test_an_amount_that_can_not_be_read_is_named_and_kept(client: Client, agency, typed) -> None:
    page = journey.begin(client, agency.pk)
    for fields in journey.QUICK[:4]:
        page = journey.answer(client, page, **fields)

    page = journey.answer(client, page, amount=typed, currency="NPR")

    assert "Write the amount in digits" in page


def test_a_worrying_answer_shows_help_at_once(client: Client, agency) -> None:
    page = journey.begin(client, agency.pk)
    for fields in journey.QUICK[:3]:
        assert "Show me who can help" not in page
        page = journey.answer(client, page, **fields)

    assert "Show me who can help" in page


@pytest.mark.parametrize(
    "code", [each.code for each in questions.quick_path("self", {"Q201": "yes"})]
)
def test_a_choice_that_does_not_exist_is_asked_again(client: Client, agency, code: str) -> None:
    page = journey.begin(client, agency.pk)
    for question, fields in zip(
        questions.quick_path("self", {"Q201": "yes"}), journey.QUICK, strict=True
    ):
        if question.code == code:
            break
        page = journey.answer(client, page, **fields)
    heading = re.search(r'<h1 id="asked">(.*?)</h1>', page)[1]

    for bad in ("nonsense", "\x00", "", "x" * 10_000):
        again = journey.answer(
            client, page, value=bad, quarter="9", amount=bad, currency="<script>"
        )
        assert f'<h1 id="asked">{heading}</h1>' in again
        assert 'id="error"' in again


def test_the_language_switch_keeps_the_answers(client: Client, agency) -> None:
    page = journey.begin(client, agency.pk)
    page = journey.answer(client, page, value="2023", quarter="4")

    other = client.post(
        "/ne/review/steps/",
        {"state": journey.hidden(page, "state"), "do": "language", "value": "sa"},
    )

    page = journey.text_of(other)
    assert 'lang="ne"' in page
    assert '<option value="sa" selected>' in page
    assert journey.hidden(page, "state")


def test_sending_needs_the_publish_tick_and_says_so(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)

    again = journey.text_of(journey.send(client, page, publish="", text="Kept words."))

    assert "Tick “Publish my answers”" in again
    assert "Kept words." in again
    assert not Review.objects.exists()


def test_the_three_consents_are_not_ticked_beforehand(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)

    assert not re.search(r'type="checkbox"[^>]*checked', page)
    assert len(re.findall(r'type="checkbox"', page)) == 4


def test_the_preview_shows_the_text_as_it_was_typed(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)

    page = journey.answer(client, page, do="preview", text="<b>Bold</b> words", publish="on")

    assert 'dir="auto">&lt;b&gt;Bold&lt;/b&gt; words</blockquote>' in page
    assert re.search(r'name="publish" checked', page)


def test_nothing_answered_is_not_sent(client: Client, agency) -> None:
    page = journey.answer(client, journey.begin(client, agency.pk), do="stop")

    again = journey.text_of(journey.send(client, page))

    assert "Answer one question at least" in again


def test_a_changed_state_is_refused_and_what_was_typed_stays(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)
    state = journey.hidden(page, "state")
    for bad in ("", "A", "é", state[:-8] + "AAAAAAA=", state[4:], "A" * 9000):
        for address in (journey.STEPS, journey.RECEIPT):
            response = client.post(address, {"state": bad, "text": "My words", "publish": "on"})
            assert response.status_code == 400
            assert "My words" in journey.text_of(response)


def test_a_page_open_for_more_than_a_day_says_so_and_keeps_the_answers(client, agency) -> None:
    with time_machine.travel("2026-11-22 10:00Z", tick=False) as clock:
        page = journey.answer(client, journey.begin(client, agency.pk), value="2023", quarter="4")
        clock.shift(25 * 3600)
        page = journey.answer(client, page, value="sa")
        assert "open for more than a day" in page
        assert '<option value="sa" selected>' in page
        page = journey.answer(client, page, do="back")
        assert "<option selected>2023</option>" in page


def test_sending_twice_is_one_review_and_the_same_number(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)

    first = journey.code_in(journey.text_of(journey.send(client, page)))
    second = journey.code_in(journey.text_of(journey.send(client, page)))

    assert first == second
    assert Review.objects.count() == 1


def test_a_kept_number_and_a_reload_say_already_shown(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)
    shown = journey.text_of(journey.send(client, page))

    client.post("/en/review/receipt/kept/", {"page": journey.hidden(shown, "page")})

    assert "already shown" in journey.text_of(journey.send(client, page))
    assert "already shown" in journey.text_of(client.get(journey.RECEIPT))


def test_the_number_is_saved_as_a_file_whose_name_tells_nothing(client: Client, agency) -> None:
    shown = journey.text_of(journey.send(client, journey.to_the_end(client, agency.pk)))

    saved = client.post("/en/review/receipt/file/", {"page": journey.hidden(shown, "page")})

    assert saved["Content-Disposition"] == 'attachment; filename="number.txt"'
    assert journey.text_of(saved).replace(" ", "").strip() == journey.code_in(shown)


def test_readers_of_nepali_see_their_digits_and_western_ones(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)

    shown = journey.text_of(
        client.post(
            "/ne/review/receipt/", {"state": journey.hidden(page, "state"), "publish": "on"}
        )
    )

    own = re.search(r'id="own-code">(.*?)</p>', shown, re.DOTALL)[1]
    assert re.fullmatch(r"[०-९]{20}", re.sub(r"<[^>]*>|\s", "", own))
    assert len(journey.code_in(shown)) == 20


def test_a_text_of_a_million_letters_is_named_and_nothing_is_stored(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)

    for text in ("a" * 1_000_000, "a\x00b"):
        response = journey.send(client, page, text=text)
        assert response.status_code == 200
        assert "Not sent yet" in journey.text_of(response)
    assert not Review.objects.exists()


def test_the_state_stays_below_eight_kilobytes(client: Client, agency) -> None:
    page = journey.to_the_end(client, agency.pk)
    text = "".join(chr(0x900 + (7 * place * place) % 100) for place in range(600))

    page = journey.answer(client, page, do="preview", text=text)

    assert len(journey.hidden(page, "state")) <= 8 * 1024


@pytest.mark.parametrize(
    "address",
    [
        "/en/review/",
        "/en/review/?agency=99999999999999999999999999",
        "/en/review/?agency=²",
        "/en/review/?agency=x%00",
    ],
)
def test_without_an_agency_the_start_asks_for_one(client: Client, address: str) -> None:
    response = client.get(address)

    assert response.status_code == 200
    assert "Which agency is it about?" in journey.text_of(response)


def test_the_page_before_writing_has_at_most_150_words(client: Client, agency) -> None:
    page = journey.text_of(client.get(f"/en/review/?agency={agency.pk}"))
    main = page.split('<main id="main">')[1].split("</main>")[0]

    assert len(re.sub(r"<[^>]+>", " ", main).split()) <= 150


def test_no_title_or_address_names_the_agency_and_every_page_can_be_left(client, agency) -> None:
    page = journey.begin(client, agency.pk)
    pages = [journey.text_of(client.get(f"/en/review/?agency={agency.pk}")), page]
    end = journey.to_the_end(client, agency.pk)
    pages += [end, journey.text_of(journey.send(client, end))]

    for page in pages:
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1].strip()
        assert title in {"Questions", "Your number"}
        assert 'href="/leave/"' in page
        assert not re.search(r'action="[^"]*(canary|complaint)', page, re.IGNORECASE)


def test_no_page_of_the_form_is_stored_and_only_the_form_cookie_is_set(client, agency) -> None:
    response = client.post(journey.STEPS, {"agency": agency.pk, "told_by": "self"})

    assert response["Cache-Control"] == "no-store"
    assert set(response.cookies) <= {"csrf"}


def test_a_form_without_its_token_is_refused(agency) -> None:
    strict = Client(enforce_csrf_checks=True)

    for address in (journey.STEPS, journey.RECEIPT, "/en/code/", "/en/code/out/"):
        assert strict.post(address, {}).status_code == 403
