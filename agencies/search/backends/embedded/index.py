"""One generation of the embedded index, mapped into memory and read only."""

import json
from bisect import bisect_left
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from agencies.search.backends.embedded.build import FORMAT, TABLES, Bits, Numbers


class BrokenIndexError(Exception):
    """Files of a generation are missing, cut short or of another format."""


class _Files:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load(self, name: str) -> npt.NDArray[Any]:
        path = self._folder / f"{name}.npy"
        stored: npt.NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
        # A plain view: the bookkeeping of np.memmap costs more than small look-ups.
        return np.asarray(stored)


class Strings:
    """Strings in one run of bytes; a key is found by halving."""

    def __init__(self, files: _Files, name: str) -> None:
        self._bytes: memoryview = files.load(f"{name}.keys").data
        self._ends: memoryview = files.load(f"{name}.ends").data
        if len(self._bytes) != self._ends[-1]:
            raise BrokenIndexError(name)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, at: int) -> bytes:
        return bytes(self._bytes[self._ends[at] : self._ends[at + 1]])

    def text(self, at: int) -> str:
        """Return one string."""
        return self[at].decode()


class Table(Strings):
    """A sorted vocabulary with the documents of every key, for each field apart."""

    def __init__(self, files: _Files, name: str, fields: int) -> None:
        super().__init__(files, name)
        self._starts = [files.load(f"{name}.starts{field}") for field in range(fields)]
        self._documents = [files.load(f"{name}.documents{field}") for field in range(fields)]
        for starts, documents in zip(self._starts, self._documents, strict=True):
            if starts.size != len(self) + 1 or int(starts[-1]) != documents.size:
                raise BrokenIndexError(name)

    def find(self, key: str) -> int | None:
        """Return where a key stands."""
        wanted = key.encode("utf-8", "replace")
        at = bisect_left(self, wanted)
        return at if at < len(self) and self[at] == wanted else None

    def beginning_with(self, prefix: str) -> tuple[int, int]:
        """Return the first and the one after the last key that begins so."""
        wanted = prefix.encode("utf-8", "replace")
        first = bisect_left(self, wanted)
        return first, bisect_left(self, wanted + b"\xff", lo=first)

    def documents(self, field: int, first: int, last: int) -> Numbers:
        """Return the documents of a run of keys; one may stand several times."""
        starts = self._starts[field]
        return self._documents[field][starts[first] : starts[last]]


class Index:
    """All arrays of one generation."""

    def __init__(self, folder: Path) -> None:
        try:
            about = json.loads((folder / "about.json").read_text(encoding="utf-8"))
            if about["format"] != FORMAT:
                raise BrokenIndexError(folder.name)
            self._open(_Files(folder), about)
        except (OSError, ValueError, KeyError, IndexError, TypeError, EOFError) as error:
            raise BrokenIndexError(folder.name) from error
        self.folder = folder

    def _open(self, files: _Files, about: dict[str, Any]) -> None:
        self.size = int(about["documents"])
        self.licensed = int(about["licensed"])
        self.tables = {name: Table(files, name, fields) for name, fields in TABLES.items()}
        self.shown = Strings(files, "shown")
        self.pks = files.load("pks")
        self.fingerprints = files.load("fingerprints")
        self.reviews: Numbers = files.load("reviews")
        self.newest: Numbers = files.load("newest")
        self.signatures: Bits = files.load("words.signatures")
        self.lengths: npt.NDArray[np.uint8] = files.load("words.lengths")
        self.bits: Bits = files.load("facets.bits")
        self.rare_starts: Numbers = files.load("facets.starts")
        self.rare_documents: Numbers = files.load("facets.documents")
        self.facets: dict[str, Facet] = {}
        row = rare = 0
        for name, common_values, rare_values in about["facets"]:
            self.facets[name] = Facet(common_values, rare_values, row, rare)
            row += len(common_values)
            rare += len(rare_values)
        sizes = {self.pks.size, self.reviews.size, self.newest.size, len(self.shown)}
        if sizes != {self.size} or self.bits.shape != (row, self.width):
            raise BrokenIndexError

    @property
    def width(self) -> int:
        """Return how many 64-bit words hold one bit for each document."""
        return int(self.size + 63) // 64


class Facet:
    """Where the values of one facet stand: common ones as bitsets, rare ones as lists."""

    def __init__(self, common: list[str], rare: list[str], row: int, first: int) -> None:
        self.common = common
        self.rare = rare
        self.rows = slice(row, row + len(common))
        self.lists = slice(first, first + len(rare))
        self.row_of = {value: row + at for at, value in enumerate(common)}
        self.list_of = {value: first + at for at, value in enumerate(rare)}
