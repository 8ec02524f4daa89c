"""The rating: golden figures, properties and what an attack costs (rating.md sections 8 to 10)."""

import itertools
import math
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews import rating
from reviews.rating import Score, label, rank_key, score, shown

# Stars of twenty reviews, two a month in the ten months before now; v is a checked one.
BAD20 = "1 2 | 1 5 | 1 3 | 2 1 | 1 4 | 2 1 | 3 1 | 2 5 | 1 2 | 3 1"
GOOD20 = "5v 4 | 5 1v | 4 5 | 5 3v | 5v 4 | 5 2 | 5 4v | 1 5 | 3 5v | 4 5"
EVENTS = settings(max_examples=100, deadline=None)
Tally = dict[tuple[int, bool], tuple[int, ...]]


def tally_of(events: list[tuple[int, bool, int]]) -> Tally:
    cells: dict[tuple[int, bool], list[int]] = {}
    for month, is_verified, star in events:
        cells.setdefault((month, is_verified), [0] * 5)[star - 1] += 1
    return {cell: tuple(stars) for cell, stars in cells.items()}


def written(text: str, now: int = 0) -> Tally:
    return tally_of(
        [
            (now - 10 + place, word.endswith("v"), int(word[0]))
            for place, month in enumerate(text.split("|"))
            for word in month.split()
        ]
    )


def added(tally: Tally, month: int, stars: tuple[int, ...], *, is_verified: bool = False) -> Tally:
    old = tally.get((month, is_verified), (0,) * 5)
    return {**tally, (month, is_verified): tuple(map(sum, zip(old, stars, strict=True)))}


review_events = st.lists(
    st.tuples(st.integers(-60, 0), st.booleans(), st.integers(1, 5)), max_size=40
)


# Golden figures (section 8) ------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tally", "now", "mean", "low", "high", "weight", "is_shown"),
    [
        ({}, 0, 3.000, 2.005, 3.995, 0, False),
        ({(0, False): (0, 0, 0, 0, 1)}, 0, 3.095, 2.113, 4.056, 0.5, False),
        ({(0, False): (0, 0, 0, 0, 5)}, 0, 3.333, 2.399, 4.202, 2, False),
        ({(0, False): (0, 0, 0, 0, 1000)}, 0, 3.333, 2.399, 4.202, 2, False),
        (
            {(-1, False): (0, 0, 0, 0, 4), (0, False): (0, 0, 0, 0, 2)},
            0, 3.455, 2.555, 4.272, 2.943, False,
        ),
        ({(0, True): (0, 0, 0, 0, 5)}, 0, 3.667, 2.840, 4.389, 5, False),
        ({(0, True): (5, 0, 0, 0, 0)}, 0, 2.333, 1.611, 3.160, 5, False),
        ({(0, True): (1, 0, 0, 1, 3)}, 0, 3.333, 2.495, 4.120, 5, False),
        ({(0, True): (0, 0, 0, 0, 20)}, 0, 4.333, 3.847, 4.718, 20, False),
        ({(0, True): (0, 0, 0, 0, 20)}, 24, 4.000, 3.324, 4.560, 10, False),
        ({(0, True): (0, 0, 0, 0, 10)}, 0, 4.000, 3.324, 4.560, 10, False),
        (written(BAD20), 0, 2.586, 1.883, 3.341, 8.561, True),
        (written(GOOD20), 0, 3.511, 2.805, 4.161, 11.067, True),
    ],
)  # fmt: skip
def test_the_golden_figures_hold(  # noqa: PLR0917 (the columns of the table)
    tally, now, mean, low, high, weight, is_shown
) -> None:
    found = score(tally, now)

    assert (found.mean, found.low, found.high, found.weight) == pytest.approx(
        (mean, low, high, weight), abs=0.001
    )
    assert shown(found) is is_shown


@pytest.mark.parametrize("tally", [written(BAD20), written(GOOD20)])
def test_both_examples_of_twenty_are_labelled_mixed(tally: Tally) -> None:
    assert label(score(tally, 0), harm_alert=False) == "mixed"


def test_good_takes_ten_checked_best_reviews_over_two_months() -> None:
    ten = {(0, True): (0, 0, 0, 0, 5), (-1, True): (0, 0, 0, 0, 5)}
    nine = {(0, True): (0, 0, 0, 0, 5), (-1, True): (0, 0, 0, 0, 4)}

    assert label(score(ten, -1), harm_alert=False) == "good"
    assert label(score(nine, -1), harm_alert=False) == "mixed"


def test_a_harm_alert_rules_out_good() -> None:
    best = score({(0, True): (0, 0, 0, 0, 50), (1, True): (0, 0, 0, 0, 50)}, 1)

    assert label(best, harm_alert=False) == "good"
    assert label(best, harm_alert=True) == "mixed"


def test_poor_is_the_mirror_image_of_good() -> None:
    worst = score({(0, True): (5, 0, 0, 0, 0), (-1, True): (5, 0, 0, 0, 0)}, -1)

    assert label(worst, harm_alert=False) == "poor"


def test_a_licence_ranks_before_any_star() -> None:
    best = score({(0, True): (0, 0, 0, 0, 50), (1, True): (0, 0, 0, 0, 50)}, 1)
    nothing = score({}, 1)
    hidden = score({(1, True): (0, 0, 0, 0, 50)}, 1)

    ranked = sorted(
        [
            rank_key(2, best, "A", 1),
            rank_key(0, nothing, "B", 2),
            rank_key(0, hidden, "A", 3),
            rank_key(0, best, "Z", 4),
            rank_key(1, best, "A", 5),
        ]
    )

    assert [key[-1] for key in ranked] == [4, 3, 2, 5, 1]


@pytest.mark.parametrize(
    ("stars", "text"), [(3.25, "3.2"), (3.35, "3.4"), (3.25001, "3.3"), (3.0, "3.0"), (4.96, "5.0")]
)
def test_stars_are_displayed_with_one_decimal_half_to_even(stars: float, text: str) -> None:
    assert rating.in_one_decimal(stars) == Decimal(text)


# What an attack costs (section 9) ------------------------------------------------------------
def months_until(goal, tally: Tally, k: int, star: int = 5) -> int:
    """How many months of ``k`` fake reviews it takes, one burst at the start of each month."""
    fakes = tuple(k if place == star else 0 for place in range(1, 6))
    for month in itertools.count():
        tally = added(tally, month, fakes)
        if goal(score(tally, month), month):
            return month + 1
        assert month < 60
    raise AssertionError


def outranks_good20(found: Score, month: int) -> bool:
    rival = score(written(GOOD20), month)
    return rank_key(0, found, "fake", 1) < rank_key(0, rival, "rival", 2)


def is_good(found: Score, _month: int) -> bool:
    return label(found, harm_alert=False) == "good"


def is_poor(found: Score, _month: int) -> bool:
    return label(found, harm_alert=False) == "poor"


ATTACKS = [
    ("a new agency outranks GOOD20", outranks_good20, "", 5, (9, 5, 3)),
    ("BAD20 outranks GOOD20", outranks_good20, BAD20, 5, (16, 9, 5)),
    ("a new agency is labelled good", is_good, "", 5, (28, 12, 6)),
    ("BAD20 is labelled good", is_good, BAD20, 5, (44, 20, 10)),
    ("GOOD20 is bombed to poor", is_poor, GOOD20, 1, (48, 23, 12)),
]


@pytest.mark.threat("T8")
@pytest.mark.parametrize(("goal", "start", "star", "months"), [row[1:] for row in ATTACKS])
def test_an_attack_costs_months_however_many_fakes_it_sends(goal, start, star, months) -> None:
    tally = written(start) if start else {}

    one, two, many = months
    assert months_until(goal, tally, 1, star) == one
    assert months_until(goal, tally, 2, star) == two
    for k in (4, 10, 100, 1000):
        assert months_until(goal, tally, k, star) == many


@pytest.mark.threat("T8")
@pytest.mark.parametrize("k", [10, 1000])
def test_one_month_of_bombs_moves_a_good_agency_a_little(k: int) -> None:
    bombed = score(added(written(GOOD20), 0, (k, 0, 0, 0, 0)), 0)

    assert bombed.mean == pytest.approx(3.294, abs=0.001)


# Properties (section 10) ---------------------------------------------------------------------
def bounds(found: Score) -> tuple[float, float, float]:
    return found.low, found.mean, found.high


@EVENTS
@given(review_events, st.integers(-60, 0), st.booleans())
def test_p1_better_reviews_never_lower_and_worse_never_raise(events, month, is_verified) -> None:
    before = bounds(score(tally_of(events), 0))
    better = bounds(score(tally_of([*events, (month, is_verified, 5)]), 0))
    worse = bounds(score(tally_of([*events, (month, is_verified, 1)]), 0))

    assert all(new >= old for new, old in zip(better, before, strict=True))
    assert all(new <= old for new, old in zip(worse, before, strict=True))


@EVENTS
@given(review_events.filter(bool))
def test_p1_raising_one_star_never_lowers(events) -> None:
    month, is_verified, star = events[0]
    raised = [(month, is_verified, min(5, star + 1)), *events[1:]]

    new, old = bounds(score(tally_of(raised), 0)), bounds(score(tally_of(events), 0))
    assert all(after >= before for after, before in zip(new, old, strict=True))


@EVENTS
@given(review_events)
def test_p2_mirrored_stars_give_the_mirrored_score(events) -> None:
    found = score(tally_of(events), 0)
    mirror = score(tally_of([(month, v, 6 - star) for month, v, star in events]), 0)

    assert mirror.mean == pytest.approx(6 - found.mean, abs=3e-6)
    assert mirror.low == pytest.approx(6 - found.high, abs=3e-6)


@EVENTS
@given(review_events, st.integers(-60, 0), st.booleans(), st.integers(1, 5))
def test_p3_one_review_moves_a_shown_score_a_little(events, month, is_verified, star) -> None:
    before = score(tally_of(events), 0)
    after = score(tally_of([*events, (month, is_verified, star)]), 0)
    if not (shown(before) and shown(after)):
        return

    moved = [abs(new - old) for new, old in zip(bounds(after), bounds(before), strict=True)]
    assert max(moved) <= 0.18
    display = rating.in_one_decimal(after.mean) - rating.in_one_decimal(before.mean)
    assert abs(display) <= Decimal("0.2")


@EVENTS
@given(review_events.flatmap(lambda events: st.tuples(st.just(events), st.permutations(events))))
def test_p4_the_order_of_events_changes_not_one_bit(pair) -> None:
    events, shuffled = pair

    assert score(tally_of(events), 0) == score(tally_of(shuffled), 0)


@EVENTS
@given(st.integers(0, 10**6), st.integers(1, 5))
def test_p7_unchecked_reviews_of_one_month_weigh_at_most_the_cap(k: int, star: int) -> None:
    stars = tuple(k if place == star else 0 for place in range(1, 6))

    assert score({(0, False): stars}, 0).weight <= rating.Config().cap + 1e-6


def test_p8_no_reviews_are_three_stars_and_hidden() -> None:
    nothing = score({}, 0)

    assert nothing.mean == 3.0
    assert not shown(nothing)


@EVENTS
@given(st.lists(st.integers(1, 5), min_size=1000, max_size=1000))
def test_p8_a_thousand_checked_reviews_are_nearly_their_mean(stars: list[int]) -> None:
    found = score(tally_of([(0, True, star) for star in stars]), 0)

    assert abs(found.mean - sum(stars) / len(stars)) < 0.05


@EVENTS
@given(review_events)
def test_p9_the_mean_lies_between_its_bounds(events) -> None:
    found = score(tally_of(events), 0)

    assert 1 <= found.low <= found.mean <= found.high <= 5


@EVENTS
@given(st.integers(1, 50), st.tuples(*[st.integers(0, 9)] * 5))
def test_p9_more_reviews_at_the_same_mean_narrow_the_interval(times: int, stars) -> None:
    # Three-star reviews mirror the prior, so balance the stars to keep the mean at three.
    balanced = tuple(map(sum, zip(stars, stars[::-1], strict=True)))
    few = score({(0, True): balanced}, 0)
    more = score({(0, True): tuple(times * count for count in balanced)}, 0)

    assert more.mean == few.mean == pytest.approx(3.0)
    assert more.high - more.low <= few.high - few.low


@EVENTS
@given(review_events, st.tuples(st.integers(-60, 0), st.booleans(), st.integers(1, 5)))
def test_p10_taking_a_review_away_undoes_publishing_it(events, event) -> None:
    with_it = tally_of([*events, event])
    month, is_verified, star = event
    minus = tuple(-1 if place == star else 0 for place in range(1, 6))

    assert score(added(with_it, month, minus, is_verified=is_verified), 0) == score(
        tally_of(events), 0
    )


@EVENTS
@given(review_events, st.integers(0, 240))
def test_p11_time_alone_never_moves_the_mean_away_from_three(events, later: int) -> None:
    now, then = score(tally_of(events), 0), score(tally_of(events), later)

    assert abs(then.mean - 3.0) <= abs(now.mean - 3.0)


@EVENTS
@given(
    st.dictionaries(
        st.tuples(st.integers(-600, 0), st.booleans()),
        st.tuples(*[st.integers(0, 10**7)] * 5),
        max_size=6,
    )
)
def test_p12_huge_counts_give_numbers(tally) -> None:
    assert all(math.isfinite(figure) for figure in score(tally, 0))


@EVENTS
@given(review_events, review_events)
def test_p13_merging_two_agencies_scores_the_summed_tallies(one, other) -> None:
    summed: Tally = tally_of(one)
    for (month, is_verified), stars in tally_of(other).items():
        summed = added(summed, month, stars, is_verified=is_verified)

    assert score(summed, 0) == score(tally_of([*one, *other]), 0)


@pytest.mark.threat("T8")
def test_p14_five_reviews_are_never_good() -> None:
    best = max(
        score({(0, True): (0, 0, 0, 0, checked), (-1, False): (0, 0, 0, 0, 5 - checked)}, 0).low
        for checked in range(6)
    )

    assert best <= 2.84
