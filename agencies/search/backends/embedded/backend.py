"""The default engine: bitsets in memory-mapped files, no server (docs/search.md)."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.conf import settings

from agencies.search.backends.embedded.build import Bits, Numbers, build, pack
from agencies.search.backends.embedded.index import BrokenIndexError, Facet, Index
from agencies.search.backends.embedded.match import Matcher, Matches
from agencies.search.document import AgencyDocument, read_documents
from agencies.search.query import (
    BEST,
    FACETS,
    MOST_CHARACTERS,
    MOST_REVIEWS,
    NEWEST,
    AgencyQuery,
    SearchResults,
    SearchUnavailableError,
)
from agencies.search.words import ask

_POINTER = "current"
_PREFIX = "generation-"
_KEPT = 2  # the one in use, and the one that a worker may be opening just now
_BLOCK = 4096  # 64-bit words counted at once, so that they stay in the processor's cache


class EmbeddedBackend:
    """Search in the newest generation under ``SEARCH_DIR``, looked up before every search."""

    name = "embedded"

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(settings.SEARCH_DIR)
        self._index: Index | None = None
        self._seen: tuple[int, int] | None = None

    def search(self, query: AgencyQuery) -> SearchResults:
        """Answer one question; ``SearchUnavailableError`` where there is no readable index."""
        index = self._current()
        if not index.size:
            return SearchResults(facet_counts={facet: {} for facet in FACETS}, engine=self.name)
        asked = ask(query.text[:MOST_CHARACTERS])
        matches = None
        if asked.terms:
            matcher = Matcher(index, asked)
            matches = matcher.matches()
            if not matches.order.size:
                return SearchResults(
                    facet_counts={facet: {} for facet in FACETS},
                    engine=self.name,
                    suggestions=matcher.nearest(),
                )
        return _answer(index, query, matches)

    def has_value(self, facet: str, value: str) -> bool:
        """Return whether any agency has this value."""
        values = self._current().facets[facet]
        return value in values.row_of or value in values.list_of

    def sync(self, agency_ids: Collection[int]) -> None:
        """Build a new generation if any agency changed: a build takes seconds."""
        if agency_ids:
            self.rebuild()

    def rebuild(self, documents: Iterable[AgencyDocument] | None = None) -> int:
        """Build a generation beside the one in use and swap; return how many documents it has."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._only_one_builder():
            fresh = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=self._folder))
            try:
                total = build(fresh, read_documents() if documents is None else documents)
                _flush(fresh)
                self._point_to(fresh)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            self._remove_old(fresh)
        return total

    def fingerprints(self) -> dict[int, int]:
        """Return the fingerprint of every stored document by agency."""
        index = self._current()
        return dict(zip(index.pks.tolist(), index.fingerprints.tolist(), strict=True))

    def _current(self) -> Index:
        """Return the newest generation, opened anew only when the pointer was swapped."""
        for _attempt in range(3):
            try:
                stat = (self._folder / _POINTER).stat()
                seen = stat.st_ino, stat.st_mtime_ns
                if self._index is not None and seen == self._seen:
                    return self._index
                self._index = Index(self._folder / self._generation())
                self._seen = seen
            except (OSError, ValueError, BrokenIndexError) as error:
                # A swap between reading the pointer and opening the files looks the same.
                broken = error
                continue
            return self._index
        message = "no readable generation of the search index"
        raise SearchUnavailableError(message) from broken

    def _generation(self) -> str:
        name = (self._folder / _POINTER).read_text(encoding="ascii").strip()
        if not name.startswith(_PREFIX) or "/" in name:
            raise BrokenIndexError(name)
        return name

    @contextmanager
    def _only_one_builder(self) -> Iterator[None]:
        with (self._folder / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _point_to(self, generation: Path) -> None:
        waiting = self._folder / f"{_POINTER}.new"
        with waiting.open("w", encoding="ascii") as handle:
            handle.write(generation.name)
            handle.flush()
            os.fsync(handle.fileno())
        waiting.replace(self._folder / _POINTER)
        _flush_folder(self._folder)

    def _remove_old(self, current: Path) -> None:
        """Keep the newest two; files in use stay readable for who has them mapped."""
        others = sorted(
            (each for each in self._folder.glob(f"{_PREFIX}*") if each != current),
            key=lambda each: each.stat().st_mtime_ns,
            reverse=True,
        )
        for each in others[_KEPT - 1 :]:
            shutil.rmtree(each, ignore_errors=True)


def _flush(folder: Path) -> None:
    for path in folder.iterdir():
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    _flush_folder(folder)


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with suppress(OSError):  # not every file system can
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _answer(index: Index, query: AgencyQuery, matches: Matches | None) -> SearchResults:
    everything = pack(np.ones(index.size, np.bool_)) if matches is None else pack(matches.mask)
    chosen = {
        facet: _chosen(index, index.facets[facet], values)
        for facet, values in query.facets.items()
        if values and facet in index.facets
    }
    licensed = None
    if query.is_browsing:
        licensed = pack(np.arange(index.size) < index.licensed)
    found = everything
    for bits in chosen.values():
        found = found & bits
    hidden = 0
    # Statuses are counted as if one were chosen, which ends browsing.
    all_tiers = found
    if licensed is not None:
        found = found & licensed
        hidden = _count(all_tiers) - _count(found)
    narrowed = {}
    for facet in FACETS:
        if facet not in chosen:
            narrowed[facet] = all_tiers if facet == "status" else found
            continue
        narrowed[facet] = (
            everything if licensed is None or facet == "status" else (everything & licensed)
        )
        for other, bits in chosen.items():
            if other != facet:
                narrowed[facet] = narrowed[facet] & bits
    places = _page(index, query, matches, found)
    return SearchResults(
        agency_ids=tuple(index.pks[places].tolist()),
        total=_count(found),
        facet_counts=_facet_counts(index, narrowed),
        engine=EmbeddedBackend.name,
        suggestions=matches.suggestions if matches else (),
        hidden_total=hidden,
    )


def _count(bits: Bits) -> int:
    return int(np.bitwise_count(bits).sum())


def _chosen(index: Index, facet: Facet, values: Collection[str]) -> Bits:
    """Return the documents that have any of these values."""
    chosen = np.zeros(index.width, np.uint64)
    mask: npt.NDArray[np.bool_] | None = None
    for value in values:
        if value in facet.row_of:
            chosen |= index.bits[facet.row_of[value]]
        elif value in facet.list_of:
            at = facet.list_of[value]
            mask = np.zeros(index.size, np.bool_) if mask is None else mask
            mask[index.rare_documents[index.rare_starts[at] : index.rare_starts[at + 1]]] = True
    return chosen if mask is None else chosen | pack(mask)


def _facet_counts(index: Index, narrowed: dict[str, Bits]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    done: dict[int, tuple[list[int], list[int]]] = {}
    for name, bits in narrowed.items():
        if id(bits) not in done:
            same = [index.facets[each] for each, other in narrowed.items() if other is bits]
            done[id(bits)] = _counts(index, bits, same)
        common, rare = done[id(bits)]
        facet = index.facets[name]
        pairs = zip(
            [*facet.common, *facet.rare],
            [*common[facet.rows], *rare[facet.lists]],
            strict=True,
        )
        counts[name] = {value: number for value, number in pairs if number}
    return counts


def _counts(index: Index, bits: Bits, facets: list[Facet]) -> tuple[list[int], list[int]]:
    """Return how many of these documents have each value; 0 for values of other facets."""
    common = np.zeros(index.bits.shape[0], np.int64)
    first = min(facet.rows.start for facet in facets)
    last = max(facet.rows.stop for facet in facets)
    filled = np.flatnonzero(bits)
    if filled.size * 8 < bits.size:
        rows = index.bits[first:last, filled]
        common[first:last] = np.bitwise_count(rows & bits[filled]).sum(axis=1, dtype=np.int64)
    else:
        for start in range(0, bits.size, _BLOCK):
            block = slice(start, start + _BLOCK)
            rows = index.bits[first:last, block]
            common[first:last] += np.bitwise_count(rows & bits[block]).sum(axis=1, dtype=np.int64)
    rare = np.zeros(max(index.rare_starts.size - 1, 0), np.int64)
    begin = min(facet.lists.start for facet in facets)
    end = max(facet.lists.stop for facet in facets)
    if begin < end:
        starts = index.rare_starts[begin : end + 1].astype(np.int64)
        has = np.unpackbits(bits.view(np.uint8), bitorder="little")
        members = has[index.rare_documents[starts[0] : starts[-1]]].astype(np.int64)
        # No rare value is empty, so every run has a start of its own.
        rare[begin:end] = np.add.reduceat(members, starts[:-1] - starts[0])
    return common.tolist(), rare.tolist()


def _page(index: Index, query: AgencyQuery, matches: Matches | None, found: Bits) -> Numbers:
    """Return the documents of the page asked for; documents are numbered by standard rank."""
    end = query.start + query.page_size
    if query.sort == BEST and matches is not None:
        has = np.unpackbits(found.view(np.uint8), count=index.size, bitorder="little")
        kept = has[np.flatnonzero(matches.mask)].astype(np.bool_)
        return _smallest(np.flatnonzero(has), matches.order[kept], query.start, end)
    if query.sort in {MOST_REVIEWS, NEWEST}:
        has = np.unpackbits(found.view(np.uint8), count=index.size, bitorder="little")
        places = np.flatnonzero(has)
        figures = index.reviews if query.sort == MOST_REVIEWS else index.newest
        return _smallest(places, -figures[places].astype(np.int64), query.start, end)
    reached = np.cumsum(np.bitwise_count(found), dtype=np.int64)
    if not reached.size or query.start >= reached[-1]:
        return np.empty(0, np.uint32)
    first = int(np.searchsorted(reached, query.start, side="right"))
    last = int(np.searchsorted(reached, end, side="left")) + 1
    before = int(reached[first - 1]) if first else 0
    here = np.flatnonzero(np.unpackbits(found[first:last].view(np.uint8), bitorder="little"))
    return (here[query.start - before : end - before] + first * 64).astype(np.uint32)


def _smallest(places: npt.NDArray[Any], keys: npt.NDArray[Any], start: int, end: int) -> Numbers:
    """Return the places from ``start`` to ``end`` by key, equal keys by standard rank."""
    if start >= places.size:
        return np.empty(0, np.uint32)
    if end < places.size:
        limit = np.partition(keys, end - 1)[end - 1]
        below = np.flatnonzero(keys < limit)
        equal = np.flatnonzero(keys == limit)[: end - below.size]
        kept = np.union1d(below, equal)
        places, keys = places[kept], keys[kept]
    return places[np.argsort(keys, kind="stable")][start:end].astype(np.uint32)
