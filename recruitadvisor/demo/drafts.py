"""Invented answers of the demonstration: what a worker of a good or a bad agency would tell."""

import random
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from recruitadvisor.demo import texts
from reviews.services import GivenAnswer, ReviewDraft

CURRENCIES = {"np": "NPR", "ph": "PHP", "id": "IDR", "ke": "KES", "sa": "SAR", "hk": "HKD"}
DESTINATIONS = {
    "np": ("my", "qa", "sa", "ae"),
    "ph": ("hk", "sa", "ae", "sg"),
    "id": ("my", "hk", "tw", "sg"),
    "ke": ("sa", "qa", "ae"),
    "sa": ("sa",),
    "hk": ("hk",),
}
# What is asked in the demonstration, in money of the country, for about two months of first pay.
USUAL_FEES = {"np": 90_000, "ph": 60_000, "id": 12_000_000, "ke": 80_000, "sa": 3_000, "hk": 9_000}


class Character(NamedTuple):
    """How one invented agency treats workers, as chances from 0 to 1, and its usual stars."""

    pays: float
    promise_kept: float
    contract: float
    stars: tuple[int, ...]
    stories: tuple[texts.Story, ...]


GOOD = Character(0.08, 0.95, 0.97, (5, 5, 5, 4, 4), texts.GOOD)
MIXED = Character(0.45, 0.7, 0.85, (3, 3, 4, 2, 4), texts.MIXED)
BAD = Character(0.9, 0.35, 0.5, (1, 1, 2, 1, 2, 3), texts.BAD)


def draft(
    *, agency_id: int, country: str, character: Character, today: date, rng: random.Random
) -> ReviewDraft:
    """Return one invented review of an agency; about a quarter has no text."""
    left = today.year - rng.choice((0, 1, 1, 2))
    told_by = rng.choices(("self", "family", "helper", "applying"), (80, 10, 5, 5))[0]
    paid = rng.random() < character.pays
    answers = {
        "R1": GivenAnswer(f"{left}-{rng.randrange(1, 5) if left < today.year else 1}"),
        "R2": GivenAnswer(rng.choices(DESTINATIONS[country], _weights(country))[0]),
        "Q104": GivenAnswer(str(rng.choice(character.stars))),
        "Q201": GivenAnswer("yes" if paid else "no"),
        "Q301": GivenAnswer("yes" if rng.random() < character.contract else "no"),
        "Q801": GivenAnswer(str(rng.choice(character.stars))),
    }
    if paid:
        fee = USUAL_FEES[country] * rng.choice((0.5, 0.8, 1, 1.2, 1.5, 2))
        answers["Q202"] = GivenAnswer(
            "amount", amount=Decimal(round(fee, -2)), currency=CURRENCIES[country]
        )
    if told_by != "applying":
        kept = rng.random() < character.promise_kept
        answers["Q501"] = GivenAnswer("yes" if kept else "no")
        answers["Q502"] = GivenAnswer(
            rng.choice(("same", "same", "little_less"))
            if kept
            else rng.choice(("much_less", "not_paid"))
        )
    story = rng.choice(character.stories)
    return ReviewDraft(
        agency_id=agency_id,
        told_by=told_by,
        language=story.language or "en",
        answers=answers,
        text=story.text,
        consent_publish=True,
        consent_case=rng.random() < 0.2,
        consent_statistics=rng.random() < 0.7,
    )


def _weights(country: str) -> list[int]:
    """Return how often each destination is chosen: the first one most."""
    return [6, 3, 2, 1][: len(DESTINATIONS[country])]
