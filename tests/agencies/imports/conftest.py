"""A source of facts and small files for the tests of the importer. Fictional names only."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agencies.imports.report import ImportReport
from agencies.imports.run import import_list

HEADINGS = ("Name", "No", "Status", "Valid until", "Address")
FACTS = """
[authority]
code = "dofe"
name = "Department of Foreign Employment"
country = "np"
check_address = "https://lists.example.org/"
[row]
key = "number"
[columns]
required = ["name", "number", "status", "expires_on"]
name = ["Name"]
number = ["No"]
status = ["Status"]
expires_on = ["Valid until"]
address = ["Address"]
[dates]
order = "dmy"
[words]
blank = ["n/a"]
[skip]
count = '(\\d+) records found'
[statuses]
"Active" = "valid"
"Suspended" = "suspended"
"Cancelled" = "revoked"
"""
DAY = dt.date(2026, 10, 1)

Row = tuple[str, ...]
Bring = Callable[..., ImportReport]


def rows(count: int) -> list[Row]:
    """Return so many agencies in order."""
    return [
        (f"Himal Star {n} Pvt. Ltd.", f"{n}/082", "Active", "31/12/2027", f"Ward {n}, Patan")
        for n in range(1, count + 1)
    ]


@pytest.fixture
def facts(tmp_path: Path, settings: Any) -> Path:
    """A source called ``nepal_test``; returns its file, which a test may rewrite."""
    folder = tmp_path / "sources"
    folder.mkdir()
    path = folder / "nepal_test.toml"
    path.write_text(FACTS, encoding="utf-8")
    settings.LICENCE_SOURCE_DIRS = [folder]
    settings.ARCHIVE_DIR = tmp_path / "archive"
    return path


@pytest.fixture
def bring(tmp_path: Path, facts: Path) -> Bring:
    """Import rows, or bytes as they are, as a release of ``nepal_test``."""

    def _bring(
        content: list[Row] | bytes, *, day: dt.date = DAY, name: str = "list.csv", **more: object
    ) -> ImportReport:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else as_csv(content))
        return import_list(source="nepal_test", path=path, as_of=day, today=DAY, **more)

    return _bring


def as_csv(content: list[Row], headings: Row = HEADINGS) -> bytes:
    """Return rows under their headings as UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headings, *content])
    return text.getvalue().encode()
