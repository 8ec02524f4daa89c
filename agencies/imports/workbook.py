"""Reading .xlsx files within limits, every cell as text."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from agencies.imports.errors import FileRefusedError

MOST_ENTRIES = 2_000
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
SMALL_ENTRY = 1024 * 1024  # bytes; a ratio says nothing about less


def read_workbook(
    data: bytes, sheet: str, most_rows: int, most_columns: int
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (row number, cells) of the named sheet, or of the first one that is not hidden."""
    _check_package(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            about.name
            for about in workbook.sheets_metadata
            if about.visible == SheetVisibleEnum.Visible
        ]
        names = [name for name in shown if not sheet or name.casefold() == sheet.casefold()]
        if not names:
            raise FileRefusedError("no_sheet", value=sheet)
        content = workbook.get_sheet_by_name(names[0])
        if content.total_height > most_rows + 100:
            raise FileRefusedError("too_many_rows", most=str(most_rows))
        if content.total_width > most_columns:
            raise FileRefusedError("too_many_columns", value=str(content.total_width))
        for number, cells in enumerate(content.iter_rows(), 1):
            yield number, tuple(as_text(cell) for cell in cells)
    except CalamineError as broken:
        raise FileRefusedError("not_a_workbook") from broken


def as_text(value: Any) -> str:
    """Return a cell as a person reads it: whole numbers without ".0", dates in ISO form."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return "" if value is None else str(value)


def _check_package(data: bytes) -> None:
    """Look at the package before anything is unpacked (I-2)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
        raise FileRefusedError("not_a_workbook") from broken
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        raise FileRefusedError("packed")
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileRefusedError("macros")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise FileRefusedError("outside_links")
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefusedError("password")
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > SMALL_ENTRY and entry.file_size > MOST_RATIO * entry.compress_size
        for entry in entries
    )
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or swollen:
        raise FileRefusedError("swollen")
