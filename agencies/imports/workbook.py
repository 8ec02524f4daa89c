"""Reading .xlsx files within limits, every cell as text."""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from agencies.imports.errors import Code, FileRefusedError

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
            raise FileRefusedError(Code.NO_SHEET, value=sheet)
        content = workbook.get_sheet_by_name(names[0])
        if content.total_height > most_rows + 100:
            raise FileRefusedError(Code.TOO_MANY_ROWS, most=str(most_rows))
        if content.total_width > most_columns:
            raise FileRefusedError(Code.TOO_MANY_COLUMNS, value=str(content.total_width))
        for number, cells in enumerate(content.iter_rows(), 1):
            yield number, tuple(as_text(cell) for cell in cells)
    except CalamineError as broken:
        raise FileRefusedError(Code.NOT_A_WORKBOOK) from broken


def as_text(value: Any) -> str:
    """Return a cell as a person reads it: whole numbers without ".0", dates in ISO form."""
    if isinstance(value, str):
        return value.replace("\x00", " ")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return "" if value is None else str(value)


def _check_package(data: bytes) -> None:
    """Look at the package before anything is unpacked (I-2)."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as broken:
        raise FileRefusedError(Code.NOT_A_WORKBOOK) from broken
    names = [entry.filename for entry in entries]
    if "xl/workbook.xml" not in names:
        raise FileRefusedError(Code.PACKED)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileRefusedError(Code.MACROS)
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise FileRefusedError(Code.OUTSIDE_LINKS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefusedError(Code.LOCKED)
    unpacked = sum(entry.file_size for entry in entries)
    swollen = any(
        entry.file_size > SMALL_ENTRY and entry.file_size > MOST_RATIO * entry.compress_size
        for entry in entries
    )
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or swollen:
        raise FileRefusedError(Code.SWOLLEN)
