"""What the stars of an agency are worth: mean, doubt, label and rank. Pure; see rating.md.

Each review is a Beta-distributed half-and-half of "good" and "bad": a star ``s`` counts
``(s - 1) / 4`` as good and the rest as bad. Ten imagined reviews of three stars stand first, so
that few reviews move little. Reviews nobody checked weigh half, and all of one month together at
most ``cap``: volume costs an attacker time. Older months weigh less, by half every ``half_life``.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple, TypeAlias

from scipy.special import betaincinv

# Reviews per star, one to five, by month (12 * year + month - 1) and whether checked.
Tally: TypeAlias = Mapping[tuple[int, bool], Sequence[int]]

UNKNOWN, GOOD, MIXED, POOR = "unknown", "good", "mixed", "poor"
LEAST_REVIEWS, LEAST_WEIGHT, LEAST_MONTHS = 5, 3.0, 2
GOOD_FROM, POOR_TO = 3.3, 2.7
BEST_STAR_STEPS = 4  # steps between one star and five


class Config(NamedTuple):
    """The constants; a change is a new version, named on the method page (AC-R2)."""

    version: int = 1
    prior: float = 10.0  # imagined reviews of three stars
    cap: float = 2.0  # most weight of one month's unchecked reviews
    w_unverified: float = 0.5
    w_verified: float = 1.0
    half_life: int = 24  # months
    tail: float = 0.05  # on each side: a 90 % interval


class Score(NamedTuple):
    """Mean and bounds in stars, the weight behind them, and how many reviews in how many months."""

    mean: float
    low: float
    high: float
    weight: float
    n: int
    months: int


CURRENT = Config()


def score(tally: Tally, now: int, cfg: Config = CURRENT) -> Score:
    """Return the score of a tally in the month ``now``; the same tally always gives the same."""
    good = bad = cfg.prior / 2
    weight, n = 0.0, 0
    months: set[int] = set()
    # Sorted, because adding floats in another order can change the last bit.
    for (month, is_verified), stars in sorted(tally.items()):
        count = sum(stars)
        if not count:
            continue
        n += count
        months.add(month)
        each = _weight_of_one(count, is_verified, cfg) * _decay(now - month, cfg)
        weight += each * count
        steps = sum(step * reviews for step, reviews in enumerate(stars))
        good += each * steps / BEST_STAR_STEPS
        bad += each * (BEST_STAR_STEPS * count - steps) / BEST_STAR_STEPS
    return Score(
        mean=_in_stars(good / (good + bad)),
        low=_in_stars(betaincinv(good, bad, cfg.tail)),
        high=_in_stars(betaincinv(good, bad, 1 - cfg.tail)),
        weight=round(weight, 6),
        n=n,
        months=len(months),
    )


def _weight_of_one(count: int, is_verified: bool, cfg: Config) -> float:  # noqa: FBT001
    if is_verified:
        return cfg.w_verified
    return min(cfg.w_unverified, cfg.cap / count)


def _decay(age: int, cfg: Config) -> float:
    return float(2.0 ** (-max(0, age) / cfg.half_life))


def _in_stars(share: float) -> float:
    """Six decimals, so that every machine says the same."""
    return round(1 + BEST_STAR_STEPS * float(share), 6)


def shown(s: Score) -> bool:
    """Say whether there is enough to show stars at all (AC-R3)."""
    return s.n >= LEAST_REVIEWS and s.weight >= LEAST_WEIGHT and s.months >= LEAST_MONTHS


def label(s: Score, harm_alert: bool = False) -> str:  # noqa: FBT001, FBT002
    """Return ``good`` when surely good, ``poor`` when surely poor, else ``mixed`` or ``unknown``.

    A harm alert rules out ``good``: serious harm is never averaged away.
    """
    if not shown(s):
        return UNKNOWN
    if s.low >= GOOD_FROM and not harm_alert:
        return GOOD
    return POOR if s.high <= POOR_TO else MIXED


def rank_key(licence_tier: int, s: Score, name: str, pk: int) -> tuple[int, bool, float, str, int]:
    """Return a sort key: licence first, then shown scores by their lower bound, then the name."""
    is_shown = shown(s)
    return licence_tier, not is_shown, -s.low if is_shown else 0.0, name, pk


def in_one_decimal(stars: float) -> Decimal:
    """Return stars as displayed: one decimal, half to even on the six-decimal value (AC-R6)."""
    exact = Decimal(f"{stars:.6f}")
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_EVEN)
