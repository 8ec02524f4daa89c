"""What every search engine has to be able to do."""

from collections.abc import Collection
from typing import Protocol

from agencies.search.query import AgencyQuery, SearchResults


class SearchBackend(Protocol):
    """One engine behind the port. Each method may raise ``SearchUnavailableError``."""

    name: str

    def search(self, query: AgencyQuery) -> SearchResults:
        """Answer one question."""
        ...

    def has_value(self, facet: str, value: str) -> bool:
        """Return whether any agency has this value, whatever else is asked."""
        ...

    def sync(self, agency_ids: Collection[int]) -> None:
        """Bring the documents of these agencies in step with the database."""
        ...

    def rebuild(self) -> int:
        """Write every document anew, swap at once, and return how many agencies are listed."""
        ...

    def fingerprints(self) -> dict[int, int]:
        """Return what the engine holds: a number that changes with the document, by agency."""
        ...
