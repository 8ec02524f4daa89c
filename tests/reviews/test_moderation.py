"""Who gets what to read, what an approval takes, and what two people at once see."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.utils import translation

from recruitadvisor.accounts.models import Role
from recruitadvisor.core.models import AuditEvent
from reviews import moderation, notices, redaction
from reviews.models import Decision, ReviewVersion
from reviews.services import withdraw_review
from tests.reviews.desk_setup import (
    FINE,
    NOW,
    approve,
    make_agency,
    make_reader,
    make_version,
    publish,
)

PHONE = {"kind": "phone", "start": 5, "end": 15, "level": "block", "rule": "phone-1"}


def known_agency():
    """An agency with enough published reviews that one approval is enough."""
    agency = make_agency()
    publish(agency, moderation.FEW_REVIEWS)
    return agency


def decide(version: ReviewVersion, person, **changes):
    fields = {"outcome": "approve", "checklist": FINE, "now": NOW, **changes}
    return moderation.decide(version_id=version.pk, moderator=person, **fields)


# The queue and its leases ----------------------------------------------------------------------
@pytest.mark.django_db
def test_danger_comes_first_and_then_the_oldest_day() -> None:
    agency = make_agency()
    newer = make_version(agency, received_on="2026-11-20")
    older = make_version(agency, received_on="2026-11-10")
    urgent = make_version(agency, received_on="2026-11-21", review={"in_danger": True})
    reader = make_reader()

    assert list(moderation.queue_of(reader)) == [urgent, older, newer]
    assert moderation.lease_next(reader, NOW) == urgent


@pytest.mark.django_db
@pytest.mark.threat("T16")
def test_a_moderator_gets_own_countries_and_languages_only() -> None:
    here, elsewhere = make_agency(), make_agency("Savanna Link", "ke")
    mine = make_version(here, review={"language": "ne"})
    make_version(here, review={"language": "ar"})
    without_text = make_version(here, text="", review={"language": "ar"})
    make_version(elsewhere, review={"language": "ne"})

    assert set(moderation.queue_of(make_reader(languages="ne,en"))) == {mine, without_text}


@pytest.mark.django_db
def test_an_officer_has_no_queue() -> None:
    make_version(make_agency())
    officer = make_reader()
    officer.roles.update(kind=Role.Kind.OFFICER, authority_code="office")

    assert moderation.lease_next(officer, NOW) is None


@pytest.mark.django_db
def test_who_reads_one_item_gets_that_item_again() -> None:
    agency, reader = make_agency(), make_reader()
    for _place in range(2):
        make_version(agency)

    first = moderation.lease_next(reader, NOW)

    assert moderation.lease_next(reader, NOW + timedelta(minutes=29)) == first


@pytest.mark.django_db
def test_two_moderators_get_two_items_and_a_third_gets_none() -> None:
    agency = make_agency()
    for _place in range(2):
        make_version(agency)

    leased = [moderation.lease_next(make_reader(), NOW) for _place in range(3)]

    assert leased[0] != leased[1]
    assert leased[2] is None


@pytest.mark.django_db
def test_a_forgotten_item_waits_again_after_half_an_hour() -> None:
    make_version(make_agency())
    forgetful, next_one = make_reader(), make_reader()
    item = moderation.lease_next(forgetful, NOW)

    assert moderation.lease_next(next_one, NOW + timedelta(minutes=29)) is None
    assert moderation.lease_next(next_one, NOW + timedelta(minutes=30)) == item


@pytest.mark.django_db
def test_an_item_given_back_waits_again_and_can_be_passed_over() -> None:
    make_version(make_agency())
    reader = make_reader()
    item = moderation.lease_next(reader, NOW)

    assert moderation.release(version_id=item.pk, user=reader)
    assert not moderation.release(version_id=item.pk, user=reader)
    assert moderation.lease_next(reader, NOW, skip=[item.pk]) is None
    assert moderation.lease_next(reader, NOW) == item


# Decisions -------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_one_approval_is_enough_for_a_plain_review_of_a_known_agency() -> None:
    version = make_version(known_agency())
    reader = make_reader()

    approve(version, reader)

    decision = version.decisions.get()
    assert version.state == "approved"
    assert version.received_on is None
    assert version.leased_by is None
    assert (decision.decided_by, decision.checklist) == (reader, FINE)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "checklist"),
    [
        ({"flags": ["FL5"]}, FINE),
        ({"flags": ["FL3"]}, FINE),
        ({}, {**FINE, "crime_alleged": "yes"}),
    ],
)
def test_a_sensitive_review_needs_a_second_person(fields: dict, checklist: dict) -> None:
    version = make_version(known_agency(), **fields)
    first, second = make_reader(), make_reader()

    approve(version, first, checklist=checklist)
    assert version.state == "queued"
    assert version.received_on is not None
    assert version not in moderation.queue_of(first)
    assert version in moderation.queue_of(second)

    approve(version, second)
    assert version.state == "approved"


@pytest.mark.django_db
@pytest.mark.threat("T16")
def test_nobody_approves_the_same_review_twice() -> None:
    version = make_version(make_agency())
    reader = make_reader()
    approve(version, reader)

    with pytest.raises(moderation.DecisionRefusedError, match="decided_by_you"):
        approve(version, reader)


@pytest.mark.django_db
def test_the_first_three_reviews_of_an_agency_need_two_people() -> None:
    agency = make_agency()
    publish(agency, 2)
    third = make_version(agency)
    approve(third, make_reader())
    assert third.state == "queued"
    approve(third, make_reader())
    moderation.publish_batch(today=NOW.date())

    fourth = make_version(agency)
    approve(fourth, make_reader())

    assert fourth.state == "approved"


@pytest.mark.django_db
@pytest.mark.parametrize("question", moderation.CHECKLIST)
def test_no_approval_without_every_answer(question: str) -> None:
    version = make_version(make_agency())
    answers = {name: answer for name, answer in FINE.items() if name != question}

    with pytest.raises(moderation.DecisionRefusedError, match="checklist_incomplete"):
        approve(version, make_reader(), checklist=answers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"outcome": "invented"}, "outcome_unknown"),
        ({"checklist": {**FINE, "first_hand": "no"}}, "not_first_hand"),
        ({"checklist": {**FINE, "this_agency": "no"}}, "not_this_agency"),
        ({"checklist": {**FINE, "persons_named": "yes"}}, "person_not_hidden"),
        ({"checklist": {**FINE, "could_identify": "yes"}}, "could_identify"),
        ({"outcome": "reject"}, "reason_missing"),
        ({"outcome": "reject", "reason_code": "invented", "facts": "x"}, "reason_missing"),
        ({"outcome": "reject", "reason_code": "duplicate", "facts": " "}, "facts_missing"),
    ],
)
def test_a_decision_that_breaks_a_rule_changes_nothing(changes: dict, problem: str) -> None:
    version = make_version(make_agency())
    reader = make_reader()
    moderation.lease_next(reader, NOW)

    with pytest.raises(moderation.DecisionRefusedError, match=problem):
        decide(version, reader, **changes)

    version.refresh_from_db()
    assert version.state == "in_review"
    assert not Decision.objects.exists()


@pytest.mark.django_db
def test_a_blocking_finding_has_to_be_hidden_or_the_text_left_out() -> None:
    version = make_version(known_agency(), text="Call 9841234567 now", findings=[PHONE])
    reader = make_reader()
    moderation.lease_next(reader, NOW)

    with pytest.raises(moderation.DecisionRefusedError, match="finding_not_hidden"):
        decide(version, reader, redactions=[(5, 9, "phone")])
    decide(version, reader, redactions=[(5, 15, "phone")])

    version.refresh_from_db()
    assert notices.public_text(version) == "Call [removed: phone number] now"
    assert version.text == "Call 9841234567 now"


@pytest.mark.django_db
def test_a_review_can_be_approved_without_its_text() -> None:
    version = make_version(known_agency(), text="Call 9841234567 now", findings=[PHONE])

    approve(
        version,
        make_reader(),
        outcome="approve_without_text",
        checklist={**FINE, "could_identify": "yes"},
    )

    assert version.state == "approved"
    assert version.text_withheld
    assert notices.public_text(version) == ""


@pytest.mark.django_db
def test_what_either_approver_hid_stays_hidden() -> None:
    version = make_version(make_agency(), text="Ram and Sita came")

    approve(version, make_reader(), redactions=[(0, 3, "name")])
    approve(version, make_reader(), redactions=[(8, 12, "name")])

    assert notices.public_text(version) == "[removed: name] and [removed: name] came"


@pytest.mark.django_db
def test_a_rejection_keeps_its_reason_and_its_audit_row() -> None:
    version = make_version(make_agency())
    reader = make_reader()
    moderation.lease_next(reader, NOW)

    decide(version, reader, outcome="reject", reason_code="duplicate", facts="Sent in May.")

    version.refresh_from_db()
    event = AuditEvent.objects.get(action="review.rejected")
    assert version.state == "rejected"
    assert version.received_on is None
    assert (event.actor_id, event.reason) == (reader.pk, "duplicate")
    assert event.after["outcome"] == "reject"


# Two at once -----------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_second_of_two_moderators_reads_that_it_is_decided() -> None:
    version = make_version(known_agency())
    slow, quick = make_reader(), make_reader()
    moderation.lease_next(slow, NOW)
    later = NOW + timedelta(minutes=31)
    moderation.lease_next(quick, later)

    with pytest.raises(moderation.NotYoursError):
        decide(version, slow)
    decide(version, quick, now=later)
    with pytest.raises(moderation.AlreadyDecidedError):
        decide(version, slow)

    assert version.decisions.count() == 1


@pytest.mark.django_db
def test_a_review_withdrawn_while_being_read_is_not_decided() -> None:
    version = make_version(known_agency())
    reader = make_reader()
    moderation.lease_next(reader, NOW)
    withdraw_review(review_id=version.review_id, today=NOW.date())

    with pytest.raises(moderation.AlreadyDecidedError):
        decide(version, reader)

    assert not version.decisions.exists()


@pytest.mark.django_db
def test_a_moderator_of_another_country_decides_nothing() -> None:
    version = make_version(make_agency())
    stranger = make_reader(country="ke")
    ReviewVersion.objects.update(state="in_review", leased_by=stranger)

    with pytest.raises(moderation.NotYoursError):
        decide(version, stranger)


@pytest.mark.django_db(transaction=True)
def test_of_moderators_racing_for_one_item_exactly_one_gets_it() -> None:
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("a database in memory has one connection; the check runs on PostgreSQL")
    make_version(make_agency())
    readers = [make_reader() for _place in range(4)]

    def take(reader):
        try:
            return moderation.lease_next(reader, NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(take, readers))

    assert sum(item is not None for item in taken) == 1


# What the author reads -------------------------------------------------------------------------
def test_a_rejection_yields_a_complete_statement() -> None:
    with translation.override("en"):
        statement = notices.statement(
            outcome="reject", reason_code="duplicate", facts="Sent in May.", language="en"
        )

    assert all(statement)
    assert "The same story was sent before." in statement.ground
    assert "Sent in May." in statement.facts


def test_an_approval_as_written_asks_for_no_facts() -> None:
    statement = notices.statement(outcome="approve", language="en")

    assert statement.sentences() == [
        "We publish your review as you wrote it.",
        "A person read it and decided. No software decided.",
        "You can withdraw it with your code at any time.",
    ]


@pytest.mark.django_db
def test_the_author_reads_nothing_before_a_decision_took_effect() -> None:
    version = make_version(make_agency())
    assert notices.for_author(version) is None

    approve(version, make_reader())
    assert notices.for_author(version) is None

    approve(version, make_reader())
    assert notices.for_author(version) is not None


def test_overlapping_spans_hide_everything_once() -> None:
    text = "abcdefghij"

    assert redaction.merged([(4, 6, "x"), (1, 5, "name"), (8, 99, "date"), (3, 3, "y")], 10) == [
        (1, 6, "name"),
        (8, 10, "date"),
    ]
    assert redaction.redacted(text, [(1, 5, "name"), (4, 6, "x")], lambda kind: "#") == "a#ghij"
