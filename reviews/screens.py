"""What the screens of the review form show: choices, numbers, and the preview."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agencies.models import Agency
from recruitadvisor.core.models import Country
from reviews import amounts, questions
from reviews.forms import FinishForm, FormState
from reviews.models import Review
from reviews.question import Kind, Question, Shown

LEAST = 5  # reviews of an agency before anything but words stands on one (S-3, N-6)
_YEARS_BACK = 15
QUARTERS = (
    ("1", _("January to March")),
    ("2", _("April to June")),
    ("3", _("July to September")),
    ("4", _("October to December")),
)
_USUAL_CURRENCIES = ("USD", "EUR")


def question_context(
    state: FormState, question: Question, agency: Agency, typed: dict[str, str]
) -> dict[str, Any]:
    """Return one screen; ``typed`` is what could not be read, shown again as it was."""
    given = state.given.get(question.code)
    value = typed.get("value", given.value if given else "")
    context: dict[str, Any] = {
        "question": question,
        "wording": question.wording(state.told_by),
        "for_another": state.told_by in {Review.ToldBy.FAMILY, Review.ToldBy.HELPER},
        "number": state.number(),
        "total": len(state.path()),
        "is_first": state.number() == 1,
        "choices": question.choices,
        "cannot_say": questions.CANNOT_SAY,
        "chosen": value,
        "kind": question.kind.value,
    }
    match question.kind:
        case Kind.QUARTER:
            context |= _quarter(value, typed)
        case Kind.COUNTRY:
            context |= _country(value, agency)
        case Kind.MONEY:
            context |= _money(state, agency, typed)
    return context


def _quarter(value: str, typed: dict[str, str]) -> dict[str, Any]:
    year, _mark, quarter = value.partition("-")
    this_year = timezone.localdate().year
    return {
        "years": [str(this_year - back) for back in range(_YEARS_BACK)],
        "quarters": QUARTERS,
        "chosen": year,
        "chosen_quarter": typed.get("quarter", quarter),
    }


def _country(value: str, agency: Agency) -> dict[str, Any]:
    country = agency.country
    if not value and country.is_destination and not country.is_origin:
        value = country.code
    return {"countries": Country.objects.filter(is_destination=True), "chosen": value}


def _money(state: FormState, agency: Agency, typed: dict[str, str]) -> dict[str, Any]:
    given = state.given.get("Q202")
    where = state.given.get("R2")
    codes = [agency.country.currency]
    if where and len(where.value) == len("np"):
        there = Country.objects.filter(pk=where.value).first()
        codes.append(there.currency if there else "")
    codes += _USUAL_CURRENCIES
    amount = amounts.in_digits(given.amount) if given and given.amount else ""
    return {
        "currencies": list(dict.fromkeys(code for code in codes if code)),
        "amount": typed.get("amount", amount),
        "chosen_currency": typed.get("currency", given.currency if given else codes[0]),
    }


def fact_words(question: Question, value: str) -> Any:
    """Return an answer in words, as it stands on a review."""
    if question.kind == Kind.QUARTER:
        return value.partition("-")[0]
    return question.words(value)


def public_facts(values: dict[str, str]) -> list[dict[str, Any]]:
    """Return the answers that may stand on a review once its agency has five (S-3).

    Time, country and work need more than that (S-4); they are not among these.
    """
    return [
        {"heading": question.heading or question.text, "words": fact_words(question, values[code])}
        for code, question in questions.QUESTIONS.items()
        if question.shown == Shown.PUBLIC
        and question.stage in range(1, 9)
        and code != "Q801"
        and values.get(code, questions.DONT_KNOW) not in questions.NOT_TOLD
    ]


def finish_context(state: FormState, agency: Agency, form: FinishForm) -> dict[str, Any]:
    """Return the last page: exactly what everyone will read, and what nobody will."""
    values = state.values()
    stars = values.get("Q801", "")
    money = state.given.get("Q202")
    return {
        "form": form,
        "agency": agency,
        "told_by": state.told_by,
        "told_by_family": state.told_by == Review.ToldBy.FAMILY,
        "told_by_helper": state.told_by == Review.ToldBy.HELPER,
        "text": state.text,
        "facts": public_facts(values),
        "stars": int(stars) if stars.isdigit() else None,
        "has_five": agency.reviews_count >= LEAST,
        "has_money": bool(money and money.amount),
        "worries": any(questions.is_worrying(code, value) for code, value in values.items()),
        "total": len(state.path()),
    }


def answer_notes(state: FormState, code: str) -> dict[str, Any]:
    """Return what the next screen says about the answer just given: help, or the amount again."""
    answer = state.given.get(code)
    if answer is None:
        return {}
    notes: dict[str, Any] = {"is_worrying": questions.is_worrying(code, answer.value)}
    if answer.amount is not None:
        notes |= {
            "amount_digits": amounts.in_digits(answer.amount),
            "amount_words": amounts.in_words(answer.amount),
            "amount_currency": answer.currency,
        }
    return notes
