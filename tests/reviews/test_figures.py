"""The tally is what counting says it is, whatever happened before; figures follow it."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from agencies.models import Agency, FeeRule, PendingIndex
from reviews import fees, figures, moderation, rating
from reviews.models import Answer, Review, ReviewVersion, Score, Tally
from reviews.services import withdraw_review
from tests.reviews.desk_setup import (
    MONTH,
    TODAY,
    approve,
    make_agency,
    make_country,
    make_reader,
    make_version,
    publish,
)

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["publish", "withdraw", "next month"]),
        st.integers(0, 1),
        st.sampled_from([1, 2, 3, 4, 5, None]),
        st.integers(0, 3),
    ),
    max_size=12,
)


class TheTally(TestCase):
    """Hypothesis needs a transaction for each example, which Django's own test case gives."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_the_tally_equals_a_recount_after_every_step(self, steps) -> None:
        """P5, P6 and P10: also of the agency that nothing happened to."""
        agencies = [make_agency("Himal Setu"), make_agency("Koshi Bridge")]
        people = [make_reader(), make_reader()]
        day = TODAY
        for act, which, stars, checked in steps:
            agency = agencies[which]
            if act == "publish":
                version = make_version(agency, stars=stars, review={"checked": checked})
                approve(version, people[0])
                if version.state == "queued":
                    approve(version, people[1])
                moderation.publish_batch(today=day)
            elif act == "withdraw":
                public = ReviewVersion.objects.filter(review__agency=agency, state="published")
                if first := public.first():
                    withdraw_review(review_id=first.review_id, today=day)
            else:
                day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
            for each in agencies:
                assert figures.tally_of(each.pk) == figures.recount(each.pk)
                public = ReviewVersion.objects.filter(review__agency=each, state="published")
                assert Agency.objects.get(pk=each.pk).reviews_count == public.count()


@pytest.mark.django_db
def test_publishing_writes_tally_score_and_figures_of_the_agency() -> None:
    agency = make_agency()

    publish(agency, stars=5, answers={"Q501": "yes", "R2": "qa"})

    agency.refresh_from_db()
    tally = Tally.objects.get(agency=agency)
    assert (tally.month, tally.is_verified, tally.n5) == (MONTH, False, 1)
    assert Score.objects.get(agency=agency).n == 1
    assert agency.reviews_count == 1
    assert (agency.promise_kept, agency.promise_answers) == (1, 1)
    assert agency.newest_review_month == MONTH
    assert not agency.stars_shown
    assert agency.rating_mean is None
    assert agency.destinations == []
    assert PendingIndex.objects.filter(agency_id=agency.pk).exists()


@pytest.mark.django_db
def test_a_withdrawal_leaves_nothing_behind() -> None:
    agency = make_agency()
    (key,) = publish(agency, stars=5, answers={"Q501": "yes"})

    withdraw_review(review_id=ReviewVersion.objects.get(pk=key).review_id, today=TODAY)

    agency.refresh_from_db()
    assert not Tally.objects.exists()
    assert Score.objects.get(agency=agency).n == 0
    assert agency.reviews_count == 0
    assert (agency.promise_kept, agency.promise_answers) == (0, 0)
    assert agency.newest_review_month is None


@pytest.mark.django_db
def test_stars_are_shown_once_there_is_enough() -> None:
    agency = make_agency()
    publish(agency, 4, stars=5, today=date(2026, 10, 23), earliest_on=date(2026, 10, 21))
    publish(agency, 4, stars=5)

    agency.refresh_from_db()
    score = rating.score(figures.tally_of(agency.pk), MONTH)
    assert agency.stars_shown
    assert agency.rating_mean == score.mean
    assert agency.rating_label == "mixed"


@pytest.mark.django_db
def test_a_destination_is_named_from_five_reviews_on() -> None:
    agency = make_agency()
    publish(agency, 4, answers={"R2": "qa"})
    agency.refresh_from_db()
    assert agency.destinations == []

    publish(agency, 1, answers={"R2": "qa"})
    publish(agency, 5, answers={"R2": "other"})

    agency.refresh_from_db()
    assert agency.destinations == ["qa"]


@pytest.mark.django_db
def test_answers_leave_the_rates_after_three_years() -> None:
    agency = make_agency()
    publish(agency, 1, answers={"Q501": "no"}, today=TODAY)

    figures.refresh_figures(agency.pk, date(2029, 10, 1))
    agency.refresh_from_db()
    assert agency.promise_answers == 1

    figures.refresh_figures(agency.pk, date(2029, 11, 1))
    agency.refresh_from_db()
    assert agency.promise_answers == 0


@pytest.mark.django_db
def test_taking_out_what_was_never_counted_is_an_error() -> None:
    version = make_version(make_agency(), review={"first_published_month": MONTH})

    with pytest.raises(figures.TallyDriftError):
        figures.remove_published(version, today=TODAY)


def _rule(**fields: object) -> None:
    values = {
        "origin": make_country(),
        "maximum": Decimal(10000),
        "currency": "NPR",
        "in_force_from": date(2020, 1, 1),
        "source": "https://example.org/rule",
        "checked_on": date(2026, 1, 1),
    }
    FeeRule.objects.create(**{**values, **fields})


def _publish_paid(agency: Agency, amount: int) -> None:
    version = make_version(agency, answers={"Q201": "yes", "R1": "2025-2", "R2": "qa"})
    Answer.objects.create(
        version=version, code="Q202", value="amount", amount=amount, currency="NPR"
    )
    approve(version, make_reader())
    if version.state == "queued":
        approve(version, make_reader())
    moderation.publish_batch(today=TODAY)


@pytest.mark.django_db
def test_payments_are_compared_with_a_confirmed_rule() -> None:
    agency = make_agency()
    _rule()
    _publish_paid(agency, 120000)
    _publish_paid(agency, 10000)
    publish(agency, answers={"Q201": "no"})

    agency.refresh_from_db()
    assert (agency.paid_above, agency.paid_answers) == (1, 3)


@pytest.mark.django_db
def test_a_rule_that_nobody_checked_gives_no_verdict() -> None:
    agency = make_agency()
    _rule(checked_on=None)
    _publish_paid(agency, 120000)

    agency.refresh_from_db()
    assert (agency.paid_above, agency.paid_answers) == (0, 0)


def _cap(**fields: object) -> fees.Cap:
    values = {
        "origin": "np", "destination": "", "occupation": "", "maximum": Decimal(10000),
        "currency": "NPR", "from_on": date(2020, 1, 1), "until_on": None,
    }  # fmt: skip
    return fees.Cap(**{**values, **fields})


def _payment(**fields: object) -> fees.Payment:
    values = {
        "paid": "yes", "amount": Decimal(9000), "currency": "NPR", "quarter": "2025-2",
        "origin": "np", "destination": "qa", "occupation": "house",
    }  # fmt: skip
    return fees.Payment(**{**values, **fields})


@pytest.mark.parametrize(
    ("payment", "caps", "word"),
    [
        (_payment(paid="no"), [], "nothing"),
        (_payment(paid="dont_know"), [_cap()], None),
        (_payment(), [], "unknown_cap"),
        (_payment(), [_cap()], "within"),
        (_payment(amount=Decimal(10001)), [_cap()], "above"),
        (_payment(amount=None), [_cap()], "cannot_compare"),
        (_payment(amount=None), [_cap(maximum=Decimal(0))], "above"),
        (_payment(currency="USD"), [_cap()], "cannot_compare"),
        (_payment(), [_cap(from_on=date(2025, 7, 1))], "unknown_cap"),
        (_payment(), [_cap(until_on=date(2024, 1, 1))], "unknown_cap"),
        (_payment(quarter="dont_know"), [_cap()], "unknown_cap"),
        (_payment(), [_cap(), _cap(destination="qa", maximum=Decimal(8000))], "above"),
        (_payment(), [_cap(), _cap(origin="", destination="qa", maximum=Decimal(8000))], "above"),
    ],
)  # fmt: skip
def test_the_fee_verdict_follows_the_table(payment, caps, word) -> None:
    assert fees.verdict(payment, caps) == word


def test_levels_from_met_on_weigh_as_checked() -> None:
    assert [level for level in Review.Checked.values if level >= figures.VERIFIED_FROM] == [2, 3]
