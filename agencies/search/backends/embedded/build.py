"""Writing the arrays of one generation of the embedded index. Knows documents, no database."""

import json
from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from agencies.search.document import AgencyDocument
from agencies.search.query import FACETS
from agencies.search.words import (
    OPTIONAL_WORDS,
    PHONE_TAIL,
    document_words,
    name_forms,
    number_forms,
    phone_forms,
    skeleton,
)

Numbers = npt.NDArray[np.uint32]
Bits = npt.NDArray[np.uint64]

FORMAT = 1
NAME, FORMER, PLACE = range(3)
WHOLE, PART = range(2)
TABLES = {"words": 3, "names": 2, "numbers": 2, "phones": 2, "skeletons": 3}
SHORTEST_SKELETON = 2


class TableWriter:
    """A sorted vocabulary and, for each of its fields, the documents of every key."""

    def __init__(self, fields: int) -> None:
        self.keys: dict[str, int] = {}
        self._ids = [array("I") for _ in range(fields)]
        self._documents = [array("I") for _ in range(fields)]

    def add(self, field: int, keys: Iterable[str], document: int) -> None:
        """Note that a document has these keys."""
        known = self.keys
        ids, documents = self._ids[field], self._documents[field]
        for key in keys:
            ids.append(known.setdefault(key, len(known)))
            documents.append(document)

    def extend(self, field: int, ids: Numbers, documents: Numbers) -> None:
        """Note many pairs of a key's id and a document at once."""
        self._ids[field].frombytes(ids.tobytes())
        self._documents[field].frombytes(documents.tobytes())

    def pairs(self, field: int) -> tuple[Numbers, Numbers]:
        """Return the ids of keys and documents, in the order of ``add``."""
        return (
            np.frombuffer(self._ids[field], np.uint32),
            np.frombuffer(self._documents[field], np.uint32),
        )

    def arrays(self, name: str, rank_of: Numbers) -> dict[str, npt.NDArray[np.generic]]:
        """Return what is stored: keys as one run of bytes, and postings in the order of rank."""
        keys = [key.encode() for key in self.keys]
        order = sorted(range(len(keys)), key=keys.__getitem__)
        place_of = np.empty(len(keys), np.uint64)
        place_of[order] = np.arange(len(keys), dtype=np.uint64)
        ends = np.cumsum([0, *(len(keys[at]) for at in order)], dtype=np.uint32)
        stored: dict[str, npt.NDArray[np.generic]] = {
            f"{name}.keys": np.frombuffer(b"".join(keys[at] for at in order), np.uint8),
            f"{name}.ends": ends,
        }
        for field in range(len(self._ids)):
            ids, documents = self.pairs(field)
            both = place_of[ids] << np.uint64(32) | rank_of[documents].astype(np.uint64)
            both = np.unique(both)
            counts = np.bincount((both >> np.uint64(32)).astype(np.int64), minlength=len(keys))
            stored[f"{name}.starts{field}"] = np.cumsum([0, *counts], dtype=np.uint32)
            stored[f"{name}.documents{field}"] = both.astype(np.uint32)
        return stored


def signature(word: str) -> int:
    """Return which pairs of letters a word has, as 64 bits: one edit changes few of them."""
    bits = 0
    for one, other in pairwise(f"{{{word}}}"):
        bits |= 1 << ((ord(one) * 27 + ord(other) * 7) & 63)
    return bits


def is_correctable(word: str) -> bool:
    """Return whether typing errors are looked for: never in numbers, never in ideographs."""
    return word.isascii() and word.isalpha()


def pack(mask: npt.NDArray[np.bool_]) -> Bits:
    """Return a mask of documents as 64-bit words."""
    padded = np.zeros((mask.size + 63) // 64 * 8, np.uint8)
    packed = np.packbits(mask, bitorder="little")
    padded[: packed.size] = packed
    return padded.view(np.uint64)


def build(folder: Path, documents: Iterable[AgencyDocument]) -> int:
    """Write every array of one generation into an empty folder; return how many documents."""
    tables = {name: TableWriter(fields) for name, fields in TABLES.items()}
    facets: dict[str, dict[str, list[int]]] = {facet: {} for facet in FACETS}
    ranks: list[tuple[int, bool, float, str, int]] = []
    figures = array("q")
    for at, document in enumerate(documents):
        ranks.append(document.rank_key)
        figures.extend((document.reviews, document.newest_month, document.fingerprint))
        _add(tables, at, document)
        for facet, values in document.facets.items():
            for value in values:
                facets[facet].setdefault(value, []).append(at)
    total = len(ranks)
    order = sorted(range(total), key=ranks.__getitem__)
    rank_of = np.empty(total, np.uint32)
    rank_of[order] = np.arange(total, dtype=np.uint32)
    _add_skeletons(tables["words"], tables["skeletons"])

    stored: dict[str, npt.NDArray[np.generic]] = {}
    for name, table in tables.items():
        stored |= table.arrays(name, rank_of)
    vocabulary = sorted(tables["words"].keys, key=str.encode)
    words = [word if is_correctable(word) else "" for word in vocabulary]
    stored["words.signatures"] = np.array([signature(w) if w else 0 for w in words], np.uint64)
    stored["words.lengths"] = np.array([min(len(w), 255) for w in words], np.uint8)
    shown = [ranks[at][3].encode("utf-8", "replace") for at in order]
    stored["shown.keys"] = np.frombuffer(b"".join(shown), np.uint8)
    stored["shown.ends"] = np.cumsum([0, *map(len, shown)], dtype=np.uint32)
    columns = np.frombuffer(figures, np.int64).reshape(total, 3)[order]
    stored["reviews"] = columns[:, 0].astype(np.uint32)
    stored["newest"] = columns[:, 1].astype(np.uint32)
    stored["fingerprints"] = columns[:, 2]
    stored["pks"] = np.array([ranks[at][4] for at in order], np.int64)
    tiers = Counter(rank[0] for rank in ranks)
    about = {
        "format": FORMAT,
        "documents": total,
        "licensed": tiers[0],
        "facets": _add_facets(stored, facets, rank_of),
    }
    for name, values_of in stored.items():
        np.save(folder / f"{name}.npy", values_of)
    (folder / "about.json").write_text(json.dumps(about), encoding="utf-8")
    return total


def _add(tables: dict[str, TableWriter], at: int, document: AgencyDocument) -> None:
    for text in (document.name, *document.other_names):
        tables["words"].add(NAME, document_words(text), at)
        tables["names"].add(NAME, name_forms(text), at)
    for text in document.former_names:
        tables["words"].add(FORMER, document_words(text), at)
        tables["names"].add(FORMER, name_forms(text), at)
    if document.place:
        tables["words"].add(PLACE, document_words(document.place), at)
    for number in document.numbers:
        whole, parts = number_forms(number)
        tables["numbers"].add(WHOLE, whole, at)
        tables["numbers"].add(PART, parts, at)
    for phone in document.phones:
        forms = phone_forms(phone, document.calling_code)
        tables["phones"].add(WHOLE, forms, at)
        tables["phones"].add(PART, [form[-PHONE_TAIL:] for form in forms[:1]], at)


def _add_skeletons(words: TableWriter, skeletons: TableWriter) -> None:
    """Give every word's documents to its skeleton too."""
    skeleton_of = np.full(len(words.keys), -1, np.int64)
    for word, at in words.keys.items():
        bare = "" if word in OPTIONAL_WORDS else skeleton(word)
        if len(bare) >= SHORTEST_SKELETON:
            skeleton_of[at] = skeletons.keys.setdefault(bare, len(skeletons.keys))
    for field in (NAME, FORMER, PLACE):
        ids, documents = words.pairs(field)
        wanted = skeleton_of[ids] >= 0
        skeletons.extend(field, skeleton_of[ids[wanted]].astype(np.uint32), documents[wanted])


def _add_facets(
    stored: dict[str, npt.NDArray[np.generic]],
    facets: dict[str, dict[str, list[int]]],
    rank_of: Numbers,
) -> list[list[object]]:
    """Store a bitset for each common value and a list of documents for each rare one."""
    width = (rank_of.size + 63) // 64
    rows: list[Bits] = []
    rare: list[Numbers] = []
    about: list[list[object]] = []
    for facet in FACETS:
        common_values: list[str] = []
        rare_values: list[str] = []
        for value, members in sorted(facets[facet].items()):
            documents = np.unique(rank_of[members])
            if documents.size < width:
                rare_values.append(value)
                rare.append(documents)
                continue
            mask = np.zeros(rank_of.size, np.bool_)
            mask[documents] = True
            common_values.append(value)
            rows.append(pack(mask))
        about.append([facet, common_values, rare_values])
    stored["facets.bits"] = np.array(rows, np.uint64).reshape(len(rows), width)
    stored["facets.starts"] = np.cumsum([0, *(each.size for each in rare)], dtype=np.uint32)
    stored["facets.documents"] = np.concatenate([*rare, np.empty(0, np.uint32)])
    return about
