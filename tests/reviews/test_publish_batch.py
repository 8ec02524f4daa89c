"""The daily batch: only what is due, in an order that tells nothing, never twice."""

import random
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from agencies.models import Agency
from recruitadvisor.core.models import AuditEvent
from reviews import figures, moderation
from reviews.models import Decision, Review, ReviewVersion, Score
from tests.reviews.desk_setup import (
    FINE,
    MONTH,
    TODAY,
    approve,
    make_agency,
    make_reader,
    make_version,
)


def approved(agency: Agency, people: int = 2, **fields: object) -> ReviewVersion:
    version = make_version(agency, state="approved", **fields)
    for _place in range(people):
        version.decisions.create(
            decided_by=make_reader(), outcome="approve", checklist=FINE, decided_on=TODAY
        )
    return version


@pytest.mark.django_db
def test_an_approved_review_is_published_on_its_day_and_not_before() -> None:
    version = approved(make_agency(), earliest_on=TODAY)

    assert moderation.publish_batch(today=date(2026, 11, 21)) == 0
    assert moderation.publish_batch(today=TODAY) == 1

    version.refresh_from_db()
    assert version.state == "published"
    assert version.published_month == MONTH
    assert version.review.first_published_month == MONTH
    assert AuditEvent.objects.filter(action="review.published", actor=None).count() == 1


@pytest.mark.django_db
def test_the_authors_own_day_is_waited_for() -> None:
    approved(make_agency(), review={"not_before_on": date(2027, 1, 1)})

    assert moderation.publish_batch(today=TODAY) == 0
    assert moderation.publish_batch(today=date(2027, 1, 1)) == 1


@pytest.mark.django_db
def test_a_second_run_publishes_nothing_twice() -> None:
    agency = make_agency()
    approved(agency)

    assert moderation.publish_batch(today=TODAY) == 1
    assert moderation.publish_batch(today=TODAY) == 0
    assert figures.tally_of(agency.pk) == {(MONTH, False): (0, 0, 0, 1, 0)}


@pytest.mark.django_db
@pytest.mark.threat("T16")
def test_software_alone_never_publishes() -> None:
    version = approved(make_agency(), people=0)

    assert moderation.publish_batch(today=TODAY) == 0
    version.refresh_from_db()
    assert version.state == "approved"


@pytest.mark.django_db
def test_serious_harm_is_not_published_on_one_approval() -> None:
    approved(make_agency(), people=1, flags=["FL5"])

    assert moderation.publish_batch(today=TODAY) == 0


@pytest.mark.django_db
def test_a_newer_version_replaces_the_published_one_and_keeps_its_month() -> None:
    agency = make_agency()
    old = approved(agency, stars=5)
    moderation.publish_batch(today=TODAY)
    new = ReviewVersion.objects.create(
        review=old.review,
        number=2,
        state="approved",
        stars=1,
        received_month=MONTH,
        earliest_on=TODAY,
    )
    Decision.objects.create(
        version=new, decided_by=make_reader(), outcome="approve", checklist=FINE, decided_on=TODAY
    )

    assert moderation.publish_batch(today=date(2026, 12, 5)) == 1

    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == ("withdrawn", "published")
    assert new.published_month == MONTH + 1
    assert figures.tally_of(agency.pk) == {(MONTH, False): (1, 0, 0, 0, 0)}


@pytest.mark.django_db(transaction=True)
def test_a_batch_killed_half_way_is_finished_by_the_next() -> None:
    agency = make_agency()
    for _place in range(4):
        approved(agency)
    published = []

    def kill(execute, sql, params, many, context):
        if "reviews_score" in sql and sql.startswith(("INSERT", "UPDATE")):
            published.append(sql)
            if len(published) == 3:
                raise KeyboardInterrupt
        return execute(sql, params, many, context)

    with connection.execute_wrapper(kill), pytest.raises(KeyboardInterrupt):
        moderation.publish_batch(today=TODAY)

    half = ReviewVersion.objects.filter(state="published").count()
    assert half == 2
    assert sum(figures.tally_of(agency.pk)[MONTH, False]) == half
    assert moderation.publish_batch(today=TODAY) == 2
    assert sum(figures.tally_of(agency.pk)[MONTH, False]) == 4


@pytest.mark.threat("T3")
def test_the_order_of_publication_tells_nothing_about_the_order_of_arrival() -> None:
    """Kendall's tau over many shuffles of one batch stays within its 99 % band around zero."""
    batches, size = 1000, 8
    rng = random.Random(20261122)
    concordant = 0
    for _batch in range(batches):
        order = moderation.in_batch_order(range(size), rng)
        concordant += sum(
            1 if order[one] < order[other] else -1
            for one in range(size)
            for other in range(one + 1, size)
        )
    pairs = size * (size - 1) / 2
    variance = (2 * (2 * size + 5)) / (9 * size * (size - 1))  # of tau for one batch

    assert abs(concordant / pairs / batches) < 2.576 * (variance / batches) ** 0.5


@pytest.mark.django_db
@pytest.mark.threat("T3")
def test_the_batch_follows_its_shuffle_and_not_the_keys() -> None:
    agency = make_agency()
    keys = sorted(approved(agency).pk for _place in range(6))
    expected = list(keys)
    random.Random(7).shuffle(expected)

    moderation.publish_batch(today=TODAY, rng=random.Random(7))

    events = AuditEvent.objects.filter(action="review.published").order_by("pk")
    assert [int(event.object_id) for event in events] == expected
    assert expected != keys


@pytest.mark.django_db
def test_the_whole_way_from_the_queue_to_the_page() -> None:
    agency = make_agency()
    version = make_version(agency)
    approve(version, make_reader(), make_reader("lead"))

    out = StringIO()
    call_command("publish_batch", "--today", TODAY.isoformat(), stdout=out)

    assert out.getvalue() == "published 1\n"
    assert list(ReviewVersion.objects.public()) == [version]
    agency.refresh_from_db()
    assert agency.reviews_count == 1


@pytest.mark.django_db
def test_scores_are_made_afresh_once_a_month() -> None:
    agency = make_agency()
    approved(agency, stars=5)
    moderation.publish_batch(today=TODAY)
    before = Score.objects.get(agency=agency).mean

    first, second = StringIO(), StringIO()
    call_command("recompute_scores", "--today", "2028-11-01", stdout=first)
    call_command("recompute_scores", "--today", "2028-11-01", stdout=second)

    score = Score.objects.get(agency=agency)
    assert (first.getvalue(), second.getvalue()) == ("recomputed 1\n", "recomputed 0\n")
    assert score.computed_month == 12 * 2028 + 10
    assert 3.0 < score.mean < before


@pytest.mark.django_db
def test_what_was_rejected_or_withdrawn_is_never_published() -> None:
    agency = make_agency()
    for state in ("rejected", "withdrawn", "queued", "in_review", "needs_info"):
        make_version(agency, state=state)

    assert moderation.publish_batch(today=TODAY) == 0
    assert not Review.objects.exclude(first_published_month=None).exists()


@pytest.mark.django_db
def test_an_author_who_is_faster_than_the_batch_stops_one_review_only(monkeypatch) -> None:
    agency = make_agency()
    old = approved(agency, stars=5)
    moderation.publish_batch(today=TODAY)
    newer = ReviewVersion.objects.create(
        review=old.review, number=2, state="approved", received_month=MONTH, earliest_on=TODAY
    )
    newer.decisions.create(
        decided_by=make_reader(), outcome="approve", checklist=FINE, decided_on=TODAY
    )
    approved(agency, stars=3)
    move = moderation.move

    def overtaken(**fields: object) -> bool:
        if fields["version_id"] == newer.pk:
            return False
        return move(**fields)

    monkeypatch.setattr(moderation, "move", overtaken)

    assert moderation.publish_batch(today=TODAY) == 1
    old.refresh_from_db()
    assert old.state == "published"
    assert figures.tally_of(agency.pk) == figures.recount(agency.pk)
