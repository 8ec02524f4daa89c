"""The one declaration of the parameters of the agency search, and what to do with wrong ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlencode

import django_filters
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from agencies.models import Agency, Standing
from agencies.search import SearchUnavailableError, backend
from agencies.search.query import (
    BEST,
    FACETS,
    MOST_CHARACTERS,
    MOST_REVIEWS,
    NEWEST,
    REVIEW_BUCKETS,
    SORTS,
    STANDARD,
    AgencyQuery,
    SearchResults,
)
from recruitadvisor.core.models import Country
from recruitadvisor.core.text import clean, fold, western_digits

PAGE_SIZE = 20
LAST_PAGE = 100_000
MOST_VALUES = 50  # of one facet in one address
_LONGEST_VALUE = 120
_SHOWN_OF_A_WRONG_VALUE = 40

SORT_LABELS = {
    BEST: gettext_lazy("Best match"),
    STANDARD: gettext_lazy("Licensed first"),
    MOST_REVIEWS: gettext_lazy("Most reviews"),
    NEWEST: gettext_lazy("Newest review"),
}
FACET_LABELS = {
    "country": gettext_lazy("Country of the agency"),
    "status": gettext_lazy("Licence"),
    "city": gettext_lazy("City or district"),
    "reviews": gettext_lazy("Number of reviews"),
    "destination": gettext_lazy("Country of work"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: ``query`` is the address without path that turns it on or off."""

    value: str
    label: str
    count: int
    is_chosen: bool
    query: str


class FacetGroup(NamedTuple):
    """One facet with its options, the most frequent first."""

    name: str
    label: str
    options: list[Option]

    @property
    def is_used(self) -> bool:
        """Whether any value is chosen."""
        return any(option.is_chosen for option in self.options)


class Chip(NamedTuple):
    """One thing that narrows the list; ``query`` is the address without path that removes it."""

    name: str
    label: str
    query: str


class _AnyChoices(forms.MultipleChoiceField):
    def valid_value(self, value: object) -> bool:  # wrong ones went before the form
        return True


class _AnyChoicesFilter(django_filters.MultipleChoiceFilter):
    field_class = _AnyChoices


class AgencyFilterSet(django_filters.FilterSet):
    """What the address asks for: wrong parameters are named in ``errors`` and left out."""

    q = django_filters.CharFilter(label=gettext_lazy("Agency name, licence number or phone"))
    country = _AnyChoicesFilter(label=FACET_LABELS["country"])
    status = _AnyChoicesFilter(label=FACET_LABELS["status"], choices=Standing.choices)
    city = _AnyChoicesFilter(label=FACET_LABELS["city"])
    reviews = _AnyChoicesFilter(label=FACET_LABELS["reviews"])
    destination = _AnyChoicesFilter(label=FACET_LABELS["destination"])
    sort = django_filters.ChoiceFilter(
        label=gettext_lazy("Sort"), choices=tuple(SORT_LABELS.items())
    )

    def __init__(self, data: QueryDict | Mapping[str, str]) -> None:
        self._wrong: dict[str, list[str]] = {}
        self.text = self._read_text(data)
        self.facets: dict[str, tuple[str, ...]] = {}
        for facet in FACETS:
            if values := self._read_facet(facet, data):
                self.facets[facet] = values
        self.sort = self._read_sort(data)
        self.page = self._read_page(data)
        known = QueryDict(mutable=True)
        known["q"] = self.text
        for facet, values in self.facets.items():
            known.setlist(facet, list(values))
        known["sort"] = self.sort
        super().__init__(known, queryset=Agency.objects.none())

    @property
    def errors(self) -> dict[str, list[str]]:
        """Return what was left out, as sentences by parameter."""
        return self._wrong

    @property
    def form(self) -> forms.Form:
        """Return the form as it was understood, with what was left out beside its field."""
        is_new = not hasattr(self, "_form")
        form: forms.Form = super().form
        if is_new:
            form.is_valid()
            for name, sentences in self._wrong.items():
                for sentence in sentences:
                    form.add_error(name if name in form.fields else None, sentence)
        return form

    def to_query(self, *, page: int | None = None, page_size: int = PAGE_SIZE) -> AgencyQuery:
        """Return the question for ``search_agencies``."""
        return AgencyQuery(
            text=self.text if fold(self.text) else "",
            facets=self.facets,
            sort=self.sort,
            page=min(max(page if page is not None else self.page, 1), LAST_PAGE),
            page_size=page_size,
        )

    def query_string(self, *, page: int = 1, **changes: str | tuple[str, ...]) -> str:
        """Return the address of this list without path ("?q=…"), with some parameters changed.

        Default values are left out; choosing anything leads back to the first page.
        """
        return self._address(changes, page)

    def _address(self, changes: Mapping[str, str | tuple[str, ...]], page: int = 1) -> str:
        pairs: list[tuple[str, str]] = []
        text = changes.get("q", self.text)
        if isinstance(text, str) and text:
            pairs.append(("q", text))
        for facet in FACETS:
            values = changes.get(facet, self.facets.get(facet, ()))
            pairs += [(facet, value) for value in values]
        sort = changes.get("sort", self.sort)
        if isinstance(sort, str) and sort != BEST:
            pairs.append(("sort", sort))
        if page > 1:
            pairs.append(("page", str(page)))
        return "?" + urlencode(pairs)

    def active_chips(self) -> list[Chip]:
        """Return every chosen value with the address that removes it."""
        names = country_names(
            {*self.facets.get("country", ()), *self.facets.get("destination", ())}
        )
        return [
            Chip(facet, value_label(facet, value, names), self._toggled(facet, value))
            for facet, values in self.facets.items()
            for value in values
        ]

    def facet_groups(self, results: SearchResults) -> list[FacetGroup]:
        """Return every facet with its counts; chosen values stay even where nothing is left."""
        codes = {
            code
            for facet in ("country", "destination")
            for code in (*results.facet_counts.get(facet, {}), *self.facets.get(facet, ()))
        }
        names = country_names(codes)
        groups = []
        for facet in FACETS:
            counts = results.facet_counts.get(facet, {})
            chosen = self.facets.get(facet, ())
            options = [
                Option(
                    value,
                    value_label(facet, value, names),
                    counts.get(value, 0),
                    value in chosen,
                    self._toggled(facet, value),
                )
                for value in dict.fromkeys([*counts, *chosen])
            ]
            if facet == "reviews":
                options.sort(key=lambda option: REVIEW_BUCKETS.index(option.value))
            else:
                options.sort(key=lambda option: (-option.count, option.label))
            groups.append(FacetGroup(facet, str(FACET_LABELS[facet]), options))
        return groups

    def sort_options(self) -> list[Option]:
        """Return the orders on offer; the best match needs a text."""
        return [
            Option(sort, str(label), 0, sort == self.sort, self._address({"sort": sort}))
            for sort, label in SORT_LABELS.items()
            if sort != STANDARD or self.text
        ]

    def _toggled(self, facet: str, value: str) -> str:
        chosen = self.facets.get(facet, ())
        left = tuple(each for each in chosen if each != value)
        return self._address({facet: left if value in chosen else (*chosen, value)})

    def _complain(self, name: str, sentence: str) -> None:
        sentences = self._wrong.setdefault(name, [])
        if sentence not in sentences:
            sentences.append(sentence)

    def _read_text(self, data: Mapping[str, str]) -> str:
        # Cut before cleaning, so that a megabyte costs nothing.
        raw = str(data.get("q") or "")[: MOST_CHARACTERS * 4]
        text = clean(raw)
        if len(text) > MOST_CHARACTERS:
            text = text[:MOST_CHARACTERS].rstrip()
            sentence = ngettext(
                "We searched for the first %(count)d character only.",
                "We searched for the first %(count)d characters only.",
                MOST_CHARACTERS,
            )
            self._complain("q", sentence % {"count": MOST_CHARACTERS})
        if raw and not fold(text):
            self._complain("q", _("Type a name or a number."))
        return text

    def _read_facet(self, facet: str, data: QueryDict | Mapping[str, str]) -> tuple[str, ...]:
        given = data.getlist(facet) if isinstance(data, QueryDict) else [data.get(facet, "")]
        if len(given) > MOST_VALUES:
            given = given[:MOST_VALUES]
            self._complain(facet, _("You chose too many. We left some out."))
        kept: dict[str, None] = {}
        for raw in given:
            value = clean(raw[: _LONGEST_VALUE * 2])[:_LONGEST_VALUE]
            if facet in {"country", "destination"}:
                value = value.lower()
            if value in kept or not raw:
                continue
            if _is_known(facet, value):
                kept[value] = None
            else:
                shown = value[:_SHOWN_OF_A_WRONG_VALUE]
                sentence = _("We do not know “%(value)s”. We left it out.")
                self._complain(facet, sentence % {"value": shown})
        return tuple(kept)

    def _read_sort(self, data: Mapping[str, str]) -> str:
        sort = data.get("sort") or BEST
        if sort in SORTS:
            return sort
        self._complain("sort", _("We do not know this order. We used the usual one."))
        return BEST

    def _read_page(self, data: Mapping[str, str]) -> int:
        raw = western_digits(str(data.get("page") or "1")[:20].strip())
        if raw.isascii() and raw.isdigit() and 1 <= int(raw) <= LAST_PAGE:
            return int(raw)
        self._complain("page", _("There is no such page. This is the first."))
        return 1


def _is_known(facet: str, value: str) -> bool:
    if facet == "status":
        return value in Standing.values
    if facet == "reviews":
        return value in REVIEW_BUCKETS
    try:
        if backend().has_value(facet, value):
            return True
    except SearchUnavailableError:
        return facet == "city" or Country.objects.filter(pk=value).exists()
    return facet != "city" and Country.objects.filter(pk=value).exists()


def country_names(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of countries in the reader's language by code."""
    wanted = set(codes)
    if not wanted:
        return {}
    return dict(Country.objects.filter(pk__in=wanted).values_list("pk", "name"))


def value_label(facet: str, value: str, names: Mapping[str, str]) -> str:
    """Return what a reader sees for one value of a facet."""
    if facet == "status" and value in Standing.values:
        return str(Standing(value).label)
    if facet in {"country", "destination"}:
        return names.get(value, value.upper())
    if facet == "reviews" and value == "0":
        return _("No reviews yet")
    return value


def last_page(results: SearchResults, page_size: int = PAGE_SIZE) -> int:
    """Return the number of the last page, at least 1."""
    return max(1, -(-results.total // page_size))
