"""What software points out in a text before a person reads it: it never refuses. Pure."""

import re
from typing import TypedDict

from recruitadvisor.core.text import western_digits

_PHONE = re.compile(r"\+?\(?[0-9](?:[\s().\-/]{0,3}[0-9]){6,19}", re.ASCII)
_EMAIL = re.compile(r"[^\s@<>()]{1,64}@[^\s@<>()]{1,190}\.[^\W\d_]{2,24}")
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>]{1,300}"
    r"|\b(?:t\.me|wa\.me|fb\.com|bit\.ly)/[^\s<>]{1,100}"
    r"|\b[a-z0-9-]{2,60}\.(?:com|net|org|info|io|np|ph|ke|id|hk|sa)\b(?:/[^\s<>]{0,200})?",
    re.IGNORECASE,
)
_RULES = (("email", _EMAIL), ("link", _LINK), ("phone", _PHONE))


class Finding(TypedDict):
    """A place in the text, in characters, and what may be there."""

    kind: str
    start: int
    end: int
    level: str
    rule: str


def findings(text: str) -> list[Finding]:
    """Return phones, e-mail addresses and links, in the order of the text."""
    plain = western_digits(text)
    found: list[Finding] = []
    for kind, pattern in _RULES:
        for match in pattern.finditer(plain):
            start, end = match.span()
            if any(start < other["end"] and other["start"] < end for other in found):
                continue
            found.append(Finding(kind=kind, start=start, end=end, level="block", rule=f"{kind}-1"))
    return sorted(found, key=lambda finding: finding["start"])
