"""The rules of search read plainly, one document after the other: slow, but easy to check."""

from rapidfuzz.distance import OSA

from agencies.search.document import AgencyDocument
from agencies.search.query import FACETS, AgencyQuery, SearchResults
from agencies.search.words import (
    OPTIONAL_WORDS,
    Asked,
    Term,
    ask,
    document_words,
    name_forms,
    number_forms,
    phone_forms,
    skeleton,
)

EXACT, PREFIX, CORRECTED, SKELETON = range(4)


class ReferenceBackend:
    """Search by reading every document."""

    def __init__(self, documents: list[AgencyDocument]) -> None:
        self._documents = sorted(documents, key=lambda document: document.rank_key)
        self._words = {document.pk: _fields(document) for document in documents}
        self._vocabulary = {
            word for fields in self._words.values() for words in fields for word in words
        }

    def search(self, query: AgencyQuery) -> SearchResults:
        """Answer one question."""
        keys = self._keys(ask(query.text))
        texts = [document for document in self._documents if document.pk in keys]
        found = [d for d in texts if _passes(d, query, leave_out=None)]
        counts = {}
        for facet in FACETS:
            counts[facet] = {}
            for document in texts:
                if _passes(document, query, leave_out=facet):
                    for value in document.facets[facet]:
                        counts[facet][value] = counts[facet].get(value, 0) + 1
        shown = [d for d in found if d.tier == 0] if query.is_browsing else found
        if query.sort == "best":
            shown = sorted(shown, key=lambda d: keys[d.pk])
        elif query.sort == "reviews":
            shown = sorted(shown, key=lambda d: -d.reviews)
        elif query.sort == "newest":
            shown = sorted(shown, key=lambda d: -d.newest_month)
        return SearchResults(
            agency_ids=tuple(d.pk for d in shown[query.start : query.start + query.page_size]),
            total=len(shown),
            facet_counts=counts,
            hidden_total=len(found) - len(shown),
        )

    def _keys(self, asked: Asked) -> dict[int, tuple[object, ...]]:
        """Return the order key of every document that the text finds."""
        required = [term for term in asked.terms if not term.is_optional]
        kinds = {
            d.pk: [self._has(d, t, asked, wide=False) for t in required] for d in self._documents
        }
        begun = {d.pk: _begins(d, asked) for d in self._documents}
        found = {pk for pk, has in kinds.items() if None not in has or begun[pk] < 2}
        if required and not found:
            kinds = {
                d.pk: [self._has(d, t, asked, wide=True) for t in required] for d in self._documents
            }
            numbers = {pk: sum(has is not None for has in each) for pk, each in kinds.items()}
            most = max(numbers.values(), default=0)
            if 2 * most > len(required):
                found = {pk for pk, number in numbers.items() if number == most}
        keys = {}
        for pk in found:
            has = [(PREFIX, 0) if each is None else each for each in kinds[pk]]
            lacks = sum(
                term.word not in self._words[pk][0]
                for term in asked.terms
                if term.is_optional and term.word in self._vocabulary
            )
            place = begun[pk]
            if place == 0:
                keys[pk] = (0, 0, 0, lacks)
            else:
                keys[pk] = (sum(kind for kind, _ in has), sum(f for _, f in has), place, lacks)
        return keys

    def _has(
        self, document: AgencyDocument, term: Term, asked: Asked, *, wide: bool
    ) -> tuple[int, int] | None:
        """Return the best kind and field by which a document has a word."""
        ways = [(kind, 0) for kind in _number_kinds(document, term, asked)]
        known = any(word.startswith(term.word) for word in self._vocabulary)
        near = self._near(term.word)
        for field, words in enumerate(self._words[document.pk]):
            for word in words:
                if word == term.word:
                    ways.append((EXACT, field))
                elif word.startswith(term.word):
                    ways.append((PREFIX, field))
                if (wide or not known) and word in near:
                    ways.append((CORRECTED, field))
                if (wide or (not known and not near)) and _same_skeleton(word, term.word):
                    ways.append((SKELETON, field))
        return min(ways, default=None)

    def _near(self, word: str) -> set[str]:
        if not (word.isascii() and word.isalpha()) or len(word) < 4:
            return set()
        errors = 1 if len(word) < 8 else 2
        return {
            other
            for other in self._vocabulary
            if other.isascii() and other.isalpha() and 0 < OSA.distance(word, other) <= errors
        }


def _fields(document: AgencyDocument) -> list[set[str]]:
    name: set[str] = set()
    for text in (document.name, *document.other_names):
        name.update(document_words(text))
    former: set[str] = set()
    for text in document.former_names:
        former.update(document_words(text))
    return [name, former, set(document_words(document.place))]


def _same_skeleton(one: str, other: str) -> bool:
    bare = skeleton(one)
    return one not in OPTIONAL_WORDS and len(bare) >= 2 and bare == skeleton(other)


def _number_kinds(document: AgencyDocument, term: Term, asked: Asked) -> list[int]:
    kinds = []
    for window in asked.numbers:
        if window.first <= term.first and term.last <= window.last:
            for number in document.numbers:
                whole, parts = number_forms(number)
                kinds += [EXACT] * (window.key in whole) + [PREFIX] * (window.key in parts)
    for window in asked.phones:
        if window.first <= term.first and term.last <= window.last:
            for phone in document.phones:
                kinds += [EXACT] * (window.key in phone_forms(phone, document.calling_code))
    return kinds


def _begins(document: AgencyDocument, asked: Asked) -> int:
    """Return 0 where a name is the text, 1 where one begins with it, else 2."""
    best = 2
    for text in (document.name, *document.other_names, *document.former_names):
        for form in name_forms(text):
            for wanted in {asked.folded, asked.phrase} - {""}:
                if form == wanted:
                    return 0
                if form.startswith(wanted):
                    best = 1
    return best


def _passes(document: AgencyDocument, query: AgencyQuery, leave_out: str | None) -> bool:
    if query.is_browsing and leave_out not in {None, "status"} and document.tier != 0:
        return False
    return all(
        facet == leave_out or not values or set(values) & set(document.facets[facet])
        for facet, values in query.facets.items()
    )
