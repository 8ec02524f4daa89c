"""One raw row mapped by the facts of its source, or refused with its column and value. Pure."""

import ast
import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from agencies.identity import name_key, split_former
from agencies.imports.errors import Code, RowRefusedError
from agencies.imports.readers import Table
from agencies.imports.sources import Source, squash
from recruitadvisor.core.text import clean, fold, number_key, western_digits

_TAG = re.compile(r"<[^<>]*>")
_BARE_ENTITY = re.compile(r"&(nbsp|amp|quot|lt|gt|apos);?", re.IGNORECASE)
_SPLIT = re.compile(r"\s*[/;]\s*|\s*,\s*|\s*\n\s*")
_EMAIL = re.compile(r"[^\s@/;,]+@[^\s@/;,]+\.[^\s@/;,]+")
_TWO_DIGIT_YEAR = re.compile(r"^\d{1,2}\D\d{1,2}\D\d{2}$")
LIMITS = {"name": 300, "native_name": 300, "number": 120, "licence_class": 300, "status": 200}
FIRST_YEAR, LAST_YEAR = 1950, 2100  # outside of it a date is a slip of the pen


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row as understood. ``mapped`` is what the next list is compared with, field by field."""

    line: int
    cells: tuple[str, ...]  # exactly as read
    mapped: dict[str, Any]
    standing: str
    name_key: str
    number_key: str
    former: tuple[str, ...]
    is_cut: bool
    is_agency: bool
    findings: tuple[str, ...]
    issued_on: date | None = None
    expires_on: date | None = None


@dataclass(slots=True)
class ReadList:
    """What one file holds: rows, lines left out on purpose, and rows refused."""

    rows: list[ListRow] = field(default_factory=list)
    skipped: list[tuple[int, str, tuple[str, ...]]] = field(default_factory=list)
    refused: list[tuple[RowRefusedError, tuple[str, ...]]] = field(default_factory=list)
    printed_count: int | None = None


def read_rows(table: Table, source: Source) -> ReadList:
    """Map every row of a table; a row is read, skipped with a reason, or refused."""
    read = ReadList()
    reader = RowReader(table.headings, source)
    folded = tuple(squash(heading) for heading in table.headings)
    seen: dict[str, int] = {}
    for _line, cells in table.above:
        _printed_count(read, cells, source)
    for line, cells in table.rows:
        reason = _skip_reason(cells, folded, source)
        if reason:
            _printed_count(read, cells, source)
            read.skipped.append((line, reason, cells))
            continue
        try:
            row = reader.read(line, cells)
        except RowRefusedError as refused:
            read.refused.append((refused, cells))
            continue
        content = repr((row.mapped, row.standing))
        if row.is_agency and content in seen:
            read.skipped.append((line, "printed_twice", cells))
            continue
        seen[content] = line
        read.rows.append(row)
    return read


def _skip_reason(cells: Sequence[str], headings: tuple[str, ...], source: Source) -> str:
    filled = [cell for cell in cells if cell.strip()]
    if not filled:
        return "blank"
    repeated = len(cells) > 1 and squash(cells[0]) == headings[0]
    if repeated and tuple(squash(cell) for cell in cells) == headings:
        return "header_again"
    if len(filled) == 1 and source.count and source.count.search(filled[0]):
        return "printed_count"
    if source.skip_rows and source.skip_rows.search(" ".join(filled)):
        return "skip_rule"
    return ""


def _printed_count(read: ReadList, cells: Sequence[str], source: Source) -> None:
    if source.count and (found := source.count.search(" ".join(cells))):
        read.printed_count = int(re.sub(r"\D", "", found.group(1)))


class RowReader:
    """Knows where each field stands in one table, so that a row costs no look-up."""

    def __init__(self, headings: Sequence[str], source: Source) -> None:
        """Find the column of every field; a field whose column is absent stays empty."""
        self.source = source
        self.width = len(headings)
        self.headings = headings
        places = {squash(heading): place for place, heading in reversed(list(enumerate(headings)))}
        self.places = {
            name: next(places[option] for option in options if option in places)
            for name, options in source.columns.items()
            if any(option in places for option in options)
        }
        self.fallbacks = {
            name: places[heading] for name, heading in source.fallbacks.items() if heading in places
        }
        self.parse_date: Callable[[str], date | None] = lru_cache(maxsize=4096)(self._parse_date)

    def read(self, line: int, cells: tuple[str, ...]) -> ListRow:
        """Map one row; raises ``RowRefusedError`` with the heading and the value."""
        if len(cells) != self.width:
            raise RowRefusedError(
                Code.RAGGED, row=line, value=str(len(cells)), wanted=str(self.width)
            )
        text = {name: self._text(cells[place], name) for name, place in self.places.items()}
        findings: list[str] = []
        for name, place in self.fallbacks.items():
            wanted = ("issued_on", "expires_on") if name == "validity" else (name,)
            if not any(text.get(field_name) for field_name in wanted):
                if value := self._text(cells[place], name):
                    text[name] = value
                    findings.append(f"fallback:{name}")
            elif name == "validity":
                text.pop(name, None)
        name = text.get("name", "") or text.get("native_name", "")
        if not name:
            raise RowRefusedError(Code.NO_NAME, row=line, column=self._heading("name"))
        self._check_lengths(line, text)
        printed = split_former(name)
        if self.source.name_width and len(name) >= self.source.name_width:
            findings.append("name_may_be_cut")
        issued_on, expires_on = self._dates(line, text)
        if issued_on and expires_on and issued_on > expires_on:
            findings.append("ends_before_it_begins")
        standing = self._standing(text.get("status", ""), findings)
        emails, website = self._mail(text, findings)
        number = text.get("number", "")
        mapped = {
            "name": printed.current,
            "native_name": text.get("native_name", ""),
            "former": list(printed.former),
            "number": number,
            "status": text.get("status", ""),
            "issued_on": issued_on.isoformat() if issued_on else "",
            "expires_on": expires_on.isoformat() if expires_on else "",
            "address": " ".join(text.get("address", "").split()),
            "city": self._city(text),
            "phones": split_cell(text.get("phones", "")),
            "emails": emails,
            "website": website,
            "licence_class": text.get("licence_class", ""),
            "reason": text.get("reason", "")[:200],
            "kind": self._kind(number),
        }
        key = name_key(name)
        return ListRow(
            line=line,
            cells=cells,
            mapped={name: value for name, value in mapped.items() if value},
            standing=standing,
            name_key=key,
            number_key=number_key(number)[:120] if number else "",
            former=tuple(name_key(former) for former in printed.former),
            is_cut=printed.is_cut or "name_may_be_cut" in findings,
            is_agency=key not in self.source.skip_names,
            findings=tuple(findings),
            issued_on=issued_on,
            expires_on=expires_on,
        )

    def _heading(self, name: str) -> str:
        place = self.places.get(name)
        return name if place is None else self.headings[place]

    def _text(self, cell: str, name: str) -> str:
        """Return a cell without markup; the space that marks the town stays in an address."""
        if not cell:
            return ""
        cell = plain(cell) if name != "address" else _untuple(unmarked(cell))
        return "" if squash(cell) in self.source.blank_words else cell.strip(" ")

    def _check_lengths(self, line: int, text: dict[str, str]) -> None:
        for name, most in LIMITS.items():
            if len(text.get(name, "")) > most:
                raise RowRefusedError(
                    Code.TOO_LONG,
                    row=line,
                    column=self._heading(name),
                    value=text[name],
                    most=str(most),
                )

    def _dates(self, line: int, text: dict[str, str]) -> tuple[date | None, date | None]:
        dates: dict[str, date | None] = {}
        spans = {name: text.get(name, "") for name in ("issued_on", "expires_on")}
        if span := text.get("validity", ""):
            begin, word, end = f" {span} ".partition(self.source.range_word)
            if not word:
                begin, end = "", span
            spans = {"issued_on": begin.strip(), "expires_on": end.strip()}
        for name, value in spans.items():
            column = self._heading("validity" if text.get("validity") else name)
            try:
                dates[name] = self.parse_date(value)
            except RowRefusedError as refused:
                raise RowRefusedError(
                    refused.code, row=line, column=column, value=value, **refused.facts
                ) from refused
        return dates["issued_on"], dates["expires_on"]

    def _parse_date(self, value: str) -> date | None:
        if not value:
            return None
        value = western_digits(value)
        for date_format in self.source.date_formats:
            try:
                day = datetime.strptime(value, date_format).date()
            except ValueError:
                continue
            if day.isoformat() in self.source.no_dates:
                return None
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
            raise RowRefusedError(Code.FAR_DATE)
        raise RowRefusedError(Code.SHORT_YEAR if _TWO_DIGIT_YEAR.match(value) else Code.BAD_DATE)

    def _standing(self, status: str, findings: list[str]) -> str:
        if not status:
            return self.source.presence
        standing = self.source.statuses.get(squash(status))
        if standing is None:
            findings.append("unmapped_status")
            return "unknown"
        return standing

    def _city(self, text: dict[str, str]) -> str:
        city = text.get("city", "")
        if not city and self.source.city:
            found = self.source.city.search(text.get("address", "").strip(" "))
            city = found.group(1) if found else ""
        return " ".join(city.split())[:120]

    def _mail(self, text: dict[str, str], findings: list[str]) -> tuple[list[str], str]:
        """Return e-mails and website; an e-mail typed as a website goes where it belongs."""
        emails = split_cell(text.get("emails", ""))
        website = text.get("website", "")
        if _EMAIL.fullmatch(website):
            findings.append("email_in_website")
            if website not in emails:
                emails.append(website)
            website = ""
        return emails, website[:300]

    def _kind(self, number: str) -> str:
        prefix = re.match(r"[A-Za-z]*", number)
        return self.source.kinds.get(prefix.group().upper(), "") if prefix else ""


def unmarked(cell: str) -> str:
    """Return a cell without markup, entities decoded up to twice; no-break spaces stay (I-13)."""
    if "<" in cell:
        cell = _TAG.sub(" ", cell)
    for _time in range(2):
        if "&" not in cell:
            break
        cell = html.unescape(_BARE_ENTITY.sub(r"&\1;", cell))
        if "<" in cell:
            cell = _TAG.sub(" ", cell)
    return cell


def plain(cell: str) -> str:
    """Return the words of a cell: no markup, no entities, no marks, single spaces."""
    if "<" in cell or "&" in cell:
        cell = unmarked(cell)
    # Most cells hold nothing to clean; looking at every letter of a large list costs seconds.
    return " ".join(cell.split()) if cell.isprintable() else clean(cell)


def _untuple(cell: str) -> str:
    """Return a printed tuple, "('a', 'b')", as its parts behind one another."""
    cell = cell.strip(" ")
    if not (cell.startswith("(") and cell.endswith(")") and ("'" in cell or '"' in cell)):
        return cell
    try:
        parts = ast.literal_eval(cell)
    except (ValueError, SyntaxError):
        return cell
    if not isinstance(parts, tuple) or not all(isinstance(part, str) for part in parts):
        return cell
    return ", ".join(part.strip() for part in parts if part.strip(" ,"))


def split_cell(cell: str) -> list[str]:
    """Return the phones or e-mails of one cell, each once, in order (I-14)."""
    parts = (part.strip() for part in _SPLIT.split(cell)) if cell else ()
    return list(dict.fromkeys(part for part in parts if part))


@lru_cache(maxsize=65536)
def bare(text: str) -> str:
    """Return letters and digits alone: texts equal by it differ cosmetically only (I-23)."""
    return fold(plain(text)).replace(" ", "")
