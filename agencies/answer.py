"""One reasoned answer about an agency: the worst of what is known (product.md section 4). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from scipy.special import betaincinv

from agencies.standing import CAUTION, MEANINGS, NEUTRAL, WARNING, best_first, effective

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from agencies.models import Agency, FeeRule, Licence

UNKNOWN = "unknown"
FEWEST = 5  # no figure about fewer workers is ever shown (N-6)
FEWEST_BAD = 3
LOWEST_BOUND = 0.10
TAIL = 0.05
_CLAIM = frozenset({"revoked"})


@dataclass(frozen=True)
class Line:
    """One fact of the card: its tone, and "count of total workers" once five have answered."""

    tone: str
    count: int = 0
    total: int = 0

    @property
    def is_known(self) -> bool:
        """Say whether there are figures that may be shown."""
        return self.tone != UNKNOWN


@dataclass(frozen=True)
class LicenceLine:
    """What the best licence amounts to today, and whether its list is older than usual."""

    tone: str
    standing: str
    licence: Licence | None = None
    is_derived: bool = False  # the end date says so, not the list
    list_is_old: bool = False


@dataclass(frozen=True)
class Answer:
    """Everything the answer card says, as facts; ``sentences`` finds the words."""

    headline: str
    because: str
    licence: LicenceLine
    money: Line
    promise: Line
    maximum: FeeRule | None
    next_step: str


def lower_bound(count: int, total: int) -> float:
    """Return the one-sided 95 % Jeffreys lower bound of a share, 0 when nobody said it (AC-R9)."""
    if count == 0:
        return 0.0
    return float(betaincinv(count + 0.5, total - count + 0.5, TAIL))


def reported(count: int, total: int) -> Line:
    """Return the tone of "``count`` of ``total`` workers reported it" (product.md 4.2).

    A computed figure reaches caution at most: a warning needs an official word or two leads.
    """
    if total < FEWEST:
        return Line(UNKNOWN)
    is_often = count >= FEWEST_BAD and lower_bound(count, total) >= LOWEST_BOUND
    return Line(CAUTION if is_often else NEUTRAL, count, total)


def licence_line(agency: Agency, licences: Iterable[Licence], today: date) -> LicenceLine:
    """Return the best standing of ``licences`` as of ``today``; unknown is caution, never quiet."""
    told = [(effective(each.standing, each.expires_on, today), each) for each in licences]
    if not told:
        standing = "unlisted" if agency.standing == "unlisted" else "unknown"
        return LicenceLine(MEANINGS[standing].tone, standing)
    standing, licence = min(told, key=lambda one: (*best_first(one[0]), -one[1].pk))
    age = today - licence.list_version.source_date
    is_old = age > timedelta(days=2 * licence.authority.cadence_days)
    tone = MEANINGS[standing].tone
    return LicenceLine(
        tone=CAUTION if is_old and tone == NEUTRAL else tone,
        standing=standing,
        licence=licence,
        is_derived=standing != licence.standing,
        list_is_old=is_old,
    )


def headline(tones: Iterable[str], known: Iterable[str]) -> str:
    """Return the worst of all ``tones``; quiet needs every tone of ``known`` to be known."""
    loud = set(tones)
    for tone in (WARNING, CAUTION):
        if tone in loud:
            return tone
    return UNKNOWN if UNKNOWN in set(known) else NEUTRAL


def because_of(licence: LicenceLine, money: Line, promise: Line, *, is_poor: bool) -> str:
    """Return the word for what decided the headline, the loudest first."""
    if licence.tone == WARNING:
        return "licence_warning"
    workers = [
        word
        for word, holds in (
            ("money", money.tone == CAUTION),
            ("promise", promise.tone == CAUTION),
            ("rating", is_poor),
        )
        if holds
    ]
    if licence.tone == CAUTION:
        return "licence_and_workers" if workers else "licence_caution"
    if workers:
        return workers[0] if len(workers) == 1 else "workers"
    return "quiet" if money.is_known and promise.is_known else "few"


def next_step(head: str, because: str, standing: str) -> str:
    """Return the word for the one button under the card (product.md 4.4)."""
    if head == WARNING:
        return "claim" if standing in _CLAIM else "do_not_pay"
    if head == CAUTION:
        return "check" if because.startswith("licence") else "before_paying"
    return "ask" if head == UNKNOWN else "contract"


def build_answer(
    agency: Agency, licences: Iterable[Licence], today: date, maximum: FeeRule | None = None
) -> Answer:
    """Return the reasoned answer about ``agency`` as of ``today``.

    ``maximum`` is a fee rule somebody has checked; without one the money line stays unknown.
    """
    licence = licence_line(agency, licences, today)
    money = Line(UNKNOWN)
    if maximum is not None:
        money = reported(agency.paid_above, agency.paid_answers)
    broken = agency.promise_answers - agency.promise_kept
    promise = reported(broken, agency.promise_answers)
    is_poor = agency.stars_shown and agency.rating_label == "poor"
    rating = CAUTION if is_poor else NEUTRAL
    head = headline((licence.tone, money.tone, promise.tone, rating), (money.tone, promise.tone))
    because = because_of(licence, money, promise, is_poor=is_poor)
    return Answer(
        headline=head,
        because=because,
        licence=licence,
        money=money,
        promise=promise,
        maximum=maximum,
        next_step=next_step(head, because, licence.standing),
    )
