"""The forms of the review and of the code page: their state in the page, and their shape."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews import questions, sealed
from reviews.amounts import AmountError, read_amount
from reviews.models import Review
from reviews.question import Kind, Question
from reviews.services import GivenAnswer, new_form_token

LONGEST_TEXT = 600
FINISH = "finish"  # the place behind the last question
LONGEST_OPEN = timedelta(hours=24)
_PURPOSE = "review form 1"


class AnswerUnreadableError(ValueError):
    """What was chosen or typed is not an answer; ``message`` says what to do."""

    def __init__(self, message: Any) -> None:
        """Keep the sentence for the page."""
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class FormState:
    """Everything a worker has answered so far; it lives in the page and nowhere else."""

    agency_id: int
    told_by: str
    token: str = field(default_factory=new_form_token)
    given: Mapping[str, GivenAnswer] = field(default_factory=dict)
    place: str = "R1"
    text: str = ""

    def values(self) -> dict[str, str]:
        """Return the answers as keys."""
        return {code: answer.value for code, answer in self.given.items()}

    def path(self) -> list[Question]:
        """Return the screens of this review."""
        return questions.quick_path(self.told_by, self.values())

    def question(self) -> Question | None:
        """Return the question of this place; None at the finish."""
        return next((each for each in self.path() if each.code == self.place), None)

    def number(self) -> int:
        """Return which screen this is, from 1."""
        codes = [each.code for each in self.path()]
        return codes.index(self.place) + 1 if self.place in codes else len(codes)

    def answered(self, code: str, answer: GivenAnswer | None) -> "FormState":
        """Return the state with one answer given, or taken back."""
        given = {key: value for key, value in self.given.items() if key != code}
        if answer is not None:
            given[code] = answer
        if code == "Q201" and (answer is None or answer.value != "yes"):
            given.pop("Q202", None)
        return replace(self, given=given)

    def moved(self, step: int) -> "FormState":
        """Return the state one screen on, or back; behind the last one is the finish."""
        codes = [each.code for each in self.path()] + [FINISH]
        index = codes.index(self.place) if self.place in codes else 0
        return replace(self, place=codes[min(max(index + step, 0), len(codes) - 1)])

    def sealed(self) -> str:
        """Return the state for a hidden field."""
        given = {
            code: [answer.value, str(answer.amount or ""), answer.currency]
            for code, answer in self.given.items()
        }
        content = {
            "a": self.agency_id,
            "w": self.told_by,
            "t": self.token,
            "g": given,
            "p": self.place,
            "x": self.text,
        }
        return sealed.seal(_PURPOSE, content)


def opened(text: str) -> tuple[FormState, bool]:
    """Return the state of a hidden field, and whether it is older than a day.

    Raises ``sealed.SealBrokenError``.
    """
    try:
        content, is_old = sealed.unseal(_PURPOSE, text, LONGEST_OPEN), False
    except sealed.SealExpiredError as expired:
        content, is_old = expired.content, True
    given = {
        code: GivenAnswer(value, Decimal(amount) if amount else None, currency)
        for code, (value, amount, currency) in content["g"].items()
        if code in questions.QUESTIONS
    }
    state = FormState(
        agency_id=content["a"],
        told_by=content["w"],
        token=content["t"],
        given=given,
        place=content["p"],
        text=content["x"],
    )
    return state, is_old


def read_answer(question: Question, posted: Mapping[str, str]) -> GivenAnswer:
    """Return the answer a screen was sent with; raises ``AnswerUnreadableError``."""
    value = posted.get("value", "")
    if question.kind == Kind.MONEY and value not in questions.NOT_TOLD:
        return _read_money(posted)
    if question.kind == Kind.QUARTER and value not in questions.NOT_TOLD:
        quarter = posted.get("quarter", "")
        if value and not quarter:
            raise AnswerUnreadableError(_("Choose the months too. Or choose “I don’t know”."))
        value = f"{value}-{quarter}"
    if not value or not question.accepts(value):
        raise AnswerUnreadableError(_("Choose an answer. Or press “Skip”."))
    return GivenAnswer(value)


def _read_money(posted: Mapping[str, str]) -> GivenAnswer:
    try:
        amount = read_amount(posted.get("amount", ""))
    except AmountError as unreadable:
        sentence = _("Write the amount in digits, for example 120,000. Or press “Skip”.")
        raise AnswerUnreadableError(sentence) from unreadable
    currency = posted.get("currency", "").strip().upper()
    if not (len(currency) == len("USD") and currency.isascii() and currency.isalpha()):
        raise AnswerUnreadableError(_("Choose the money you paid with."))
    return GivenAnswer(questions.AMOUNT, amount, currency)


class BeginForm(forms.Form):
    """Who tells it, and about which agency."""

    told_by = forms.ChoiceField(choices=Review.ToldBy)
    agency = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class FinishForm(forms.Form):
    """The last page: free words, and three consents that nobody ticked beforehand."""

    text = forms.CharField(
        label=questions.TEXT_QUESTION,
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "dir": "auto"}),
        error_messages={
            "max_length": _("Your text is too long. Make it shorter: 600 letters at most."),
            "null_characters_not_allowed": _("Your text holds signs we can’t keep. Type it anew."),
        },
    )
    publish = forms.BooleanField(
        label=_("Publish my answers. (We need this.)"),
        error_messages={"required": _("Tick “Publish my answers”. Without it we keep nothing.")},
    )
    case = forms.BooleanField(
        label=_("Share my answers with a union caseworker who can help me."), required=False
    )
    statistics = forms.BooleanField(
        label=_("Use my answers in anonymous statistics."), required=False
    )
    in_danger = forms.BooleanField(label=_("I am in danger now."), required=False)


class CodeForm(forms.Form):
    """The number from the receipt, as typed."""

    code = forms.CharField(max_length=200, required=False, strip=True)
