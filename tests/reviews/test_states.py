"""The table of moves, and the one function that makes them."""

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitadvisor.core.models import AuditEvent
from reviews import states, transitions
from reviews.models import ReviewVersion
from tests.reviews.desk_setup import make_agency, make_reader, make_version

STATE = st.sampled_from(states.STATES)
WHO = st.sampled_from([states.AUTHOR, states.SYSTEM, states.MODERATOR, states.LEAD])


def test_the_table_has_all_twenty_moves() -> None:
    assert {transition.number for transition in states.TRANSITIONS} == set(range(1, 21))


def test_the_table_and_the_model_know_the_same_states() -> None:
    assert set(states.STATES) == set(ReviewVersion.State.values)


@settings(max_examples=100)
@given(STATE, WHO)
def test_only_the_system_publishes_and_only_what_was_approved(source: str, who: str) -> None:
    move = states.listed(source, states.PUBLISHED, frozenset({who}))

    if source == states.APPROVED:
        assert (move is not None) == (who == states.SYSTEM)
    elif source == states.SUSPENDED:
        assert (move is not None) == (who == states.LEAD)
    elif source != states.PUBLISHED:
        assert move is None


@settings(max_examples=100)
@given(STATE, WHO)
def test_nothing_leaves_erased(target: str, who: str) -> None:
    assert states.listed(states.ERASED, target, frozenset({who})) is None


def test_the_author_can_withdraw_from_every_state_but_erased() -> None:
    sources = states.sources_of(states.WITHDRAWN, frozenset({states.AUTHOR}))

    assert set(sources) == set(states.STATES) - {states.WITHDRAWN, states.ERASED}


def test_what_the_author_sets_off_keeps_no_time() -> None:
    by_author = [each for each in states.TRANSITIONS if states.AUTHOR in each.who]

    assert by_author
    assert not any(each.is_timed for each in by_author)


@pytest.mark.django_db
def test_a_move_is_made_together_with_its_audit_row() -> None:
    version = make_version(make_agency())
    reader = make_reader()

    moved = transitions.move(version_id=version.pk, to="in_review", actor_id=reader.pk)

    version.refresh_from_db()
    event = AuditEvent.objects.get(action="review.in_review")
    assert moved
    assert version.state == "in_review"
    assert (event.actor_id, event.object_id) == (reader.pk, str(version.pk))
    assert event.before == {"state": "queued"}
    assert event.after == {"state": "in_review", "transition": 3}
    assert event.happened_at is not None


@pytest.mark.django_db
@pytest.mark.threat("T2")
def test_the_audit_row_of_an_author_names_nobody_and_no_time() -> None:
    version = make_version(make_agency())

    transitions.move(version_id=version.pk, to="withdrawn", actor_id=None, by_author=True)

    event = AuditEvent.objects.get(action="review.withdrawn")
    assert event.happened_at is None
    assert event.actor_id is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("source", "to", "actor", "by_author"),
    [
        ("queued", "published", None, False),
        ("queued", "approved", "reader", False),
        ("approved", "published", "reader", False),
        ("approved", "published", None, True),
        ("queued", "withdrawn", "reader", False),
        ("rejected", "published", None, False),
    ],
)
def test_a_move_that_is_not_listed_is_refused_and_leaves_nothing(
    source: str, to: str, actor: str | None, by_author: bool
) -> None:
    version = make_version(make_agency(), state=source)
    actor_id = make_reader().pk if actor else None

    with pytest.raises(transitions.TransitionRefusedError):
        transitions.move(version_id=version.pk, to=to, actor_id=actor_id, by_author=by_author)

    version.refresh_from_db()
    assert version.state == source
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_the_slower_of_two_moves_is_told_so_and_writes_nothing() -> None:
    version = make_version(make_agency())
    one, other = make_reader(), make_reader()

    first = transitions.move(
        version_id=version.pk, to="in_review", actor_id=one.pk, source="queued", leased_by=one
    )
    second = transitions.move(
        version_id=version.pk, to="in_review", actor_id=other.pk, source="queued", leased_by=other
    )

    version.refresh_from_db()
    assert (first, second) == (True, False)
    assert version.leased_by == one
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db
def test_a_version_that_does_not_exist_is_named_as_such() -> None:
    with pytest.raises(transitions.VersionGoneError):
        transitions.move(version_id=1, to="withdrawn", actor_id=None, by_author=True)


@pytest.mark.django_db(transaction=True)
def test_a_failing_audit_row_takes_the_move_back(monkeypatch: pytest.MonkeyPatch) -> None:
    version = make_version(make_agency())

    def fail(execute, sql, params, many, context):
        if "core_auditevent" in sql:
            message = "disk full"
            raise IntegrityError(message)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(fail), pytest.raises(IntegrityError):
        transitions.move(version_id=version.pk, to="withdrawn", actor_id=None, by_author=True)

    version.refresh_from_db()
    assert version.state == "queued"


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["invented", "published"])
def test_the_database_refuses_an_illegal_state_written_by_hand(state: str) -> None:
    version = make_version(make_agency())

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE reviews_reviewversion SET state = %s WHERE id = %s", [state, version.pk]
        )
