"""Which documents a text finds in one generation, and in which order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from agencies.search.backends.embedded.build import (
    FORMER,
    NAME,
    PART,
    PLACE,
    SHORTEST_SKELETON,
    WHOLE,
    Numbers,
    is_correctable,
    signature,
)
from agencies.search.backends.embedded.index import Index
from agencies.search.words import Asked, Term, skeleton

Mask = npt.NDArray[np.bool_]
Costs = npt.NDArray[np.uint8]
Keys = npt.NDArray[np.int32]

EXACT, PREFIX, CORRECTED, SKELETON = range(4)
FIELDS = 3
NOT_FOUND = 255
# How the parts of an order key weigh: kind of match, field, beginning of a name, and at last the
# words that narrow nothing.
_OPTIONAL, _PHRASE, _FIELD = 1, 20, 20 * 3
_KIND = _FIELD * 40
_ONE_ERROR, _TWO_ERRORS = 4, 8  # letters from which one and two typing errors are forgiven
_BIGRAMS_AN_ERROR = 3  # two swapped letters change three pairs
MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Matches:
    """Which documents match, how well (smaller is better), and better spellings."""

    mask: Mask
    order: Keys
    suggestions: tuple[str, ...] = ()


def allowed_errors(word: str) -> int:
    """Return how many typing errors a word may have: 1 from 4 letters on, 2 from 8 on."""
    if not is_correctable(word) or len(word) < _ONE_ERROR:
        return 0
    return 1 if len(word) < _TWO_ERRORS else 2


def corrections(index: Index, word: str, errors: int) -> dict[int, int]:
    """Return the words within so many errors, each with its distance."""
    if not errors:
        return {}
    mine = np.uint64(signature(word))
    near = np.abs(index.lengths.astype(np.int16) - len(word)) <= errors
    near &= np.bitwise_count(mine & ~index.signatures) <= _BIGRAMS_AN_ERROR * errors
    places = np.flatnonzero(near & (index.signatures != 0))
    if not places.size:
        return {}
    words = index.tables["words"]
    texts = [words.text(at) for at in places.tolist()]
    distances = cdist(
        [word], texts, scorer=OSA.distance, score_cutoff=errors, dtype=np.uint8, workers=1
    )[0]
    return {
        int(at): int(distance)
        for at, distance in zip(places, distances, strict=True)
        if 0 < distance <= errors
    }


class Matcher:
    """One text asked of one generation."""

    def __init__(self, index: Index, asked: Asked) -> None:
        self._index = index
        self._asked = asked
        self._required = [term for term in asked.terms if not term.is_optional]
        self._better: list[tuple[str, list[str]]] = []

    def matches(self) -> Matches:
        """Return what matches: every word, else every word corrected, else most of the words."""
        whole, begun = self._whole_names()
        if not self._required:
            mask = np.ones(self._index.size, np.bool_)
            return Matches(mask, self._order(mask, [], whole, begun))
        costs = [self._costs(term, wide=False) for term in self._required]
        mask = begun.copy()
        mask |= np.logical_and.reduce([cost < NOT_FOUND for cost in costs])
        if not mask.any():
            costs = [self._costs(term, wide=True) for term in self._required]
            found = np.add.reduce([(cost < NOT_FOUND).astype(np.uint8) for cost in costs])
            most = int(np.max(found, initial=0))
            if 2 * most > len(costs):
                mask = found == most
        return Matches(mask, self._order(mask, costs, whole, begun), self._respelled())

    def nearest(self) -> tuple[str, ...]:
        """Return up to three names worth trying where nothing matches."""
        index = self._index
        if self._asked.phone_tail:
            phones = index.tables["phones"]
            at = phones.find(self._asked.phone_tail)
            if at is not None:
                return self._names(phones.documents(PART, at, at + 1))
        words = [term for term in self._required if is_correctable(term.word)]
        found = np.zeros(index.size, np.uint8)
        for term in words:
            errors = min(len(term.word) // 3, 3)
            found += self._costs(term, wide=True, errors=errors) < NOT_FOUND
        best = int(np.max(found, initial=0))
        return self._names(np.flatnonzero(found == best)) if best else ()

    def _names(self, documents: Iterable[int]) -> tuple[str, ...]:
        names: dict[str, None] = {}
        for at in documents:
            names[self._index.shown.text(int(at))] = None
            if len(names) == MOST_SUGGESTIONS:
                break
        return tuple(names)

    def _whole_names(self) -> tuple[Mask, Mask]:
        """Return whose name is the text, and whose name begins with it."""
        names = self._index.tables["names"]
        whole, begun = (np.zeros(self._index.size, np.bool_) for _ in range(2))
        for form in {self._asked.folded, self._asked.phrase} - {""}:
            first, last = names.beginning_with(form)
            for field in (NAME, FORMER):
                begun[names.documents(field, first, last)] = True
                if first < last and names[first] == form.encode():
                    whole[names.documents(field, first, first + 1)] = True
        return whole, begun

    def _costs(self, term: Term, *, wide: bool, errors: int | None = None) -> Costs:
        """Return how each document has a word: kind of match times three plus field, or 255."""
        costs = np.full(self._index.size, NOT_FOUND, np.uint8)
        steps = [*self._in_words(term.word, wide=wide, errors=errors), *self._numbers(term)]
        for cost, documents in sorted(steps, key=lambda step: -step[0]):
            costs[documents] = cost
        return costs

    def _in_words(
        self, word: str, *, wide: bool, errors: int | None
    ) -> Iterator[tuple[int, Numbers]]:
        words, skeletons = self._index.tables["words"], self._index.tables["skeletons"]
        first, last = words.beginning_with(word)
        is_word = first < last and words[first] == word.encode()
        for field in (NAME, FORMER, PLACE):
            if is_word:
                yield EXACT * FIELDS + field, words.documents(field, first, first + 1)
            yield PREFIX * FIELDS + field, words.documents(field, first + is_word, last)
        if first < last and not wide:
            return
        near = corrections(self._index, word, allowed_errors(word) if errors is None else errors)
        if first == last and near:
            nearest = sorted(near, key=lambda at: (near[at], at))[:MOST_SUGGESTIONS]
            self._better.append((word, [words.text(at) for at in nearest]))
        for field in (NAME, FORMER, PLACE):
            for at in near:
                yield CORRECTED * FIELDS + field, words.documents(field, at, at + 1)
        if near and not wide:
            return
        bare = skeleton(word)
        alike = skeletons.find(bare) if len(bare) >= SHORTEST_SKELETON else None
        if alike is not None:
            for field in (NAME, FORMER, PLACE):
                yield SKELETON * FIELDS + field, skeletons.documents(field, alike, alike + 1)

    def _numbers(self, term: Term) -> list[tuple[int, Numbers]]:
        """Return the documents whose licence or phone number stands where the term stands."""
        steps: list[tuple[int, Numbers]] = []
        numbers, phones = self._index.tables["numbers"], self._index.tables["phones"]
        for table, windows in ((numbers, self._asked.numbers), (phones, self._asked.phones)):
            for window in windows:
                if not window.first <= term.first < term.last <= window.last:
                    continue
                at = table.find(window.key)
                if at is None:
                    continue
                steps.append((EXACT * FIELDS, table.documents(WHOLE, at, at + 1)))
                if table is numbers:
                    steps.append((PREFIX * FIELDS, table.documents(PART, at, at + 1)))
        return steps

    def _order(self, mask: Mask, costs: list[Costs], whole: Mask, begun: Mask) -> Keys:
        """Return the order key of each match, in the order of the documents."""
        places = np.flatnonzero(mask)
        key = np.full(places.size, 2 * _PHRASE, np.int32)
        for cost in costs:
            mine = cost[places].astype(np.int32)
            # A name that begins with the whole text need not have every word of its own.
            mine[mine == NOT_FOUND] = PREFIX * FIELDS
            key += mine // FIELDS * _KIND + mine % FIELDS * _FIELD
        key[begun[places]] -= _PHRASE
        key[whole[places]] = 0
        for term in self._asked.terms:
            if term.is_optional and (at := self._index.tables["words"].find(term.word)) is not None:
                lacks = np.ones(self._index.size, np.bool_)
                lacks[self._index.tables["words"].documents(NAME, at, at + 1)] = False
                key += lacks[places] * _OPTIONAL
        return key

    def _respelled(self) -> tuple[str, ...]:
        """Return the text with each unknown word replaced by the nearest known ones."""
        if not self._better:
            return ()
        best = dict(self._better)
        word, others = self._better[0]
        texts = []
        for other in others:
            terms = [term.word for term in self._asked.terms]
            texts.append(
                " ".join(other if t == word else best[t][0] if t in best else t for t in terms)
            )
        return tuple(dict.fromkeys(texts))
