"""Finding agencies: one port, several engines, and an answer whatever happens."""

import time
from dataclasses import replace

from django.conf import settings
from django.utils.module_loading import import_string

from agencies.search.backends.base import SearchBackend
from agencies.search.query import AgencyQuery, SearchResults, SearchUnavailableError

__all__ = ["AgencyQuery", "SearchResults", "SearchUnavailableError", "backend", "search_agencies"]

_backends: dict[tuple[str, str], SearchBackend] = {}


def backend() -> SearchBackend:
    """Return the configured engine, one for each process."""
    key = settings.SEARCH_BACKEND, str(settings.SEARCH_DIR)
    if key not in _backends:
        _backends[key] = import_string(settings.SEARCH_BACKEND)()
    return _backends[key]


def search_agencies(query: AgencyQuery) -> SearchResults:
    """Answer a search by the configured engine, or from the database where it cannot.

    The ids come from an index: read the agencies again through ``Agency.objects.listed()``.
    """
    from agencies.search.backends import simple  # noqa: PLC0415  # it needs the app registry

    started = time.perf_counter()
    try:
        results = backend().search(query)
    except SearchUnavailableError:
        results = simple.search(query)
    return replace(results, milliseconds=(time.perf_counter() - started) * 1000)
