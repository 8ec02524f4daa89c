"""What a new list would change, compared with what the database holds. Pure; writes nothing."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agencies.identity import is_cut_form, together
from agencies.imports.rows import ListRow, bare
from agencies.imports.sources import Source

NOT_ON_LIST = "not_on_list"


@dataclass(frozen=True, slots=True)
class Held:
    """A licence as the database holds it, from an earlier list of the same source."""

    licence_id: int
    agency_id: int
    name_key: str
    number_key: str
    mapped: dict[str, Any]
    standing: str
    expires_on: date | None
    aliases: frozenset[str] = frozenset()

    @property
    def is_on_list(self) -> bool:
        """Whether the list before this one still had it."""
        return self.standing != NOT_ON_LIST


@dataclass(frozen=True, slots=True)
class Match:
    """A row and the licence it continues; what differs, and whether it is only cosmetic."""

    row: ListRow
    held: Held
    fields: tuple[str, ...]  # that differ in substance
    is_cosmetic: bool
    is_renewal: bool = False  # a new licence under a new number of the same agency
    is_rename: bool = False  # proposed: the printed name is new, a person decides

    @property
    def status_changes(self) -> bool:
        """Whether the official word changed its meaning or, in substance, its text."""
        was, now = self.held.mapped.get("status", ""), self.row.mapped.get("status", "")
        return self.row.standing != self.held.standing or bare(was) != bare(now)

    @property
    def is_unchanged(self) -> bool:
        """Whether nothing of substance differs."""
        return not self.fields and not self.status_changes and not self.is_renewal


@dataclass(slots=True)
class Plan:
    """Everything ``apply_plan`` needs, and everything a person is shown before."""

    matches: list[Match] = field(default_factory=list)
    created: list[ListRow] = field(default_factory=list)
    missing: list[Held] = field(default_factory=list)
    waiting: list[tuple[ListRow, str]] = field(default_factory=list)  # for a person, with the code
    untouched: list[Held] = field(default_factory=list)  # what the waiting rows may belong to
    questions: list[tuple[ListRow, str]] = field(default_factory=list)  # applied, but to look at
    on_list: int = 0  # licences of the current list

    @property
    def changed(self) -> list[Match]:
        """Matches that differ in substance."""
        return [match for match in self.matches if not match.is_unchanged]

    @property
    def status_changes(self) -> list[Match]:
        """Matches whose status differs."""
        return [match for match in self.matches if match.status_changes]


class _Matching:
    """Rows and licences that found no partner yet, and the pairs found so far."""

    def __init__(self, rows: Iterable[ListRow], held: Iterable[Held], source: Source) -> None:
        self.rows = {row.line: row for row in rows}
        self.held = {licence.licence_id: licence for licence in held}
        self.source = source
        self.matches: list[Match] = []
        self.waiting: list[tuple[ListRow, str]] = []
        self.untouched: list[Held] = []

    def link(self, row: ListRow, held: Held, *, rename: bool = False) -> None:
        renewal = bool(
            row.number_key and held.number_key and row.number_key != held.number_key and not rename
        )
        del self.rows[row.line], self.held[held.licence_id]
        self.matches.append(compare(row, held, is_renewal=renewal, is_rename=rename))

    def ask(self, rows: Iterable[ListRow], held: Iterable[Held], code: str) -> None:
        """Leave these rows to a person: neither new nor applied, and their licences not missing."""
        for row in rows:
            self.waiting.append((self.rows.pop(row.line), code))
        for licence in held:
            self.untouched.append(self.held.pop(licence.licence_id))

    def groups(
        self, row_key: Callable[[ListRow], str], held_key: Callable[[Held], str]
    ) -> list[tuple[list[ListRow], list[Held]]]:
        """Return rows and licences that share a key; an empty key is shared with nobody."""
        rows: defaultdict[str, list[ListRow]] = defaultdict(list)
        held: defaultdict[str, list[Held]] = defaultdict(list)
        for row in self.rows.values():
            rows[row_key(row)].append(row)
        for licence in self.held.values():
            held[held_key(licence)].append(licence)
        return [(rows[key], held[key]) for key in rows if key and key in held]

    def by_number(self) -> None:
        """M-2: one number key, and names that agree; anything else goes to a person."""
        for rows, held in self.groups(lambda row: row.number_key, lambda held: held.number_key):
            if len(rows) == len(held) == 1:
                if names_agree(rows[0], held[0]):
                    self.link(rows[0], held[0])
                else:
                    self.ask(rows, held, "number_with_another_name")
                continue
            for row in list(rows):
                same = [one for one in held if one.mapped.get("name") == row.mapped["name"]]
                if len(same) == 1 and same[0].licence_id in self.held:
                    self.link(row, same[0])
            left_rows = [row for row in rows if row.line in self.rows]
            left_held = [one for one in held if one.licence_id in self.held]
            if left_rows and left_held:
                self.ask(left_rows, left_held, "number_on_several_rows")

    def by_name(self) -> None:
        """M-3 and M-3a: one name key (and place); several of one key pair off or wait."""
        with_place = self.source.row_key == "name_address"
        for rows, held in self.groups(
            lambda row: _place_key(row.name_key, row.mapped, with_place=with_place),
            lambda held: _place_key(held.name_key, held.mapped, with_place=with_place),
        ):
            if len(rows) == len(held) == 1:
                self._link_by_name(rows[0], held[0])
                continue
            for criterion in CRITERIA:
                self._pair_off(rows, held, criterion)
            left_rows = [row for row in rows if row.line in self.rows]
            left_held = [one for one in held if one.licence_id in self.held]
            if left_rows and left_held:
                self._last_of_a_group(left_rows, left_held)

    def _last_of_a_group(self, rows: list[ListRow], held: list[Held]) -> None:
        """Rows nobody can tell apart pair in order; the others wait for a person."""
        contents = {_whole(one.mapped) for one in rows} | {_whole(one.mapped) for one in held}
        if len(contents) == 1:
            for row, licence in zip(rows, held, strict=False):
                self.link(row, licence)
        elif len(rows) == len(held) == 1:
            self._link_by_name(rows[0], held[0])
        else:
            self.ask(rows, held, "several_of_one_name")

    def _link_by_name(self, row: ListRow, held: Held) -> None:
        """M-4: a name under another number is a renewal only where the profile says so."""
        other_number = row.number_key and held.number_key and row.number_key != held.number_key
        if other_number and not self.source.numbers_change:
            self.ask([row], [held], "name_with_another_number")
        else:
            self.link(row, held)

    def _pair_off(
        self, rows: list[ListRow], held: list[Held], criterion: Callable[[dict[str, Any]], object]
    ) -> None:
        here: defaultdict[object, list[ListRow]] = defaultdict(list)
        there: defaultdict[object, list[Held]] = defaultdict(list)
        for row in rows:
            if row.line in self.rows:
                here[criterion(row.mapped)].append(row)
        for licence in held:
            if licence.licence_id in self.held:
                there[criterion(licence.mapped)].append(licence)
        for value, alike in here.items():
            if value and len(alike) == 1 and len(there.get(value, ())) == 1:
                self._link_by_name(alike[0], there[value][0])

    def renames(self) -> None:
        """M-5: a disappeared name that is the former name of a new row, also when cut."""
        by_key: defaultdict[str, list[Held]] = defaultdict(list)
        for licence in self.held.values():
            by_key[licence.name_key].append(licence)
        for row in [row for row in self.rows.values() if row.former]:
            found = [one for former in row.former for one in by_key.get(former, ())]
            if not found and row.is_cut:
                found = [
                    one
                    for key, licences in by_key.items()
                    if any(is_cut_form(former, key) for former in row.former)
                    for one in licences
                ]
            found = [one for one in found if one.licence_id in self.held]
            if len(found) == 1:
                self.link(row, found[0], rename=True)


def _whole(mapped: dict[str, Any]) -> str:
    return repr(sorted(mapped.items()))


# A row that did not change at all comes before M-3a's own order, which cannot see the status.
CRITERIA: tuple[Callable[[dict[str, Any]], object], ...] = (
    _whole,
    lambda mapped: mapped.get("name"),
    lambda mapped: (mapped.get("issued_on"), mapped.get("expires_on")),
    lambda mapped: bare(mapped.get("address", "")),
    lambda mapped: tuple(mapped.get("phones", ())),
)


def _place_key(key: str, mapped: dict[str, Any], *, with_place: bool) -> str:
    return f"{key}\n{bare(mapped.get('address', ''))}" if with_place else key


def names_agree(row: ListRow, held: Held) -> bool:
    """Say whether the names are one by M-1, or one is a known other name of the other."""
    if row.name_key == held.name_key:
        return True
    return row.name_key in held.aliases or held.name_key in row.former


def compare(
    row: ListRow, held: Held, *, is_renewal: bool = False, is_rename: bool = False
) -> Match:
    """Return a match with the fields that differ in substance; cosmetic differences apart."""
    if row.mapped == held.mapped:
        return Match(row, held, (), is_cosmetic=False, is_renewal=is_renewal, is_rename=is_rename)
    differing = [
        name
        for name in row.mapped.keys() | held.mapped.keys()
        if row.mapped.get(name) != held.mapped.get(name)
    ]
    fields = tuple(
        sorted(
            name
            for name in differing
            if name != "status" and _bare_value(row, name) != _bare_value(held, name)
        )
    )
    return Match(
        row, held, fields, is_cosmetic=not fields, is_renewal=is_renewal, is_rename=is_rename
    )


def _bare_value(one: ListRow | Held, name: str) -> object:
    value = one.mapped.get(name, "")
    return [bare(part) for part in value] if isinstance(value, list) else bare(value)


def make_plan(rows: Sequence[ListRow], held: Sequence[Held], source: Source) -> Plan:
    """Pair rows with licences by M-2 to M-5 and sort out what is new, missing or unclear.

    Licences of the current list come first; one that left an earlier list is found again after.
    """
    matching = _Matching(rows, [one for one in held if one.is_on_list], source)
    _match(matching)
    again = _Matching(matching.rows.values(), [one for one in held if not one.is_on_list], source)
    _match(again)
    matching.rows = again.rows
    matching.renames()
    created = sorted(matching.rows.values(), key=lambda row: row.line)
    plan = Plan(
        matches=sorted((*matching.matches, *again.matches), key=lambda match: match.row.line),
        created=created,
        missing=[] if source.partial else list(matching.held.values()),
        waiting=[*matching.waiting, *again.waiting],
        untouched=[*matching.untouched, *again.untouched],
        on_list=sum(one.is_on_list for one in held),
    )
    plan.questions = _questions(plan, held)
    return plan


def _match(matching: _Matching) -> None:
    if matching.source.row_key == "number":
        matching.by_number()
    matching.by_name()


def _questions(plan: Plan, held: Sequence[Held]) -> list[tuple[ListRow, str]]:
    """Rows that are applied and still worth a look: possible twins, possible renames."""
    questions = [(match.row, "rename_proposed") for match in plan.matches if match.is_rename]
    names: defaultdict[str, int] = defaultdict(int)
    for row in (*plan.created, *(match.row for match in plan.matches)):
        if row.is_agency:
            names[row.name_key] += 1
    glued = {together(one.name_key) for one in held}
    for row in plan.created:
        if not row.is_agency:
            questions.append((row, "not_an_agency"))
        elif names[row.name_key] > 1:
            questions.append((row, "same_name_twice"))
        elif together(row.name_key) in glued:
            questions.append((row, "name_written_together"))
    return questions
