"""The questionnaire as data, amounts, triage and screening."""

import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews import questions, screening, triage
from reviews.amounts import AmountError, in_digits, in_words, read_amount
from reviews.question import Kind, Shown


def test_the_quick_review_has_the_screens_of_the_design() -> None:
    paid = [each.code for each in questions.quick_path("self", {"Q201": "yes"})]
    unpaid = [each.code for each in questions.quick_path("family", {"Q201": "no"})]
    applying = [each.code for each in questions.quick_path("applying", {})]

    assert paid == ["R1", "R2", "Q104", "Q201", "Q202", "Q301", "Q501", "Q502", "Q801"]
    assert unpaid == ["R1", "R2", "Q104", "Q201", "Q301", "Q501", "Q502", "Q801"]
    assert applying == ["R1", "R2", "Q104", "Q201", "Q301", "Q801"]


def test_every_question_has_at_most_twelve_words_and_a_bad_answer_it_knows() -> None:
    for question in questions.QUESTIONS.values():
        assert len(str(question.text).split()) <= 12, question.code
        assert question.good | question.bad <= question.keys(), question.code


def test_a_quick_question_says_why_and_has_a_picture() -> None:
    for question in questions.QUESTIONS.values():
        if question.is_quick:
            assert question.why, question.code
            assert question.picture, question.code


def test_sensitive_questions_are_private() -> None:
    sensitive = {code for code, each in questions.QUESTIONS.items() if each.is_sensitive}

    assert sensitive == {"Q403", "Q606", "Q609", "Q610"}
    assert all(questions.QUESTIONS[code].shown == Shown.PRIVATE for code in sensitive)


@pytest.mark.parametrize("code", list(questions.QUESTIONS))
def test_no_question_takes_a_choice_that_does_not_exist(code: str) -> None:
    question = questions.QUESTIONS[code]

    for value in ("", "maybe", "YES", "6", "0", "-1", "yes\x00", "<b>", "2025-5", "sau", "٣", "1 "):
        if question.kind == Kind.NUMBER and value in {"6", "0"}:
            continue
        if question.kind == Kind.AGENCY and value.isascii() and value.isdigit():
            continue
        assert not question.accepts(value), (code, value)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("120000", "120000"),
        ("1,20,000", "120000"),
        ("1.200.000", "1200000"),
        ("1 200,50", "1200.50"),
        ("1,200.5", "1200.5"),
        ("1.200", "1200"),
        ("Rs. 5,000/-", "5000"),
        ("१,२०,०००", "120000"),
        ("١٢٠٬٠٠٠", "120000"),
        ("१२०० रु", "1200"),
    ],
)
def test_an_amount_is_read_in_any_digits_and_grouping(typed: str, amount: str) -> None:
    assert read_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed", ["", "many", "0", "-5", "9" * 30, "1e9", "5 thousand", "५ लाख", "\x00", "½"]
)
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(AmountError):
        read_amount(typed)


@given(st.text(max_size=80))
def test_any_text_is_an_amount_or_refused(typed: str) -> None:
    with contextlib.suppress(AmountError):
        assert read_amount(typed) > 0


def test_an_amount_is_read_back_in_words() -> None:
    assert in_words(Decimal(1_200_050)) == "1 million 200 thousand 50"
    assert in_words(Decimal(120_000)) == "120 thousand"


@given(st.decimals(min_value="0.01", max_value=10**10, places=2))
def test_an_amount_read_back_is_the_same_amount(amount: Decimal) -> None:
    assert read_amount(in_digits(amount)) == amount


def test_flags_come_from_given_answers_only() -> None:
    assert triage.flags({}) == []
    assert triage.flags({"Q501": "no", "Q502": "not_paid"}) == ["FL2", "FL8"]
    assert triage.flags({"Q606": "no", "R3": "house"}, in_danger=True) == ["D", "FL3", "FL4"]
    assert triage.needs_help_now(["FL3"])
    assert not triage.needs_help_now(["FL2"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call 98-41 234567 now", "phone"),
        ("फोन ९८४१२३४५६७", "phone"),
        ("write to a.b@example.org", "email"),
        ("see https://example.org/x", "link"),
        ("see example.com today", "link"),
    ],
)
def test_screening_points_at_contacts_in_a_text(text: str, kind: str) -> None:
    assert [finding["kind"] for finding in screening.findings(text)] == [kind]


def test_screening_leaves_amounts_and_years_alone() -> None:
    assert screening.findings("I paid 120,000 in 2024 and 2025.") == []
