"""Folding text of any script to what people mean by it. Pure; used by import and search alike."""

import re
import unicodedata

from anyascii import anyascii

_DIRECTION_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_NOT_WORD = re.compile(r"[^\w]+|_+")


def western_digits(text: str) -> str:
    """Return ``text`` with the decimal digits of every script written 0 to 9."""
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
    text = unicodedata.normalize("NFKC", _DIRECTION_MARKS.sub("", text))
    text = "".join(char if unicodedata.category(char)[0] != "C" else " " for char in text)
    return " ".join(_NOT_WORD.sub(" ", anyascii(western_digits(text)).lower()).split())


def number_key(text: str) -> str:
    """Return a licence number as letters and digits, each run of digits without leading zeros.

    "RL-0010", "rl 10" and "Rl/010" share one key (licence-lists.md I-11).
    """
    folded = fold(text).replace(" ", "\x00")
    runs = re.findall(r"[a-z]+|[0-9]+|\x00", folded)
    return "".join(
        (run.lstrip("0") or "0") if run.isdigit() else run for run in runs if run != "\x00"
    ).upper()
