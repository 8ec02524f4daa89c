"""The page behind the code: state, reasons, withdrawing, deleting, and leaving."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from recruitadvisor.core.limiter import code_misses
from reviews import receipts
from reviews.models import ReviewVersion
from tests.reviews.factories import AgencyFactory, send
from tests.reviews.journey import text_of

pytestmark = pytest.mark.django_db
CODE = "/en/code/"


@pytest.fixture(autouse=True)
def nothing_missed() -> None:
    code_misses.forget_all()


@pytest.fixture
def sent():
    return send(AgencyFactory.create().pk)


def test_the_code_opens_the_page_in_any_digits(client: Client, sent) -> None:
    typed = "-".join(receipts.groups(sent.code, "ne"))

    response = client.post(CODE, {"code": typed}, follow=True)

    assert "A person will read them" in text_of(response)
    assert "The job was as they said." in text_of(response)
    assert sent.code not in text_of(response)
    assert response["Cache-Control"] == "no-store"


def test_a_slip_in_a_digit_is_a_matter_of_form_and_nothing_is_hashed(client, sent, monkeypatch):
    slip = str((int(sent.code[0]) + 1) % 10) + sent.code[1:]
    monkeypatch.setattr(receipts, "hash_code", None)

    for typed in (slip, "", "12", "\x00", "x" * 5000, sent.code + "1"):
        assert "One of the digits is not right" in text_of(client.post(CODE, {"code": typed}))


def test_unknown_and_erased_codes_give_the_same_page(client: Client, sent) -> None:
    unknown = text_of(client.post(CODE, {"code": receipts.new_code()}))
    client.post(CODE, {"code": sent.code})
    client.post("/en/code/delete/")

    erased = text_of(client.post(CODE, {"code": sent.code}))

    def without_token(page: str) -> str:
        return "".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line)

    assert without_token(unknown) == without_token(erased)


def test_withdrawing_takes_three_taps_and_asks_no_reason(client: Client, sent) -> None:
    page = text_of(client.post(CODE, {"code": sent.code}, follow=True))
    assert "/en/code/withdraw/" in page
    assert "Yes, withdraw" in text_of(client.get("/en/code/withdraw/"))
    assert ReviewVersion.objects.get().state == "queued"

    page = text_of(client.post("/en/code/withdraw/", follow=True))

    assert ReviewVersion.objects.get().state == "withdrawn"
    assert "You took your answers back" in page


def test_deleting_removes_everything_and_ends_the_visit(client: Client, sent) -> None:
    client.post(CODE, {"code": sent.code})

    page = text_of(client.post("/en/code/delete/"))

    assert "Everything is deleted" in page
    assert ReviewVersion.objects.get().state == "erased"
    assert "Type the 20 digits" in text_of(client.get(CODE))


def test_signing_out_ends_the_visit_on_the_server_too(client: Client, sent) -> None:
    client.post(CODE, {"code": sent.code})
    cookie = client.cookies["r"].value

    response = client.post("/en/code/out/")
    client.cookies["r"] = cookie

    assert "Clear-Site-Data" in response
    assert "Type the 20 digits" in text_of(client.get(CODE))


@pytest.mark.parametrize(
    ("minutes", "times", "is_open"), [(14, 2, True), (16, 1, False), (11, 3, False)]
)
def test_a_visit_ends_after_idle_minutes_and_after_half_an_hour(
    client: Client, sent, minutes: int, times: int, is_open: bool
) -> None:
    with time_machine.travel("2026-11-22 10:00Z", tick=False) as clock:
        client.post(CODE, {"code": sent.code})
        for _visit in range(times):
            clock.shift(timedelta(minutes=minutes))
            page = text_of(client.get(CODE))

    assert ("Take it back" in page) is is_open


def test_a_made_up_cookie_opens_nothing(client: Client) -> None:
    for made_up in ("x", "A" * 200, "é"):
        client.cookies["r"] = made_up
        assert "Type the 20 digits" in text_of(client.get(CODE))
        assert client.post("/en/code/delete/").status_code == 302


@pytest.mark.parametrize(
    "state", [state for state in ReviewVersion.State.values if state != "erased"]
)
def test_every_state_has_its_words(client: Client, sent, state: str) -> None:
    month = 12 * 2026 if state == "published" else None
    ReviewVersion.objects.update(state=state, published_month=month)

    page = text_of(client.post(CODE, {"code": sent.code}, follow=True))

    assert 'id="state"' in page
    assert "Delete everything now" in page


def test_the_code_is_in_no_address(client: Client, sent) -> None:
    response = client.post(CODE, {"code": sent.code})

    assert response.status_code == 302
    assert response["Location"] == CODE
    assert client.get(CODE + "?code=" + sent.code).status_code == 200


def test_who_missed_often_waits_half_a_minute_and_is_never_shut_out(client, sent) -> None:
    for _try in range(5):
        assert client.post(CODE, {"code": receipts.new_code()}).status_code == 200

    slowed = client.post(CODE, {"code": sent.code})
    ticket = {"code": sent.code, "ticket": slowed.context["ticket"]}
    too_early = client.post(CODE, ticket)
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        in_time = client.post(CODE, ticket)
        again = client.post(CODE, ticket)

    assert slowed.status_code == too_early.status_code == 429
    assert slowed["Retry-After"] == "30"
    assert in_time.status_code == 302
    assert again.status_code == 429
