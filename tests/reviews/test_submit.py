"""Sending, finding, withdrawing and erasing a review."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine

from recruitadvisor.core.models import AuditEvent
from reviews import services
from reviews.models import Answer, Review, ReviewVersion, SentForm
from reviews.services import GivenAnswer
from tests.reviews.factories import TODAY, AgencyFactory, a_draft, send

pytestmark = pytest.mark.django_db


def test_a_review_is_stored_with_its_answers_and_waits_for_a_person() -> None:
    agency = AgencyFactory.create()

    sent = send(
        agency.pk,
        answers={
            "R1": GivenAnswer("2024-2"),
            "Q201": GivenAnswer("yes"),
            "Q202": GivenAnswer("amount", Decimal("120000"), "NPR"),
            "Q501": GivenAnswer("no"),
            "Q801": GivenAnswer("2"),
        },
        text="Call 9841234567",
    )

    version = ReviewVersion.objects.get(review_id=sent.review_id)
    assert version.state == "queued"
    assert version.stars == 2
    assert version.flags == ["FL2"]
    assert [finding["kind"] for finding in version.findings] == ["phone"]
    assert version.received_on == TODAY
    assert 2 <= (version.earliest_on - TODAY).days <= 5
    assert version.answers.get(code="Q202").amount == Decimal("120000")


def test_the_same_form_twice_is_one_review_and_finds_the_lost_number() -> None:
    draft = a_draft(AgencyFactory.create().pk)
    token = services.new_form_token()

    first = services.submit_review(draft=draft, form_token=token, today=TODAY)
    second = services.submit_review(draft=draft, form_token=token, today=TODAY)

    assert first == second
    assert Review.objects.count() == 1


def test_a_kept_number_is_never_given_again() -> None:
    draft = a_draft(AgencyFactory.create().pk)
    token = services.new_form_token()
    services.submit_review(draft=draft, form_token=token, today=TODAY)

    services.confirm_receipt(form_token=token)

    assert services.submit_review(draft=draft, form_token=token, today=TODAY).code == ""
    assert SentForm.objects.get().sealed_receipt is None


def test_a_lost_number_is_held_for_ten_minutes() -> None:
    draft = a_draft(AgencyFactory.create().pk)
    token = services.new_form_token()
    with time_machine.travel("2026-11-22 10:05:30Z", tick=False) as clock:
        services.submit_review(draft=draft, form_token=token, today=TODAY)
        clock.shift(timedelta(minutes=9))
        assert services.submit_review(draft=draft, form_token=token, today=TODAY).code
        clock.shift(timedelta(minutes=2))
        assert services.submit_review(draft=draft, form_token=token, today=TODAY).code == ""


def test_the_held_number_opens_with_the_token_only_and_tells_the_hour_only() -> None:
    sent = send(AgencyFactory.create().pk)
    form = SentForm.objects.get()

    assert sent.code.encode() not in bytes(form.sealed_receipt)
    assert (form.keep_until.minute, form.keep_until.second, form.keep_until.microsecond) == (
        0,
        0,
        0,
    )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"consent_publish": False}, services.ConsentMissingError),
        ({"answers": {}}, services.NothingToldError),
        ({"answers": {"Q501": GivenAnswer("dont_know")}}, services.NothingToldError),
        ({"answers": {"R2": GivenAnswer("sa")}}, services.NothingToldError),
        ({"answers": {"Q999": GivenAnswer("yes")}}, services.AnswerRefusedError),
        ({"answers": {"Q801": GivenAnswer("6")}}, services.AnswerRefusedError),
        ({"told_by": "agency"}, services.AnswerRefusedError),
        ({"text": "a" * 4001}, services.AnswerRefusedError),
    ],
)
def test_what_can_not_be_a_review_is_refused(changes, error) -> None:
    with pytest.raises(error):
        send(AgencyFactory.create().pk, **changes)

    assert not Review.objects.exists()


def test_an_unknown_or_hidden_agency_is_refused() -> None:
    with pytest.raises(services.UnknownAgencyError):
        send(AgencyFactory.create(is_listed=False).pk)
    with pytest.raises(services.UnknownAgencyError):
        send(12345)


def test_control_signs_leave_the_text_and_joiners_stay() -> None:
    assert services.plain_text("a\x00b\u202ec\r\nक\u094d\u200dष ") == "abc\nक\u094d\u200dष"


def test_the_code_finds_its_review_until_it_is_erased() -> None:
    sent = send(AgencyFactory.create().pk)
    assert services.find_by_code(sent.code).pk == sent.review_id

    assert services.erase_review(review_id=sent.review_id, today=TODAY)

    assert services.find_by_code(sent.code) is None
    version = ReviewVersion.objects.get(review_id=sent.review_id)
    assert (version.state, version.text, version.stars) == ("erased", "", None)
    assert not Answer.objects.exists()
    assert not SentForm.objects.exists()


@pytest.mark.parametrize("state", ["queued", "in_review", "approved", "rejected", "suspended"])
def test_a_review_can_be_withdrawn_in_every_state(state: str) -> None:
    sent = send(AgencyFactory.create().pk)
    ReviewVersion.objects.update(state=state)

    assert services.withdraw_review(review_id=sent.review_id, today=TODAY)

    assert ReviewVersion.objects.get().state == "withdrawn"
    assert not services.withdraw_review(review_id=sent.review_id, today=TODAY)


def test_what_an_author_does_is_dated_by_its_month_only() -> None:
    sent = send(AgencyFactory.create().pk)
    services.withdraw_review(review_id=sent.review_id, today=TODAY)
    services.erase_review(review_id=sent.review_id, today=TODAY)

    events = AuditEvent.objects.all()
    assert {event.action for event in events} >= {"review.withdrawn", "review.erased"}
    assert all(event.happened_at is None and event.actor_id is None for event in events)
