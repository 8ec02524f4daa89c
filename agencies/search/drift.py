"""Where the search index differs from the database."""

from dataclasses import dataclass

from agencies.search.backends.base import SearchBackend
from agencies.search.document import read_documents
from agencies.search.query import SearchUnavailableError


@dataclass(frozen=True, slots=True)
class Drift:
    """Agencies the index lacks, should not have, or has in an older form."""

    missing: tuple[int, ...]
    surplus: tuple[int, ...]
    outdated: tuple[int, ...]

    @property
    def agency_ids(self) -> tuple[int, ...]:
        """Return all of them."""
        return (*self.missing, *self.surplus, *self.outdated)


def find_drift(engine: SearchBackend) -> Drift:
    """Compare every document; an index that cannot be read lacks everything."""
    try:
        stored = engine.fingerprints()
    except SearchUnavailableError:
        stored = {}
    wanted = {document.pk: document.fingerprint for document in read_documents()}
    return Drift(
        missing=tuple(sorted(wanted.keys() - stored.keys())),
        surplus=tuple(sorted(stored.keys() - wanted.keys())),
        outdated=tuple(
            sorted(pk for pk in wanted.keys() & stored.keys() if wanted[pk] != stored[pk])
        ),
    )
