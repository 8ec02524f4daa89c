"""The canary journey: nothing that tells who wrote, or when, is left anywhere (AC-A4)."""

import base64
import datetime
import logging
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.utils import timezone

from recruitadvisor.core.models import AuditEvent, Country
from reviews.models import SentForm
from tests.reviews import journey
from tests.reviews.factories import AgencyFactory

ADDRESS, AGENT = "198.51.100.77", "UA-CANARY-xyz"


def every_form_of(secret: str) -> set[bytes]:
    """Return the ways in which a secret could lie about: plain, hex, base64 at any offset."""
    raw = secret.encode()
    forms = {raw, raw.hex().encode(), raw.hex().upper().encode()}
    for offset in range(3):
        coded = base64.b64encode(b"\0" * offset + raw)
        # Letters that depend on the neighbours are cut off.
        forms.add(coded[(0, 2, 3)[offset] + (offset > 0) : -4])
    return forms


def every_value() -> list[bytes]:
    """Return every value of every row of every table."""
    found = []
    for model in apps.get_models():
        for row in model._base_manager.values_list():
            found += [
                bytes(value) if isinstance(value, (bytes, memoryview)) else str(value).encode()
                for value in row
            ]
    return found


@pytest.mark.threat("T2")
@pytest.mark.django_db
def test_the_whole_journey_leaves_no_trace_of_who_went_it(caplog: pytest.LogCaptureFixture) -> None:
    Country.objects.update_or_create(code="sa", defaults={"name": "S", "is_destination": True})
    agency = AgencyFactory.create()
    client = Client(REMOTE_ADDR=ADDRESS, HTTP_USER_AGENT=AGENT, HTTP_REFERER=f"http://x/{AGENT}")
    caplog.set_level(logging.DEBUG)

    client.get(f"/en/review/?agency={agency.pk}")
    page = journey.to_the_end(client, agency.pk)
    shown = journey.text_of(journey.send(client, page, text="They lied."))
    code = journey.code_in(shown)
    client.post("/en/review/receipt/file/", {"page": journey.hidden(shown, "page")})
    client.post("/en/review/receipt/kept/", {"page": journey.hidden(shown, "page")})
    client.post("/en/code/", {"code": code[:-1] + str((int(code[-1]) + 1) % 10)})
    client.post("/en/code/", {"code": code}, follow=True)
    stored = every_value()
    client.post("/en/code/withdraw/")
    client.post("/en/code/delete/")
    stored += every_value()

    held = b"\n".join([*stored, caplog.text.encode(), *files_below(Path(settings.DATA_DIR))])
    for secret in (ADDRESS, AGENT, code):
        for form in every_form_of(secret):
            assert form not in held, (secret, form)


def files_below(folder: Path) -> list[bytes]:
    """Return the content of every file the site keeps."""
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


@pytest.mark.threat("T2")
@pytest.mark.django_db
def test_no_time_finer_than_the_day_is_kept_of_a_waiting_review(client: Client) -> None:
    agency = AgencyFactory.create()
    before = timezone.now() - datetime.timedelta(hours=1)
    page = journey.to_the_end(client, agency.pk)
    shown = journey.text_of(journey.send(client, page))
    client.post("/en/review/receipt/kept/", {"page": journey.hidden(shown, "page")})

    for model in (*apps.get_app_config("reviews").get_models(), AuditEvent):
        for row in model._base_manager.values():
            for name, value in row.items():
                if isinstance(value, datetime.datetime):
                    assert value < before, (model, name)
    assert SentForm.objects.get().keep_until is None


@pytest.mark.threat("T4")
@pytest.mark.django_db
def test_the_number_is_in_no_cookie_title_header_or_address(client: Client) -> None:
    page = journey.to_the_end(client, AgencyFactory.create().pk)
    response = journey.send(client, page)
    code = journey.code_in(journey.text_of(response))
    opened = client.post("/en/code/", {"code": code})

    for answer in (response, opened):
        assert code not in str(answer.headers)
        assert code not in str(answer.cookies)
    assert client.cookies["r"]["httponly"]
    assert client.cookies["r"]["samesite"] == "Strict"


@pytest.mark.django_db
def test_nothing_is_stored_before_sending(client: Client) -> None:
    agency = AgencyFactory.create()
    before = sorted(every_value())

    journey.to_the_end(client, agency.pk)

    assert sorted(every_value()) == before
