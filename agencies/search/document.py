"""What search knows of an agency, read from the database in few queries."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max, Min

from agencies.models import Agency, AgencyName, Licence, Office
from agencies.search.query import review_bucket
from recruitadvisor.core.models import Country
from recruitadvisor.core.text import clean

_CHUNK = 5000


@dataclass(frozen=True, slots=True)
class AgencyDocument:
    """One listed agency as every engine stores it. ``low`` is 0 while stars are hidden (AC-R5)."""

    pk: int
    name: str
    other_names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    place: str = ""
    numbers: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()  # international digits
    calling_code: str = ""
    country: str = ""
    status: str = "unknown"
    tier: int = 1
    stars_shown: bool = False
    low: float = 0.0
    reviews: int = 0
    newest_month: int = 0
    destinations: tuple[str, ...] = ()

    @property
    def rank_key(self) -> tuple[int, bool, float, str, int]:
        """Return the standard rank (rating.md section 3)."""
        low = -self.low if self.stars_shown else 0.0
        return self.tier, not self.stars_shown, low, self.name, self.pk

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """Return the values of each facet, spelled as in an address."""
        return {
            "country": (self.country,) if self.country else (),
            "status": (self.status,),
            "city": (self.place,) if self.place else (),
            "reviews": (review_bucket(self.reviews),),
            "destination": self.destinations,
        }

    @property
    def fingerprint(self) -> int:
        """Return a number of 63 bits that changes with anything above."""
        digest = hashlib.blake2b(repr(self).encode("utf-8", "replace"), digest_size=8)
        return int.from_bytes(digest.digest(), "big") >> 1


@dataclass(slots=True)
class _Parts:
    names: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    numbers: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    phones: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def city_value(city: str) -> str:
    """Return a city as its facet spells it: lists shout some names and whisper others."""
    city = clean(city)
    return city.title() if city.isupper() or city.islower() else city


def read_documents(agency_ids: Collection[int] | None = None) -> Iterator[AgencyDocument]:
    """Yield the document of every listed agency, or of the listed ones among these."""
    calling_codes = dict(Country.objects.values_list("pk", "calling_code"))
    if agency_ids is not None:
        wanted = sorted(agency_ids)
        for start in range(0, len(wanted), 500):
            yield from _read({"in": wanted[start : start + 500]}, calling_codes)
        return
    ends = Agency.objects.listed().aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return
    for start in range(ends["first"], ends["last"] + 1, _CHUNK):
        yield from _read({"gte": start, "lt": start + _CHUNK}, calling_codes)


def _read(bounds: dict[str, Any], calling_codes: dict[str, str]) -> Iterator[AgencyDocument]:
    of_agency = {f"agency_id__{word}": value for word, value in bounds.items()}
    parts = _Parts()
    names = AgencyName.objects.filter(**of_agency).order_by("pk")
    for pk, text, kind in names.values_list("agency_id", "text", "kind"):
        parts.names[pk].append((text, kind))
    licences = Licence.objects.filter(**of_agency).exclude(number="").order_by("pk")
    for pk, number in licences.values_list("agency_id", "number"):
        parts.numbers[pk].append(number)
    # Private numbers are matched too, and never shown (product.md J-SEARCH-4).
    for pk, keys in Office.objects.filter(**of_agency).values_list("agency_id", "phone_keys"):
        parts.phones[pk] += [str(key) for key in keys]
    agencies = Agency.objects.listed().filter(
        **{f"pk__{word}": value for word, value in bounds.items()}
    )
    fields = (
        *("pk", "name", "native_name", "city", "country_id", "standing", "tier", "stars_shown"),
        *("rating_low", "reviews_count", "newest_review_month", "destinations"),
    )
    for row in agencies.order_by("pk").values_list(*fields):
        pk, name, native, city, country, standing, tier, shown, low, reviews, newest, to = row
        other = [text for text, kind in parts.names[pk] if kind != AgencyName.Kind.FORMER]
        former = [text for text, kind in parts.names[pk] if kind == AgencyName.Kind.FORMER]
        yield AgencyDocument(
            pk=pk,
            name=name,
            other_names=tuple(dict.fromkeys([native, *other] if native else other)),
            former_names=tuple(former),
            place=city_value(city),
            numbers=tuple(dict.fromkeys(parts.numbers[pk])),
            phones=tuple(sorted(set(parts.phones[pk]))),
            calling_code=calling_codes.get(country, ""),
            country=country,
            status=standing,
            tier=tier,
            stars_shown=bool(shown and low is not None),
            low=low if shown and low is not None else 0.0,
            reviews=reviews,
            newest_month=newest or 0,
            destinations=tuple(sorted(map(str, to))),
        )
