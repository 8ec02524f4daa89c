"""When two printed names mean the same agency (licence-lists.md section 7). Pure."""

import re
from functools import lru_cache
from typing import NamedTuple

from recruitadvisor.core.text import fold

_LONG_WORDS = {
    "intl": "international",
    "int l": "international",
    "mgt": "management",
    "mgmt": "management",
    "svcs": "services",
    "svc": "services",
    "manpwr": "manpower",
    "corporation": "corp",
    "incorporated": "inc",
}
_LONG = re.compile(r"\b(?:" + "|".join(sorted(_LONG_WORDS, key=len, reverse=True)) + r")\b")
# "Co" goes only before another form: of two firms of one real list nothing else tells them apart.
_LEGAL_FORM = re.compile(
    r"\b(?:pvt ltd|pte ltd|p ltd|sdn bhd|w l l|l l c|m s|private limited|"
    r"co(?= (?:ltd|limited|inc|llc|pte|pvt|w l l|wll))|"
    r"pvt|pte|wll|llc|ltd|limited|inc|corp|company|pt|cv|tbk|est)\b"
)
_FORMER = re.compile(
    r"[\s,]*(?:\(\s*(?:FORMERLY|FORMER|FOR(?=[\s.:]))|\bFORMERLY\b)\s*[.:]*\s*", re.IGNORECASE
)
_ALL_OF_IT = re.compile(r"[\s()]+")
SHORTEST_CUT = 12  # letters of a key below which a cut name proves nothing


class PrintedName(NamedTuple):
    """A name as an authority prints it, taken apart."""

    current: str
    former: tuple[str, ...]
    is_cut: bool  # a bracket is left open: the end of the former name may be missing


def split_former(text: str) -> PrintedName:
    """Return the current name and the names after "(FORMERLY", "(FOR." and the like (M-1)."""
    if "FOR" not in text.upper():
        return PrintedName(text.strip(), (), is_cut=False)
    parts = _FORMER.split(text)
    current = parts[0].strip(" ,(")
    if len(parts) == 1 or not current:
        return PrintedName(text.strip(), (), is_cut=False)
    former = tuple(name for part in parts[1:] if (name := _unbracket(part)))
    is_cut = text.count("(") > text.count(")")
    return PrintedName(current, former, is_cut)


def _unbracket(text: str) -> str:
    """Drop a closing bracket whose opening one went with the word "formerly"."""
    text = text.strip(" ,")
    if text.count(")") > text.count("("):
        head, _bracket, tail = text.rpartition(")")
        text = f"{head} {tail}"
    return " ".join(text.split())


@lru_cache(maxsize=65536)
def name_key(text: str) -> str:
    """Return what is compared of a name: folded, without former names and legal forms (M-1).

    For matching only, never shown. A name made of legal forms alone keeps them.
    """
    current = split_former(text).current
    folded = fold(current.replace("`", "'"))
    long = _LONG.sub(lambda found: _LONG_WORDS[found.group()], folded)
    short = " ".join(_LEGAL_FORM.sub(" ", long).split())
    return (short or long)[:300]


def is_cut_form(short: str, long: str) -> bool:
    """Say whether one name key is the other one cut off, and long enough to mean something."""
    short, long = sorted((short, long), key=len)
    return len(_ALL_OF_IT.sub("", short)) >= SHORTEST_CUT and long.startswith(short)


def together(key: str) -> str:
    """Return a key without its spaces: names written apart and together become equal."""
    return key.replace(" ", "")
