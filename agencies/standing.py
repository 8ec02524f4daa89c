"""What each licence status means for the page and the rank (licence-lists.md section 3). Pure."""

from datetime import date, timedelta
from typing import NamedTuple

NEUTRAL, CAUTION, WARNING = "neutral", "caution", "warning"
SOON = timedelta(days=60)  # an end date this near is told as "expiring"


class Meaning(NamedTuple):
    """How loud a status speaks (tone), and where it ranks: tier 0 is licensed today."""

    tone: str
    tier: int


MEANINGS = {
    "valid": Meaning(NEUTRAL, 0),
    "valid_extended": Meaning(NEUTRAL, 0),
    "valid_provisional": Meaning(CAUTION, 0),
    "expiring": Meaning(CAUTION, 0),
    "under_surveillance": Meaning(CAUTION, 0),
    "suspended_partial": Meaning(WARNING, 2),
    "suspended": Meaning(WARNING, 2),
    "suspended_admin": Meaning(CAUTION, 2),
    "expired": Meaning(WARNING, 1),
    "renewal_denied": Meaning(WARNING, 2),
    "revoked": Meaning(WARNING, 2),
    "delisted": Meaning(WARNING, 2),
    "banned": Meaning(WARNING, 2),
    "surrendered": Meaning(CAUTION, 2),
    "ceased": Meaning(CAUTION, 2),
    "inactive": Meaning(CAUTION, 2),
    "not_on_list": Meaning(CAUTION, 2),
    "unlisted": Meaning(WARNING, 2),
    "unknown": Meaning(CAUTION, 1),
}
_LOUDNESS = (NEUTRAL, CAUTION, WARNING)


def severity(standing: str) -> tuple[int, int]:
    """Return how bad a status is, as (loudness of its tone, tier); larger is worse."""
    meaning = MEANINGS[standing]
    return _LOUDNESS.index(meaning.tone), meaning.tier


def effective(standing: str, expires_on: date | None, today: date) -> str:
    """Return the worse of the list's word and what its end date says today (ST-1).

    A date acts on tier 0, ``suspended_admin`` and ``unknown`` only: every other official word
    already says that the licence does not hold.
    """
    if expires_on is None:
        return standing
    if MEANINGS[standing].tier != 0 and standing not in {"suspended_admin", "unknown"}:
        return standing
    if expires_on < today:
        derived = "expired"
    elif expires_on <= today + SOON:
        derived = "expiring"
    else:
        return standing
    return max(standing, derived, key=severity)


def best_first(standing: str) -> tuple[int, int]:
    """Return a sort key that puts the better standing first, tier before tone."""
    loudness, tier = severity(standing)
    return tier, loudness
