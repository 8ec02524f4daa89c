"""What stands around a list of agencies: facet groups with counts, chips, sort links, pager."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from agencies.models import Standing
from agencies.search.query import (
    BEST,
    FACETS,
    MOST_REVIEWS,
    NEWEST,
    REVIEW_BUCKETS,
    STANDARD,
    AgencyQuery,
    SearchResults,
)
from agencies.standing import MEANINGS

NOT_LICENSED = [name for name, meaning in MEANINGS.items() if meaning.tier]
MOST_OPTIONS = 12  # of one group; a chosen one always stands


@dataclass(frozen=True)
class Option:
    """One box to tick, and how many agencies it would give."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Group:
    """The options of one facet."""

    name: str
    legend: str
    options: tuple[Option, ...]

    @property
    def is_used(self) -> bool:
        """Say whether any option is chosen."""
        return any(option.is_chosen for option in self.options)


@dataclass(frozen=True)
class Link:
    """A link that changes the address of the list."""

    label: str
    address: str
    is_current: bool = False


def legends() -> dict[str, str]:
    """Return the heading of each facet in the language in use."""
    return {
        "country": _("Country of the agency"),
        "status": _("Licence"),
        "city": _("City or district"),
        "reviews": _("Number of reports"),
        "destination": _("Going to"),
    }


def _label(facet: str, value: str, countries: Mapping[str, str]) -> str:
    if facet in {"country", "destination"}:
        return countries.get(value, value.upper())
    if facet == "status" and value in Standing.values:
        return str(Standing(value).label)
    if facet == "reviews":
        return {"0": _("None"), "1-4": _("1 to 4"), "5-19": _("5 to 19"), "20+": _("20 or more")}.get(
            value, value
        )
    return value


def groups(
    query: AgencyQuery, results: SearchResults, countries: Mapping[str, str]
) -> list[Group]:
    """Return the facet groups in a fixed order, each with its most frequent options."""
    found = []
    for facet, legend in legends().items():
        counts = results.facet_counts.get(facet, {})
        chosen = query.facets.get(facet, ())
        options = [
            Option(value, _label(facet, value, countries), counts.get(value, 0), value in chosen)
            for value in {*counts, *chosen}
            if value and (counts.get(value) or value in chosen)
        ]
        if facet == "reviews":
            options.sort(key=lambda option: REVIEW_BUCKETS.index(option.value))
        else:
            options.sort(key=lambda option: (not option.is_chosen, -option.count, option.label))
            options = options[:MOST_OPTIONS]
        if options:
            found.append(Group(facet, legend, tuple(options)))
    return found


def _address(parameters: QueryDict, **changes: str | None) -> str:
    changed = parameters.copy()
    changed.pop("page", None)
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"


def with_every_status(parameters: QueryDict) -> str:
    """Return the address that lists what browsing leaves out: all standings not licensed today."""
    changed = parameters.copy()
    changed.pop("page", None)
    changed.setlist("status", NOT_LICENSED)
    return f"?{changed.urlencode()}"


def without(parameters: QueryDict, name: str, *values: str) -> str:
    """Return the address of the same list with chosen values of one facet taken away."""
    changed = parameters.copy()
    changed.pop("page", None)
    changed.setlist(name, [each for each in changed.getlist(name) if each not in values])
    return f"?{changed.urlencode()}"


def chips(
    query: AgencyQuery, parameters: QueryDict, countries: Mapping[str, str]
) -> list[Link]:
    """Return one removable chip for each value in force."""
    names = legends()
    links = []
    for facet in FACETS:
        values = query.facets.get(facet, ())
        if facet == "status" and set(NOT_LICENSED) <= set(values):
            # Thirteen chips for what a reader asked for in one tap would bury the list.
            links.append(Link(_("Not licensed today"), without(parameters, facet, *NOT_LICENSED)))
            values = tuple(value for value in values if value not in NOT_LICENSED)
        for value in values:
            label = _label(facet, value, countries)
            if facet != "country":
                label = _("%(facet)s: %(value)s") % {"facet": names[facet], "value": label}
            links.append(Link(label, without(parameters, facet, value)))
    return links


def sorts(query: AgencyQuery, parameters: QueryDict) -> list[Link]:
    """Return the orders a reader can choose; no order can be bought (J-SEARCH-9)."""
    names = {
        BEST: _("Best match"),
        STANDARD: _("Licensed, then best rated"),
        MOST_REVIEWS: _("Most reports"),
        NEWEST: _("Newest report"),
    }
    if not query.text.strip():
        del names[BEST]
    current = query.sort if query.sort in names else STANDARD
    return [
        Link(label, _address(parameters, sort=name), name == current)
        for name, label in names.items()
    ]


@dataclass(frozen=True)
class Pager:
    """Where a page stands in the list, and the addresses of its neighbours."""

    page: int
    pages: int
    earlier: str
    later: str


def pager(query: AgencyQuery, total: int, parameters: QueryDict) -> Pager:
    """Return the pager of a list of ``total`` agencies."""
    pages = max(1, -(-total // query.page_size))
    page = min(max(query.page, 1), pages)

    def at(number: int) -> str:
        return _address(parameters, page=str(number))

    return Pager(
        page,
        pages,
        earlier=at(page - 1) if page > 1 else "",
        later=at(page + 1) if page < pages else "",
    )


def elsewhere(
    query: AgencyQuery,
    results: SearchResults,
    parameters: QueryDict,
    countries: Iterable[tuple[str, str]],
) -> list[tuple[int, Link]]:
    """Return how many agencies the same words give in other countries (J-NF-6)."""
    chosen = query.facets.get("country", ())
    counts = results.facet_counts.get("country", {})
    return [
        (counts[code], Link(name, _address(parameters, country=code)))
        for code, name in countries
        if counts.get(code) and code not in chosen
    ]
