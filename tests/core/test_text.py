"""Folding: the same word is the same key, however it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitadvisor.core.text import clean, fold, number_key, western_digits

anything = st.text(st.characters(), max_size=60)


@given(anything)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    once = fold(text)

    assert fold(once) == once
    assert once.isascii()
    assert once == " ".join(once.split())
    assert all(char.isalnum() or char == " " for char in once)


@given(anything)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(anything)
def test_case_never_changes_what_ascii_text_folds_to(text: str) -> None:
    ascii_text = text.encode("ascii", "ignore").decode()

    assert fold(ascii_text.upper()) == fold(ascii_text.lower())


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łódź", "lodz"),
        ("e\u0301toile", "étoile"),
        ("People\u2019s", "People's"),
        ("S.K. Overseas", "s k  OVERSEAS"),
        ("ＧＵＬＦ", "gulf"),
        ("\u202eGulf\u202c", "gulf"),
        ("सिद्धि\u200d", "सिद्धि"),
        ("फ़ैज़", "फैज"),
        ("पंत", "पन\u094dत"),
        ("أحمد", "احمد"),
        ("الهدى", "الهدي"),
        ("شركة", "شركه"),
        ("مُحَمَّد", "محمد"),
        ("کراچی", "كراچي"),
        ("मैनपावर १२", "मैनपावर 12"),
    ],
)
def test_spellings_of_one_word_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize("digits", ["१२३", "١٢٣", "۱۲۳", "১২৩", "๑๒๓", "၁၂၃", "１２３"])
def test_digits_of_every_script_are_read(digits: str) -> None:
    assert western_digits(digits) == fold(digits) == "123"


@pytest.mark.parametrize("text", ["RL-0010", "rl 10", "Rl/010", "RL0010", "ＲＬ－１０", "rl-१०"])
def test_a_licence_number_has_one_key_in_every_spelling(text: str) -> None:
    assert number_key(text) == "RL10"


def test_the_parts_of_a_licence_number_are_not_run_together() -> None:
    assert number_key("12/3") != number_key("1/23")
    assert number_key("0008 / RWP") == number_key("8/rwp") == "8RWP"
    assert number_key("123/065/066") == number_key("123-65-66")


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "...", "\u0301\u0301", "\u202e", "()[]*"])
def test_text_without_a_letter_folds_to_nothing(text: str) -> None:
    assert fold(text) == ""
    assert number_key(text) == ""
