"""Writing a plan: one transaction of the caller, bulk statements, only what changed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from agencies.identity import name_key
from agencies.imports.bulk import chunks, overwrite, write_rows
from agencies.imports.contacts import phone_keys
from agencies.imports.plan import NOT_ON_LIST, Held, Match, Plan
from agencies.imports.rows import ListRow, ReadList
from agencies.models import (
    Agency,
    AgencyName,
    Authority,
    Licence,
    LicenceRow,
    LicenceStatus,
    ListVersion,
    Office,
)
from agencies.search.queue import mark_stale
from agencies.services import refresh_standings
from agencies.standing import MEANINGS, effective

LICENCE_FIELDS = (
    "list_version number number_key licence_class issued_on expires_on standing status_raw"
    " status_since reason row_key mapped"
).split()
AGENCY_FIELDS = "name native_name name_key kind city website".split()
OFFICE_FIELDS = "address phones phone_keys emails".split()


@dataclass(frozen=True, slots=True)
class Release:
    """The list a plan is applied for."""

    version: ListVersion
    authority: Authority
    headings: tuple[str, ...]
    as_of: date
    today: date

    @property
    def country_id(self) -> str:
        """Return the country of every agency of the list (I-18)."""
        return self.authority.country_id


def load_held(source: str) -> list[Held]:
    """Return every licence that lists of this source ever brought, in two queries."""
    aliases: dict[int, set[str]] = {}
    names = AgencyName.objects.filter(agency__licences__list_version__source=source)
    for agency_id, key in names.values_list("agency_id", "key").distinct():
        aliases.setdefault(agency_id, set()).add(key)
    nothing: frozenset[str] = frozenset()
    licences = Licence.objects.filter(list_version__source=source).order_by("pk")
    return [
        Held(
            pk,
            agency_id,
            name_key(_printed_name(mapped)),
            number_key,
            mapped,
            standing,
            expires_on,
            frozenset(aliases[agency_id]) if agency_id in aliases else nothing,
        )
        for pk, agency_id, number_key, mapped, standing, expires_on in licences.values_list(
            "pk", "agency_id", "number_key", "mapped", "standing", "expires_on"
        ).iterator()
    ]


def apply_plan(plan: Plan, read: ReadList, release: Release) -> None:
    """Write a plan. The caller holds the transaction and has made the version live."""
    licence_of: dict[int, int] = {}
    _carry_over(plan, release)
    stale = _create(plan.created, release, licence_of)
    stale |= _update([match for match in plan.matches if not match.is_renewal], release)
    stale |= _renew([match for match in plan.matches if match.is_renewal], release, licence_of)
    gone = {held.agency_id for held in plan.missing}
    _leave([held.licence_id for held in plan.missing], release)
    for match in plan.matches:
        licence_of.setdefault(match.row.line, match.held.licence_id)
    _keep_rows(plan, read, release, licence_of)
    # Everyone of the list, because end dates have passed since the one before it.
    known = {match.held.agency_id for match in plan.matches} | gone
    refresh_standings(today=release.today, agency_ids=known)
    mark_stale(stale | gone)


def _printed_name(mapped: dict[str, object]) -> str:
    return str(mapped.get("name", ""))


def _carry_over(plan: Plan, release: Release) -> None:
    """Let every licence of the current list stand in the new one; waiting ones stay behind."""
    source = release.version.source
    carried = Licence.objects.filter(list_version__source=source).exclude(standing=NOT_ON_LIST)
    behind: dict[int, list[int]] = {}
    for chunk in chunks(held.licence_id for held in plan.untouched):
        for pk, version_id in Licence.objects.filter(pk__in=chunk).values_list(
            "pk", "list_version_id"
        ):
            behind.setdefault(version_id, []).append(pk)
    carried.update(list_version=release.version)
    for version_id, pks in behind.items():
        for chunk in chunks(pks):
            Licence.objects.filter(pk__in=chunk).update(list_version_id=version_id)


def _create(rows: Sequence[ListRow], release: Release, licence_of: dict[int, int]) -> set[int]:
    made: set[int] = set()
    for chunk in chunks(rows):
        agencies = Agency.objects.bulk_create([_agency(row, release) for row in chunk])
        licences = [
            _fill_licence(Licence(agency_id=agency.pk, authority=release.authority), row, release)
            for agency, row in zip(agencies, chunk, strict=True)
        ]
        for licence in licences:
            licence.status_since = release.as_of
        Licence.objects.bulk_create(licences)
        _state(licences, release)
        write_rows(
            Office,
            ("agency_id", "is_private", *OFFICE_FIELDS),
            (
                _office(agency.pk, row, release)
                for agency, row in zip(agencies, chunk, strict=True)
                if row.mapped.keys() & {"address", "phones", "emails"}
            ),
        )
        _keep_names((agency.pk, row) for agency, row in zip(agencies, chunk, strict=True))
        for licence, row in zip(licences, chunk, strict=True):
            licence_of[row.line] = licence.pk
            made.add(licence.agency_id)
    return made


def _agency(row: ListRow, release: Release) -> Agency:
    standing = effective(row.standing, row.expires_on, release.today)
    return _fill_agency(
        Agency(
            country_id=release.country_id,
            is_listed=row.is_agency,
            standing=standing,
            tier=MEANINGS[standing].tier,
            standing_on=release.today,
        ),
        row,
    )


def _fill_agency(agency: Agency, row: ListRow) -> Agency:
    agency.name = row.mapped.get("name", "")
    agency.native_name = row.mapped.get("native_name", "")
    agency.name_key = row.name_key
    agency.kind = row.mapped.get("kind", agency.kind)
    agency.city = row.mapped.get("city", "")
    agency.website = row.mapped.get("website", "")
    return agency


def _fill_licence(licence: Licence, row: ListRow, release: Release) -> Licence:
    licence.list_version = release.version
    licence.number = row.mapped.get("number", "")
    licence.number_key = row.number_key
    licence.licence_class = row.mapped.get("licence_class", "")
    licence.issued_on = row.issued_on
    licence.expires_on = row.expires_on
    licence.standing = row.standing
    licence.status_raw = row.mapped.get("status", "")
    licence.reason = row.mapped.get("reason", "")
    licence.row_key = f"{row.number_key}|{row.name_key}"[:400]
    licence.mapped = row.mapped
    return licence


def _office(agency_id: int, row: ListRow, release: Release) -> tuple[object, ...]:
    phones = row.mapped.get("phones", [])
    keys = phone_keys(phones, release.authority.country.calling_code)
    return (
        agency_id,
        False,
        row.mapped.get("address", "")[:600],
        _json(phones),
        _json(keys),
        _json(row.mapped.get("emails", [])),
    )


def _fill_office(office: Office, row: ListRow, release: Release) -> Office:
    office.address = row.mapped.get("address", "")[:600]
    office.phones = row.mapped.get("phones", [])
    office.phone_keys = phone_keys(office.phones, release.authority.country.calling_code)
    office.emails = row.mapped.get("emails", [])
    return office


def _state(licences: Iterable[Licence], release: Release) -> None:
    """Add to the history what the list says of new licences."""
    write_rows(
        LicenceStatus,
        "licence_id list_version_id standing status_raw expires_on since reason".split(),
        (
            (
                licence.pk,
                release.version.pk,
                licence.standing,
                licence.status_raw,
                licence.expires_on,
                release.as_of,
                licence.reason,
            )
            for licence in licences
        ),
    )


def _statement(licence: Licence, release: Release) -> LicenceStatus:
    return LicenceStatus(
        licence=licence,
        list_version=release.version,
        standing=licence.standing,
        status_raw=licence.status_raw,
        expires_on=licence.expires_on,
        since=release.as_of,
        reason=licence.reason,
    )


def _keep_names(found: Iterable[tuple[int, ListRow]]) -> None:
    """Add former and native names, and the printed one of a rename nobody has confirmed."""
    names = []
    for agency_id, row in found:
        texts = [(text, AgencyName.Kind.FORMER) for text in row.mapped.get("former", ())]
        if native := row.mapped.get("native_name"):
            texts.append((native, AgencyName.Kind.NATIVE))
        names += [
            AgencyName(agency_id=agency_id, text=text, key=name_key(text), kind=kind)
            for text, kind in texts
        ]
    AgencyName.objects.bulk_create(names, ignore_conflicts=True)


def _update(matches: Sequence[Match], release: Release) -> set[int]:
    """Write what differs, cosmetic or not; the history grows only by what a list said anew."""
    differing = [match for match in matches if match.row.mapped != match.held.mapped]
    differing += [
        match
        for match in matches
        if match.row.mapped == match.held.mapped and match.row.standing != match.held.standing
    ]
    stale: set[int] = set()
    for chunk in chunks(differing):
        licences = Licence.objects.in_bulk([match.held.licence_id for match in chunk])
        statements = []
        for match in chunk:
            licence = _fill_licence(licences[match.held.licence_id], match.row, release)
            if match.status_changes:
                licence.status_since = release.as_of
            if match.status_changes or match.row.expires_on != match.held.expires_on:
                statements.append(_statement(licence, release))
        overwrite(Licence, licences.values(), LICENCE_FIELDS)
        LicenceStatus.objects.bulk_create(statements)
        _update_agencies(chunk, release)
        stale |= {match.held.agency_id for match in chunk}
    return stale


def _update_agencies(matches: Sequence[Match], release: Release) -> None:
    agencies = Agency.objects.in_bulk({match.held.agency_id for match in matches})
    offices = {
        office.agency_id: office
        for office in Office.objects.filter(agency_id__in=agencies, is_private=False)
    }
    new_offices = []
    for match in matches:
        if not match.is_rename:
            _fill_agency(agencies[match.held.agency_id], match.row)
        office = offices.get(match.held.agency_id)
        if office is None:
            new = _fill_office(Office(agency_id=match.held.agency_id), match.row, release)
            offices[match.held.agency_id] = new
            new_offices.append(new)
        else:
            _fill_office(office, match.row, release)
    overwrite(Agency, agencies.values(), AGENCY_FIELDS)
    overwrite(Office, [one for one in offices.values() if one.pk], OFFICE_FIELDS)
    Office.objects.bulk_create(new_offices)
    _keep_names((match.held.agency_id, match.row) for match in matches if not match.is_rename)
    AgencyName.objects.bulk_create(
        [
            AgencyName(
                agency_id=match.held.agency_id,
                text=match.row.mapped["name"],
                key=match.row.name_key,
                kind=AgencyName.Kind.PROPOSED,
            )
            for match in matches
            if match.is_rename
        ],
        ignore_conflicts=True,
    )


def _renew(matches: Sequence[Match], release: Release, licence_of: dict[int, int]) -> set[int]:
    """Add the new licence of an agency whose number changed; the old one leaves the list (M-4)."""
    for chunk in chunks(matches):
        licences = []
        for match in chunk:
            licence = Licence(agency_id=match.held.agency_id, authority=release.authority)
            licence.status_since = release.as_of
            licences.append(_fill_licence(licence, match.row, release))
        Licence.objects.bulk_create(licences)
        _state(licences, release)
        _update_agencies(chunk, release)
        for match, licence in zip(chunk, licences, strict=True):
            licence_of[match.row.line] = licence.pk
    _leave([match.held.licence_id for match in matches], release)
    return {match.held.agency_id for match in matches}


def _leave(licence_ids: Iterable[int], release: Release) -> None:
    """Mark licences as no longer on the list since its date; nothing is deleted (I-26)."""
    for chunk in chunks(licence_ids):
        leaving = Licence.objects.filter(pk__in=chunk).exclude(standing=NOT_ON_LIST)
        statements = [
            LicenceStatus(
                licence_id=pk,
                list_version=release.version,
                standing=NOT_ON_LIST,
                expires_on=expires_on,
                since=release.as_of,
            )
            for pk, expires_on in leaving.values_list("pk", "expires_on")
        ]
        leaving.update(
            standing=NOT_ON_LIST,
            status_raw="",
            status_since=release.as_of,
            reason="",  # holds the words of an authority only; visitors read it
            list_version=release.version,
        )
        LicenceStatus.objects.bulk_create(statements)


def _keep_rows(plan: Plan, read: ReadList, release: Release, licence_of: dict[int, int]) -> None:
    """Keep every line as read, those left out included, so that each fact leads to its line."""
    notes: dict[int, list[str]] = {}
    for row, code in (*plan.waiting, *plan.questions):
        notes.setdefault(row.line, []).append(code)

    def lines() -> Iterator[tuple[object, ...]]:
        for row in read.rows:
            found = [*row.findings, *notes.get(row.line, ())]
            yield _kept(release, row.line, row.cells, found, licence_of.get(row.line))
        for line, reason, cells in read.skipped:
            yield _kept(release, line, cells, [f"skipped:{reason}"], None)
        for refused, cells in read.refused:
            yield _kept(release, refused.row or 0, cells, [f"refused:{refused.code}"], None)

    write_rows(LicenceRow, ("version_id", "line", "licence_id", "raw", "findings"), lines())


def _kept(
    release: Release, line: int, cells: Sequence[str], findings: list[str], licence_id: int | None
) -> tuple[object, ...]:
    raw = dict(zip(release.headings, cells, strict=False))
    return release.version.pk, line, licence_id, _json(raw), _json(findings)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
