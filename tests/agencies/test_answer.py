"""The worst-of headline (product.md 4.2)."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from agencies.answer import build_answer, lower_bound, reported

TODAY = date(2026, 11, 22)


def agency(**figures):
    known = {"paid_above": 0, "paid_answers": 9, "promise_kept": 9, "promise_answers": 9}
    rating = {"stars_shown": False, "rating_label": "unknown", "standing": "valid"}
    return SimpleNamespace(**{**known, **rating, **figures})


def licence(standing="valid", expires_on=date(2027, 6, 1), list_age=20, pk=1):
    listed = SimpleNamespace(source_date=TODAY - timedelta(days=list_age))
    authority = SimpleNamespace(cadence_days=31)
    return SimpleNamespace(
        pk=pk, standing=standing, expires_on=expires_on, list_version=listed, authority=authority
    )


def answer(*licences, maximum="a rule", **figures):
    return build_answer(agency(**figures), licences, TODAY, maximum)


@pytest.mark.parametrize(("x", "n", "bound"), [(3, 8, 0.150), (3, 11, 0.106), (3, 12, 0.096)])
def test_the_lower_bound_has_the_golden_values_of_the_rating_design(x, n, bound):
    assert lower_bound(x, n) == pytest.approx(bound, abs=0.001)


@pytest.mark.parametrize(
    ("x", "n", "tone"),
    [(4, 4, "unknown"), (2, 5, "neutral"), (3, 11, "caution"), (3, 12, "neutral")],
)
def test_workers_raise_caution_only_when_enough_of_them_say_it(x, n, tone):
    assert reported(x, n).tone == tone


def test_figures_below_five_are_not_even_carried():
    assert (reported(4, 4).count, reported(4, 4).total) == (0, 0)


def test_all_known_and_quiet_gives_no_warning():
    assert answer(licence()).headline == "neutral"
    assert answer(licence()).next_step == "contract"


def test_without_a_checked_maximum_money_is_unknown():
    assert answer(licence(), maximum=None, paid_above=9).headline == "unknown"


def test_a_revoked_licence_warns_whatever_workers_say():
    told = answer(licence("revoked"))

    assert (told.headline, told.next_step) == ("warning", "claim")


def test_computed_figures_never_reach_a_warning():
    told = answer(licence(), paid_above=9, promise_kept=0)

    assert (told.headline, told.because) == ("caution", "workers")


def test_a_passed_end_date_warns_and_is_called_derived():
    told = answer(licence(expires_on=TODAY - timedelta(days=1)))

    assert told.headline == "warning"
    assert told.licence.is_derived


def test_an_old_list_is_a_caution():
    assert answer(licence(list_age=63)).headline == "caution"
    assert answer(licence(list_age=62)).headline == "neutral"


def test_the_better_of_two_licences_speaks():
    told = answer(licence("revoked", pk=1), licence("valid", pk=2))

    assert told.licence.licence.pk == 2


def test_no_licence_at_all_is_a_caution():
    assert answer().headline == "caution"


def test_a_poor_label_is_a_caution_only_where_stars_are_shown():
    assert answer(licence(), rating_label="poor").headline == "neutral"
    assert answer(licence(), rating_label="poor", stars_shown=True).headline == "caution"
