"""Which words of a text count for search, the same in documents and in queries. Pure.

The vocabulary is that of licence-lists.md section 10.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from agencies.search.query import MOST_WORDS
from recruitadvisor.core.text import fold, number_key

LONG_FORMS = {
    "intl": "international",
    "internl": "international",
    "svc": "services",
    "svcs": "services",
    "svs": "services",
    "srvcs": "services",
    "service": "services",
    "mgt": "management",
    "mgmt": "management",
    "mngt": "management",
    "mgnt": "management",
    "os": "overseas",
    "oversea": "overseas",
    "resource": "resources",
    "corporation": "corp",
    "company": "co",
    "limited": "ltd",
    "incorporated": "inc",
    "private": "pvt",
    "manpwr": "manpower",
    "menpower": "manpower",
    "agencies": "agency",
    "agcy": "agency",
    "recruiters": "recruiter",
    "placements": "placement",
    "bros": "brothers",
}
_LEGAL_FORMS = {
    *("pt", "cv", "tbk", "pvt", "ltd", "llc", "inc", "corp", "co", "pte", "sdn", "bhd", "ms"),
    *("wll", "est", "plc", "gmbh", "fze", "fzco", "fzllc", "jsc", "bsc", "spc", "saoc", "opc"),
}
_AGENCY_WORDS = {
    *("agency", "manpower", "recruiter", "recruitment", "recruiting", "employment", "placement"),
    *("p3mi", "pptkis", "pjtki", "ra", "oep", "ea", "pea", "ahensya", "ahensiya"),
    *map(fold, ("एजेन्सी", "एजेंसी", "म्यानपावर", "मैनपावर", "এজেন্সি", "ম্যানপাওয়ার", "وكالة", "仲介")),
}
_SMALL_WORDS = {"and", "the", "of", "for", "no", "number", "license", "licence", "oepl", "tel"}
# They narrow nothing, but an agency whose name has them stands before one without.
OPTIONAL_WORDS = frozenset(_LEGAL_FORMS | _AGENCY_WORDS | _SMALL_WORDS)

_IDEOGRAPH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f"
_IDEOGRAPHS = re.compile(f"[{_IDEOGRAPH}]+")
_APOSTROPHE_INSIDE = re.compile(r"(?<=\w)['`\u00b4\u2018\u2019\u02bc](?=\w)")
_SLASHED = re.compile(r"\b(?:o/s|m/s|w\.l\.l|p\.t)(?=\W|$)", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_LONGEST_NUMBER = 8  # words of a licence number as typed
PHONE_TAIL = 7
_SHORTEST_NATIONAL = 6
_SKELETON = str.maketrans(
    {**dict.fromkeys("aeiouyhw", ""), "c": "k", "q": "k", "z": "j", "v": "b", "f": "p", "x": "k"}
)


class Term(NamedTuple):
    """One word of a query, and which of the typed words it stands for (half-open)."""

    word: str
    first: int
    last: int
    is_optional: bool


class Window(NamedTuple):
    """A run of typed words that could be a licence number or a phone number."""

    key: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A query text, understood."""

    folded: str = ""
    terms: tuple[Term, ...] = ()
    numbers: tuple[Window, ...] = ()
    phones: tuple[Window, ...] = ()
    phone_tail: str = ""

    @property
    def phrase(self) -> str:
        """Return the words that narrow, as ``name_forms`` writes them."""
        return phrase_of(self.terms)


def phrase_of(terms: Iterable[Term]) -> str:
    """Return the words that narrow, in order; all of them where none does."""
    words = [(term.word, term.is_optional) for term in terms]
    return " ".join(word for word, is_optional in words if not is_optional) or " ".join(
        word for word, _ in words
    )


def _typed(text: str) -> list[str]:
    """Return folded words; each ideograph is a word of its own, as written."""
    text = _SLASHED.sub(lambda form: re.sub(r"\W", "", form.group()) + " ", text)
    if text.isascii():
        return fold(_APOSTROPHE_INSIDE.sub("", text)).split()
    text = _APOSTROPHE_INSIDE.sub("", unicodedata.normalize("NFKC", text))
    words: list[str] = []
    start = 0
    for run in _IDEOGRAPHS.finditer(text):
        words += fold(text[start : run.start()]).split()
        words += run.group()
        start = run.end()
    return words + fold(text[start:]).split()


def _terms(typed: list[str]) -> list[Term]:
    """Return the words with initials written together ("S. K." is "sk") and long forms."""
    terms: list[Term] = []
    at = 0
    while at < len(typed):
        end = at + 1
        if _is_initial(typed[at]):
            while end < len(typed) and _is_initial(typed[end]):
                end += 1
        word = "".join(typed[at:end])
        word = LONG_FORMS.get(word, word)
        before_limited = word == "p" and typed[end : end + 1] in (["ltd"], ["limited"])
        terms.append(Term(word, at, end, before_limited or word in OPTIONAL_WORDS))
        at = end
    return terms


def _is_initial(word: str) -> bool:
    return len(word) == 1 and "a" <= word <= "z"


@lru_cache(maxsize=64)  # a name is read twice in a row, for its words and for its forms
def _read(text: str) -> tuple[list[str], list[Term]]:
    typed = _typed(text)
    return typed, _terms(typed)


def document_words(text: str) -> list[str]:
    """Return every word a name or place can be found by, as written and in its long form."""
    typed, terms = _read(text)
    words = [*typed, *(term.word for term in terms)]
    if not text.isascii():
        for run in _IDEOGRAPHS.findall(unicodedata.normalize("NFKC", text)):
            syllables = [syllable for char in run if (syllable := fold(char))]
            words += syllables
            words.append("".join(syllables).replace(" ", ""))
        words = [word for word in words if word]
    return words


def name_forms(text: str) -> set[str]:
    """Return a whole name as folded, and as its words that narrow."""
    return {fold(text), phrase_of(_read(text)[1])} - {""}


def skeleton(word: str) -> str:
    """Return the consonants of a romanised word, like sounds written alike.

    Scripts differ in the vowels they write: "himalayan" and "himalyn" are both "mln" (stack.md).
    """
    if not word.isascii() or not word.isalpha():
        return ""
    bare = word.replace("sh", "s").replace("ph", "p").replace("ck", "k").translate(_SKELETON)
    return "".join(char for at, char in enumerate(bare) if at == 0 or bare[at - 1] != char)


def number_forms(number: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the keys that are this licence number, and those that are a telling part of it."""
    key = number_key(number)
    if not key:
        return (), ()
    typed = _typed(number)
    kept = [word for word in typed if word not in _SMALL_WORDS]
    whole = {key, number_key(" ".join(kept)) or key}
    # Typed together, a number keeps the zeros that lead its later parts.
    whole |= {form.replace("-", "") for form in whole} | {number_key("".join(typed))}
    parts: set[str] = set()
    for at, word in enumerate(kept):
        if _DIGITS.search(word):
            parts |= {number_key(word), number_key(" ".join(kept[: at + 1]))}
            parts |= {run.lstrip("0") or "0" for run in _DIGITS.findall(word)[:1]}
            break
    return tuple(sorted(whole)), tuple(sorted(parts - whole))


def phone_forms(digits: str, calling_code: str) -> tuple[str, ...]:
    """Return how an international number may be typed, without leading zeros."""
    digits = digits.lstrip("0")
    forms = [digits] if digits else []
    if calling_code and digits.startswith(calling_code):
        national = digits[len(calling_code) :].lstrip("0")
        if len(national) >= _SHORTEST_NATIONAL:
            forms.append(national)
    return tuple(forms)


def ask(text: str) -> Asked:
    """Return what a query text asks for; text without a letter or digit asks for nothing."""
    typed = _typed(text)[:MOST_WORDS]
    terms = tuple(_terms(typed))
    numbers: list[Window] = []
    for first in range(len(typed)):
        for last in range(first + 1, min(first + _LONGEST_NUMBER, len(typed)) + 1):
            if not any(map(_DIGITS.search, typed[first:last])):
                continue
            key = number_key(" ".join(typed[first:last]))
            keys = {key, key.replace("-", "")}
            numbers += [Window(form, first, last) for form in sorted(keys) if form]
    phones: list[Window] = []
    tail = ""
    first = 0
    while first < len(typed):
        last = first
        while last < len(typed) and typed[last].isdigit():
            last += 1
        digits = "".join(typed[first:last])
        if len(digits) >= _SHORTEST_NATIONAL:
            phones.append(Window(digits.lstrip("0"), first, last))
            tail = digits[-PHONE_TAIL:] if len(digits) >= PHONE_TAIL else tail
        first = max(last, first + 1)
    return Asked(fold(text), terms, tuple(numbers), tuple(phones), tail)
