"""The moderators' pages: what they show, to whom, and the way from the queue to a decision."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from recruitadvisor.accounts.models import Role
from reviews import moderation
from reviews.models import ReviewVersion
from tests.reviews.desk_setup import FINE, make_agency, make_reader, make_version, publish
from tests.staff import SECRET, sign_in

pytestmark = pytest.mark.django_db
QUEUE = "/desk/reviews/"
PHONE = {"kind": "phone", "start": 5, "end": 15, "level": "block", "rule": "phone-1"}


def client_of(reader) -> Client:
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(reader, SECRET)
    client = Client()
    sign_in(client, reader)
    return client


def address(version: ReviewVersion, page: str = "item") -> str:
    return reverse(f"review_desk:{page}", args=[version.pk])


def test_the_queue_tells_what_waits_and_since_when() -> None:
    make_version(make_agency(), flags=["FL7"], received_on="2026-11-18", review={"language": "ne"})

    page = client_of(make_reader()).get(QUEUE)

    text = page.content.decode()
    assert page.status_code == 200
    assert "1 review waits, since 18 November 2026." in text
    assert "FL7" in text
    assert "Himal Setu Overseas" in text
    assert "नेपाली" in text


def test_an_empty_queue_says_so() -> None:
    assert "Nothing waits for you now." in client_of(make_reader()).get(QUEUE).content.decode()


def test_a_moderator_takes_reads_confirms_and_approves() -> None:
    agency = make_agency()
    publish(agency, moderation.FEW_REVIEWS)
    version = make_version(agency, answers={"Q201": "yes", "Q801": "2"})
    client = client_of(make_reader())

    taken = client.post(QUEUE)
    assert taken.headers["Location"] == address(version)
    page = client.get(address(version)).content.decode()
    assert version.text in page
    assert "Did you have to pay anyone to get this job?" in page

    form = {**FINE, "outcome": "approve"}
    asked = client.post(address(version, "decide"), form)
    assert asked.status_code == 200
    assert "We publish your review as you wrote it." in asked.content.decode()
    version.refresh_from_db()
    assert version.state == "in_review"

    done = client.post(address(version, "decide"), {**form, "confirmed": "1"}, follow=True)
    version.refresh_from_db()
    assert version.state == "approved"
    assert "Approved. It is published with one of the next daily batches." in done.content.decode()


def test_a_first_approval_of_two_is_announced_and_kept() -> None:
    version = make_version(make_agency())
    client = client_of(make_reader())
    client.post(QUEUE)
    form = {**FINE, "outcome": "approve"}

    asked = client.post(address(version, "decide"), form).content.decode()
    done = client.post(address(version, "decide"), {**form, "confirmed": "1"}, follow=True)

    version.refresh_from_db()
    assert "A second person has to approve it too." in asked
    assert "Your approval is kept." in done.content.decode()
    assert version.state == "queued"
    assert "Nothing waits for you now." in done.content.decode()


def test_a_missing_answer_is_named_and_what_was_typed_stays() -> None:
    version = make_version(make_agency())
    client = client_of(make_reader())
    client.post(QUEUE)

    form = {"first_hand": "yes", "facts": "They wrote it in May.", "outcome": "approve"}
    page = client.post(address(version, "decide"), form).content.decode()

    assert "Answer all five questions before you approve." in page
    assert "They wrote it in May." in page
    assert 'name="first_hand" value="yes" checked' in page


def test_a_finding_is_marked_ticked_and_hidden_for_the_public() -> None:
    version = make_version(make_agency(), text="Call 9841234567 now", findings=[PHONE])
    client = client_of(make_reader())
    client.post(QUEUE)

    page = client.get(address(version)).content.decode()
    assert "<mark>9841234567<sup>1</sup></mark>" in page
    assert 'name="hide" value="0" checked' in page

    form = {**FINE, "outcome": "approve", "hide": "0", "names": "now"}
    asked = client.post(address(version, "decide"), form).content.decode()
    assert "Call [removed: phone number] [removed: name]" in asked


def test_names_that_are_not_in_the_text_are_pointed_out() -> None:
    version = make_version(make_agency())
    client = client_of(make_reader())
    client.post(QUEUE)

    form = {**FINE, "outcome": "approve", "names": "Ramesh"}
    page = client.post(address(version, "decide"), form).content.decode()

    assert "These words to hide are not in the text." in page


def test_a_rejection_shows_its_reasons_before_it_is_confirmed() -> None:
    version = make_version(make_agency())
    client = client_of(make_reader())
    client.post(QUEUE)
    form = {"outcome": "reject", "reason_code": "duplicate", "facts": "The same came in May."}

    asked = client.post(address(version, "decide"), form).content.decode()
    client.post(address(version, "decide"), {**form, "confirmed": "1"})

    version.refresh_from_db()
    assert "We do not publish your review." in asked
    assert "The same came in May." in asked
    assert version.state == "rejected"
    assert version.decisions.get().reason_code == "duplicate"


def test_the_second_moderator_reads_that_it_is_decided() -> None:
    version = make_version(make_agency(), state="approved")
    client = client_of(make_reader())

    seen = client.get(address(version))
    sent = client.post(address(version, "decide"), {**FINE, "outcome": "approve", "confirmed": "1"})

    for page in (seen, sent):
        assert page.status_code == 409
        assert "Already decided" in page.content.decode()
        assert version.text not in page.content.decode()


def test_an_item_that_somebody_else_reads_keeps_its_text_from_others() -> None:
    version = make_version(make_agency())
    moderation.lease_next(make_reader(), timezone.now())

    page = client_of(make_reader()).get(address(version))

    assert page.status_code == 409
    assert "Being read" in page.content.decode()
    assert version.text not in page.content.decode()


@pytest.mark.threat("T16")
@pytest.mark.parametrize("page", ["item", "decide", "release"])
def test_an_item_of_another_country_does_not_exist(page: str) -> None:
    version = make_version(make_agency("Savanna Link", "ke"))
    client = client_of(make_reader())

    answer = client.get(address(version)) if page == "item" else client.post(address(version, page))

    assert answer.status_code == 404


@pytest.mark.parametrize("kind", [Role.Kind.OFFICER, Role.Kind.STEWARD, Role.Kind.CASEWORKER])
def test_other_roles_do_not_enter(kind: str) -> None:
    person = make_reader()
    person.roles.update(kind=kind, authority_code="office")

    assert client_of(person).get(QUEUE).status_code == 403


def test_a_visitor_is_asked_to_sign_in() -> None:
    assert Client().get(QUEUE).status_code == 302


def test_skipping_gives_the_next_one_and_comes_back_in_the_end() -> None:
    agency = make_agency()
    first, second = sorted(
        (make_version(agency) for _place in range(2)), key=lambda item: item.queue_place
    )
    client = client_of(make_reader())

    assert client.post(QUEUE).headers["Location"] == address(first)
    assert client.post(address(first, "release")).headers["Location"] == address(second)
    assert client.post(address(second, "release")).headers["Location"] == address(first)
    stopped = client.post(address(first, "release"), {"stop": "1"})
    assert stopped.headers["Location"] == QUEUE
    assert ReviewVersion.objects.filter(state="queued").count() == 2


def test_a_get_never_changes_anything() -> None:
    version = make_version(make_agency())
    client = client_of(make_reader())

    for page in ("decide", "release"):
        assert client.get(address(version, page)).status_code == 405
    client.get(QUEUE)

    version.refresh_from_db()
    assert version.state == "queued"


@pytest.mark.parametrize("rows", [1, 50])
def test_the_queue_asks_the_database_the_same_few_questions(
    rows: int, django_assert_max_num_queries
) -> None:
    agency = make_agency()
    for _place in range(rows):
        make_version(agency)
    client = client_of(make_reader())

    with django_assert_max_num_queries(15):
        client.get(QUEUE)


def test_a_text_with_tags_is_shown_as_typed() -> None:
    version = make_version(make_agency(), text="<script>alert(1)</script> & more")
    client = client_of(make_reader())
    client.post(QUEUE)

    page = client.get(address(version)).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in page
