"""What a question is: how it is answered, where its answer may go, and in which words."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DONT_KNOW, RATHER_NOT = "dont_know", "rather_not"
NOT_TOLD = frozenset({DONT_KNOW, RATHER_NOT})
OTHER_COUNTRY = "other"
AMOUNT = "amount"  # the value of a money answer; the number lies beside it


class Kind(StrEnum):
    """How a question is answered."""

    YES_NO = "YN"
    FACES = "F5"
    ONE = "ONE"
    MULTI = "MULTI"
    NUMBER = "NUM"
    MONEY = "MONEY"
    QUARTER = "YM"
    COUNTRY = "COUNTRY"
    AGENCY = "AGENCY"


# Answers that are not chosen from a list.
_PATTERNS = {
    Kind.QUARTER: re.compile(r"(19[89][0-9]|20[0-9]{2})-[1-4]"),
    Kind.COUNTRY: re.compile(rf"[a-z]{{2}}|{OTHER_COUNTRY}"),
    Kind.NUMBER: re.compile(r"[0-9]{1,3}"),
    Kind.AGENCY: re.compile(r"[0-9]{1,18}"),
    Kind.MONEY: re.compile(AMOUNT),
}


class Shown(StrEnum):
    """Where an answer may appear."""

    PUBLIC = "pub"
    AGGREGATE = "agg"
    PRIVATE = "priv"


@dataclass(frozen=True)
class Choice:
    """One answer of a list: its key, its words, and the picture beside it."""

    key: str
    label: "StrOrPromise"
    picture: str = ""


YES = Choice("yes", _("Yes"), "yes")
NO = Choice("no", _("No"), "no")
CANNOT_SAY = (
    Choice(DONT_KNOW, _("I don’t know")),
    Choice(RATHER_NOT, _("I’d rather not say")),
)
FACES = (
    Choice("5", _("Very good"), "face-5"),
    Choice("4", _("Good"), "face-4"),
    Choice("3", _("So-so"), "face-3"),
    Choice("2", _("Bad"), "face-2"),
    Choice("1", _("Very bad"), "face-1"),
)
TRUTH_FACES = (
    Choice("5", _("All of it was true"), "face-5"),
    Choice("4", _("Most was true"), "face-4"),
    Choice("3", _("Half was true"), "face-3"),
    Choice("2", _("Little was true"), "face-2"),
    Choice("1", _("They lied"), "face-1"),
)


@dataclass(frozen=True)
class Question:
    """One question: what it asks, how it is answered, where its answer may go."""

    code: str
    stage: int  # 0 start, 1 to 7, 8 finish
    text: "StrOrPromise"
    kind: Kind
    shown: Shown
    choices: tuple[Choice, ...] = ()
    good: frozenset[str] = frozenset()
    bad: frozenset[str] = frozenset()
    why: "StrOrPromise" = ""
    picture: str = ""
    is_quick: bool = False
    is_sensitive: bool = False
    for_applicants: "StrOrPromise" = ""
    heading: "StrOrPromise" = ""  # the fact in few words, beside an answer on a review

    def wording(self, told_by: str) -> "StrOrPromise":
        """Return the question as this person is asked it."""
        return self.for_applicants if told_by == "applying" and self.for_applicants else self.text

    def accepts(self, value: str) -> bool:
        """Say whether ``value`` is an answer to this question."""
        if value in NOT_TOLD:
            return True
        if pattern := _PATTERNS.get(self.kind):
            return bool(pattern.fullmatch(value))
        chosen = value.split(",") if self.kind == Kind.MULTI else [value]
        return set(chosen) <= self.keys() and len(chosen) == len(set(chosen))

    def keys(self) -> set[str]:
        """Return the keys of the choices."""
        return {choice.key for choice in self.choices}

    def words(self, value: str) -> "StrOrPromise":
        """Return the words of one choice, or of "don't know"; the value itself if it has none."""
        for choice in (*self.choices, *CANNOT_SAY):
            if choice.key == value:
                return choice.label
        return value
