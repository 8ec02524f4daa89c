"""Amounts of money as people write them, and read back to them (Q-R6, J-REVIEW-14)."""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

from recruitadvisor.core.text import western_digits

MOST = Decimal(10) ** 11
_DECIMAL_PLACES = 2
_MARKS = str.maketrans({"\u066b": ".", "\u066c": ",", "\u060c": ",", "\uff0c": ","})
# Signs and short names of money may stand around the number; a word such as "thousand" may not.
_WRITTEN = re.compile(
    r"[^0-9]{0,8}?(?P<number>[0-9][0-9.,]*)(?:/-|/=|=)?\W*(?:[A-Za-z]{3}|[Rr]s|रु|रू|र)?\W*"
)


class AmountError(ValueError):
    """What was typed can't be read as an amount above zero."""


def read_amount(typed: str) -> Decimal:
    """Return the amount somebody typed, in digits of any script with any grouping.

    "1,20,000", "1.200.000", "1 200,50" and "१२००" are read alike. Raises ``AmountError``.
    """
    text = re.sub(r"[\s'\u2019_]", "", western_digits(typed[:60]).translate(_MARKS))
    written = _WRITTEN.fullmatch(text)
    if written is None or "-" in text.partition(written["number"])[0]:
        raise AmountError
    text = written["number"].strip(".,")
    whole, fraction = _split(text)
    amount = Decimal(f"{re.sub('[.,]', '', whole) or '0'}.{fraction or '0'}")
    if not 0 < amount < MOST:
        raise AmountError
    return amount


def _split(text: str) -> tuple[str, str]:
    """Take off a decimal part: one or two digits behind a sign that is not used for grouping."""
    head, mark, tail = text.rpartition("." if text.rfind(".") > text.rfind(",") else ",")
    if mark and len(tail) <= _DECIMAL_PLACES and mark not in head:
        return head, tail
    return text, ""


def in_digits(amount: Decimal) -> str:
    """Return the amount grouped by thousands, alike in every language, as it can be typed back."""
    places = 0 if amount == amount.to_integral_value() else _DECIMAL_PLACES
    return f"{amount:,.{places}f}"


def in_words(amount: Decimal) -> str:
    """Return the size of the amount in words: "1 million 200 thousand"."""
    millions, rest = divmod(int(amount), 1_000_000)
    thousands, ones = divmod(rest, 1000)
    parts = []
    if millions:
        parts.append(_("%(number)s million") % {"number": millions})
    if thousands:
        parts.append(_("%(number)s thousand") % {"number": thousands})
    if ones or not parts:
        parts.append(str(ones))
    return " ".join(parts)
