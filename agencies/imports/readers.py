"""From the bytes of a file to lines of cells, or a refusal with the place and the way out."""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agencies.imports.errors import Code, FileRefusedError
from agencies.imports.sources import Source, squash
from agencies.imports.workbook import read_workbook

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 50
MOST_LETTERS = 2_000  # of one cell
HEADER_WITHIN = 30  # rows
DELIMITERS = ",;\t|"
# What a file is by its first bytes, whatever its name says.
FOREIGN = (
    (b"%PDF", Code.PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Code.OLD_WORKBOOK),
    (b"\x1f\x8b", Code.PACKED),
    (b"Rar!", Code.PACKED),
    (b"7z\xbc\xaf", Code.PACKED),
    (b"\x89PNG", Code.PICTURE),
    (b"\xff\xd8\xff", Code.PICTURE),
)
REFUSED_NAMES = {
    ".xls": Code.OLD_WORKBOOK,
    ".xlsb": Code.OLD_WORKBOOK,
    ".xlsm": Code.MACROS,
    ".ods": Code.OLD_WORKBOOK,
    ".zip": Code.PACKED,
    ".pdf": Code.PDF,
    ".html": Code.WEB_PAGE,
    ".htm": Code.WEB_PAGE,
}

Line = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """A list as read: its headings, its rows by line number, and the rows above the header."""

    headings: tuple[str, ...]
    rows: list[Line]
    above: list[Line]
    sha256: str
    letters_lost: int  # replacement characters already in the file

    def position(self, heading: str) -> int | None:
        """Return the column of a folded heading, or ``None``."""
        for position, printed in enumerate(self.headings):
            if squash(printed) == heading:
                return position
        return None


def read_table(path: Path, source: Source) -> Table:
    """Read a whole file; raises ``FileRefusedError`` and never anything else for a bad one."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as unreadable:
        raise FileRefusedError(Code.UNREADABLE, value=path.name) from unreadable
    if len(data) > MOST_BYTES:
        raise FileRefusedError(Code.TOO_LARGE)
    kind = _kind(path, data, source)
    if kind == "xlsx":
        lines: Iterable[Line] = read_workbook(data, source.sheet, MOST_ROWS, MOST_COLUMNS)
        return _table(lines, source, data, 0)
    text = _decode(data, source)
    lost = text.count("\ufffd")
    if kind == "json":
        return _table(_json_lines(text), source, data, lost)
    return _table(_csv_lines(text, _delimiter(text, source)), source, data, lost)


def _kind(path: Path, data: bytes, source: Source) -> str:
    suffix = path.suffix.lower()
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileRefusedError(Code.EMPTY)
    for magic, code in FOREIGN:
        if data.startswith(magic):
            raise FileRefusedError(code)
    if suffix in REFUSED_NAMES:
        raise FileRefusedError(REFUSED_NAMES[suffix])
    if data.startswith(b"PK"):
        kind = "xlsx"
        if suffix != ".xlsx":
            raise FileRefusedError(Code.PACKED)
    elif suffix == ".xlsx":
        raise FileRefusedError(Code.NOT_A_WORKBOOK)
    else:
        start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:400].lower()
        if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
            raise FileRefusedError(Code.WEB_PAGE)
        kind = "json" if suffix == ".json" else "csv"
    if kind not in source.formats:
        raise FileRefusedError(Code.FORMAT, value=kind, expected=", ".join(sorted(source.formats)))
    return kind


def _decode(data: bytes, source: Source) -> str:
    """Read a byte order mark, else strict UTF-8, else the declared encoding; never guess (I-4)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", source.encoding]
    text = None
    place = 0
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError as wrong:
            place = wrong.start
        except LookupError:
            continue
    if text is None:
        raise FileRefusedError(Code.ENCODING, row=data.count(b"\n", 0, place) + 1)
    if "\x00" in text:
        raise FileRefusedError(Code.NUL, row=text.count("\n", 0, text.index("\x00")) + 1)
    return text


def _delimiter(text: str, source: Source) -> str:
    """Choose the sign that makes the most known headings of one early line."""
    known = {heading for headings in source.columns.values() for heading in headings}
    best, most = ",", 0
    for line in text.splitlines()[:HEADER_WITHIN]:
        for delimiter in DELIMITERS:
            cells = {squash(cell.strip('" ')) for cell in line.split(delimiter)}
            if (found := len(cells & known)) > most:
                best, most = delimiter, found
    return best


def _csv_lines(text: str, delimiter: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            yield start, tuple(cells)
            start = reader.line_num + 1
    except csv.Error as broken:
        code = Code.CUT if "unexpected end" in str(broken) else Code.QUOTES
        raise FileRefusedError(code, row=start) from broken


def _json_lines(text: str) -> Iterator[Line]:
    """Read an array of objects, or an object of columns; the first object is line 1."""
    try:
        data = json.loads(text, parse_constant=str, parse_int=str, parse_float=str)
    except json.JSONDecodeError as broken:
        code = Code.CUT if broken.pos >= len(text.rstrip()) - 1 else Code.JSON
        raise FileRefusedError(code, row=broken.lineno) from broken
    except RecursionError as deep:
        raise FileRefusedError(Code.JSON, row=1) from deep
    if isinstance(data, dict) and data and all(isinstance(v, dict) for v in data.values()):
        places = list(dict.fromkeys(place for column in data.values() for place in column))
        data = [{name: column.get(place) for name, column in data.items()} for place in places]
    if not isinstance(data, list) or not data:
        raise FileRefusedError(Code.JSON_SHAPE)
    headings: dict[str, None] = {}
    for number, item in enumerate(data, 1):
        if not isinstance(item, dict):
            raise FileRefusedError(Code.JSON_SHAPE, row=number)
        headings.update(dict.fromkeys(item))
    yield 0, tuple(_plain(heading) for heading in headings)
    for number, item in enumerate(data, 1):
        yield number, tuple(_plain(item.get(heading)) for heading in headings)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # Half a surrogate pair and NUL can be written in JSON and be kept by no database.
        return value.replace("\x00", " ").encode("utf-8", "replace").decode()
    return json.dumps(value, ensure_ascii=False)


def _table(lines: Iterable[Line], source: Source, data: bytes, lost: int) -> Table:
    required = [source.columns[name] for name in source.required if name in source.columns]
    above: list[Line] = []
    rows: list[Line] = []
    headings: tuple[str, ...] = ()
    for line, cells in lines:
        if headings:
            if len(rows) >= MOST_ROWS:
                raise FileRefusedError(Code.TOO_MANY_ROWS, row=line, most=str(MOST_ROWS))
            rows.append((line, cells))
            continue
        printed = {squash(cell) for cell in cells}
        if all(printed.intersection(names) for names in required):
            headings = _headings(cells)
            continue
        above.append((line, cells))
        if len(above) >= HEADER_WITHIN:
            break
    if not headings:
        raise _missing_column(above, required, source)
    if len(headings) > MOST_COLUMNS:
        raise FileRefusedError(Code.TOO_MANY_COLUMNS, value=str(len(headings)))
    _check_shape(headings, rows)
    return Table(headings, rows, above, hashlib.sha256(data).hexdigest(), lost)


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    """Name every column once: a repeated or empty heading gets its number."""
    names: list[str] = []
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split())
        if not name or name in names:
            name = f"{name} ({number})".strip()
        names.append(name)
    return tuple(names)


def _missing_column(
    above: list[Line], required: list[tuple[str, ...]], source: Source
) -> FileRefusedError:
    """Name the column that is missing from the line that comes nearest to a header."""

    def found(cells: Sequence[str]) -> int:
        printed = {squash(cell) for cell in cells}
        return sum(bool(printed.intersection(names)) for names in required)

    if not above:
        return FileRefusedError(Code.EMPTY)
    line, cells = max(above, key=lambda row: found(row[1]))
    printed = {squash(cell) for cell in cells}
    missing = next(names[0] for names in required if not printed.intersection(names))
    missing = source.printed.get(missing, missing)
    return FileRefusedError(
        Code.NO_COLUMN, row=max(line, 1), column=missing, value=", ".join(cells)
    )


def _check_shape(headings: Sequence[str], rows: list[Line]) -> None:
    """Refuse a last line cut short, and cells beyond the limits."""
    width = len(headings)
    for position, (line, cells) in enumerate(rows):
        if len(cells) > MOST_COLUMNS:
            raise FileRefusedError(Code.TOO_MANY_COLUMNS, row=line, value=str(len(cells)))
        if cells and len(cells) < width and position == len(rows) - 1 and any(cells):
            raise FileRefusedError(Code.CUT, row=line, value=cells[-1])
        for heading, cell in zip(headings, cells, strict=False):
            if len(cell) > MOST_LETTERS:
                raise FileRefusedError(Code.LONG_CELL, row=line, column=heading, value=cell)
