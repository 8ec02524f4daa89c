"""Was a payment more than a worker may be asked for? (review-form.md section 6). Pure."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

NOTHING, WITHIN, ABOVE = "nothing", "within", "above"
UNKNOWN_CAP, CANNOT_COMPARE = "unknown_cap", "cannot_compare"
COMPARED = frozenset({NOTHING, WITHIN, ABOVE})
QUARTERS = range(1, 5)


class Cap(NamedTuple):
    """One confirmed rule; an empty origin, destination or occupation stands for every one."""

    origin: str
    destination: str
    occupation: str
    maximum: Decimal
    currency: str
    from_on: date
    until_on: date | None


class Payment(NamedTuple):
    """What one worker told: whether paid (Q201), how much (Q202), R1 when, R2 where, R3 work."""

    paid: str
    amount: Decimal | None
    currency: str
    quarter: str
    origin: str
    destination: str
    occupation: str


def quarter_begins(quarter: str) -> date | None:
    """Return the first day of a quarter written "2025-2", or None for anything else."""
    year, _, part = quarter.partition("-")
    if not (year.isascii() and year.isdigit() and part.isascii() and part.isdigit()):
        return None
    if len(year) != len("2025") or int(part) not in QUARTERS or not int(year):
        return None
    return date(int(year), 3 * int(part) - 2, 1)


def verdict(payment: Payment, caps: Iterable[Cap]) -> str | None:
    """Return the verdict word for one worker's payment, or None if the question was not answered.

    Where origin and destination both have a rule the lower one counts (V-2).
    """
    if payment.paid != "yes":
        return NOTHING if payment.paid == "no" else None
    day = quarter_begins(payment.quarter)
    fitting = [cap for cap in caps if day is not None and _fits(cap, payment, day)]
    if not fitting:
        return UNKNOWN_CAP
    chosen = [
        _most_specific(group)
        for group in (
            [cap for cap in fitting if cap.origin],
            [cap for cap in fitting if not cap.origin],
        )
        if group
    ]
    if all(cap.maximum == 0 for cap in chosen):
        return ABOVE
    if payment.amount is None or any(cap.currency != payment.currency for cap in chosen):
        return CANNOT_COMPARE
    return ABOVE if payment.amount > min(cap.maximum for cap in chosen) else WITHIN


def _fits(cap: Cap, payment: Payment, day: date) -> bool:
    return (
        cap.origin in {"", payment.origin}
        and cap.destination in {"", payment.destination}
        and cap.occupation in {"", payment.occupation}
        and cap.from_on <= day
        and (cap.until_on is None or day <= cap.until_on)
    )


def _most_specific(caps: list[Cap]) -> Cap:
    return max(caps, key=lambda cap: (bool(cap.destination), bool(cap.occupation), cap.from_on))
