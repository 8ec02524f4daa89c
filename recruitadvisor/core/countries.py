"""Which countries workers leave from and go to; names and currencies follow CLDR by Babel."""

from typing import NamedTuple

from babel import Locale
from babel.numbers import get_territory_currencies
from phonenumbers import country_code_for_region

ORIGINS = frozenset("bd et gh id in ke kh lk mm ng np ph pk th tz ug vn".split())
DESTINATIONS = frozenset(
    "ae au bh ca cy cz de gb hk hr il in it jo jp kr kw lb lu lv mo mv my nz om pl pt qa ro ru sa"
    " sc sg th tr tw us".split()
)
# CLDR's own short names, which Babel leaves out.
SHORT_NAMES = {
    "hk": {"en": "Hong Kong", "ne": "हङकङ", "ar": "هونغ كونغ"},
    "mo": {"en": "Macao", "ne": "मकाउ", "ar": "ماكاو"},
}


class CountryFacts(NamedTuple):
    """One country: two-letter code in small letters, names by language, currency, calling code."""

    code: str
    names: dict[str, str]
    currency: str
    calling_code: str


def facts(code: str, languages: tuple[str, ...]) -> CountryFacts:
    """Return what CLDR and the telephone numbering plan say of one country."""
    territory = code.upper()
    currencies = get_territory_currencies(territory, include_details=False)
    return CountryFacts(
        code=code,
        names={
            language: SHORT_NAMES.get(code, {}).get(language)
            or Locale.parse(language).territories.get(territory, territory)
            for language in languages
        },
        currency=currencies[0] if currencies else "",
        calling_code=str(country_code_for_region(territory) or ""),
    )


def every_code() -> tuple[str, ...]:
    """Return the two-letter codes of every origin and destination, in order."""
    return tuple(sorted(ORIGINS | DESTINATIONS))
