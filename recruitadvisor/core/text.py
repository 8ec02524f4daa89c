"""Folding text of any script to what people mean by it. Pure; used by import and search alike."""

import re
import unicodedata

from anyascii import anyascii

_DIRECTION_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_RUN = re.compile(r"[a-z]+|[0-9]+")

# Letters that writers of one language use for each other; the first of each line is kept.
_SAME_LETTERS = (
    "\u0627\u0623\u0625\u0622\u0671\u0621",  # alif with and without hamza, and hamza alone
    "\u0648\u0624",  # waw
    "\u064a\u0626\u0649\u06cc\u06d2\u06d3",  # yeh, alif maksura, Persian and Urdu yeh
    "\u0647\u0629\u06c1\u06be\u06c0\u06c2\u06c3\u06d5",  # heh, teh marbuta, Urdu hehs
    "\u0643\u06a9\u06aa",  # kaf
    "\u0928\u0901\u0902",  # Devanagari na for the two signs of nasal vowels
    "\u09a8\u0981\u0982",  # the same in Bengali
)
# Signs that careful writers add and hurried ones leave out: nukta, tatweel, Arabic vowel signs.
_LEFT_OUT = (
    "\u093c\u09bc\u0a3c\u0abc\u0b3c\u0cbc\u0640\u0670"
    + "".join(map(chr, range(0x64B, 0x660)))
    + "".join(map(chr, range(0x6D6, 0x6EE)))
)
_APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032\u055a\uff07"


class _Latin(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = self[code] = _fold_character(char)
        return folded


def _fold_character(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Cf":
        return ""
    if category[0] in "CZ" or char in _APOSTROPHES:
        return " "
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    latin = anyascii(char).lower()
    if category[0] in "LM":
        # A romanised letter may hold an apostrophe, which is part of the letter.
        return "".join(part for part in latin if part.isalnum() or part == " ")
    return "".join(part if part.isalnum() else " " for part in latin)


_LATIN = _Latin()
_LATIN.update({ord(char): "" for char in _LEFT_OUT})
for _letters in _SAME_LETTERS:
    _LATIN.update({ord(char): _fold_character(_letters[0]) for char in _letters})


def western_digits(text: str) -> str:
    """Return ``text`` with the decimal digits of every script written 0 to 9."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() and not char.isascii() else char
        for char in text
    )


def clean(text: str) -> str:
    """Return ``text`` without NUL, control and direction marks, spaces squashed to one."""
    text = _DIRECTION_MARKS.sub("", text)
    text = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """Return ``text`` in small Latin letters and Western digits, words split by one space.

    Accents, joiners, punctuation and direction marks are gone; other scripts are romanised.
    Folding twice changes nothing more.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.translate(_LATIN).split())


def number_key(text: str) -> str:
    """Return a licence number as letters and digits, each run of digits without leading zeros.

    "RL-0010", "rl 10" and "Rl/010" share one key (licence-lists.md I-11). A dash stays between
    two runs of digits: 12/3 and 1/23 are two licences.
    """
    key = ""
    for run in _RUN.findall(fold(text)):
        if run.isdigit():
            key += ("-" if key[-1:].isdigit() else "") + (run.lstrip("0") or "0")
        else:
            key += run.upper()
    return key
