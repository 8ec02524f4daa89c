"""What a search asks and what it answers, in plain frozen data: the port of every engine."""

from collections.abc import Mapping
from dataclasses import dataclass, field

FACETS = ("country", "status", "city", "reviews", "destination")
REVIEW_BUCKETS = ("0", "1-4", "5-19", "20+")
BEST, STANDARD, MOST_REVIEWS, NEWEST = "best", "standard", "reviews", "newest"
SORTS = (BEST, STANDARD, MOST_REVIEWS, NEWEST)
MOST_CHARACTERS = 200
MOST_WORDS = 16


class SearchUnavailableError(Exception):
    """The engine cannot answer now; the caller answers from the database."""


@dataclass(frozen=True, slots=True)
class AgencyQuery:
    """One question to search. Values of one facet widen it, facets narrow each other.

    ``best`` is the best match where there is a text, and the standard rank where there is none
    (rating.md ``rank_key``). Without text and without a status only tier 0 is listed.
    """

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = BEST
    page: int = 1
    page_size: int = 20

    @property
    def is_browsing(self) -> bool:
        """Whether only agencies licensed today are listed (product.md J-SEARCH-6)."""
        return not self.text.strip() and not self.facets.get("status")

    @property
    def start(self) -> int:
        """Return how many results stand before this page."""
        return (max(self.page, 1) - 1) * self.page_size


@dataclass(frozen=True, slots=True)
class SearchResults:
    """The ids of one page in order, and what the whole answer amounts to.

    ``facet_counts`` has, by facet and value, how many agencies choosing that value would give;
    a facet never narrows its own counts. ``hidden_total`` counts matches that browsing leaves
    out because they are not licensed today.
    """

    agency_ids: tuple[int, ...] = ()
    total: int = 0
    facet_counts: dict[str, dict[str, int]] = field(default_factory=dict)
    engine: str = ""
    milliseconds: float = 0.0
    suggestions: tuple[str, ...] = ()
    hidden_total: int = 0


def review_bucket(count: int) -> str:
    """Return the facet value for a number of reviews."""
    if count == 0:
        return "0"
    if count < 5:  # the buckets are those of J-SEARCH-7
        return "1-4"
    return "5-19" if count < 20 else "20+"
