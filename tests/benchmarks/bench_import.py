"""How fast a list comes to the pages: ``ROWS=100000 python -m tests.benchmarks.bench_import``.

A workbook of eleven columns is imported first, again with one row in twenty changed, and again
unchanged, into an empty database of its own. ``JSON=1`` adds one JSON line. The floor is what
reading the workbook and bare inserts of as many rows take on the same machine.
"""

import datetime as dt
import json
import os
import random
import resource
import sqlite3
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import django

HEADINGS = (
    *("Name", "No", "Status", "Issued", "Valid until", "Address", "City", "Phone", "E-mail"),
    *("Website", "Class"),
)
FACTS = """
[authority]
code = "bench"
name = "Office of the Benchmark"
country = "np"
check_address = "https://lists.example.org/"
[row]
key = "number"
[columns]
required = ["name", "number", "status", "expires_on"]
name = ["Name"]
number = ["No"]
status = ["Status"]
issued_on = ["Issued"]
expires_on = ["Valid until"]
address = ["Address"]
city = ["City"]
phones = ["Phone"]
emails = ["E-mail"]
website = ["Website"]
licence_class = ["Class"]
[dates]
order = "dmy"
[statuses]
"Active" = "valid"
"Suspended" = "suspended"
"Cancelled" = "revoked"
"""
CHANGED = 20  # one row in so many
DAY = dt.date(2026, 10, 1)
_SYLLABLES = "ka ri sa mo lu ne ti ba do ha ya shi ran gor mel tan vik pur jo en al us".split()
_KINDS = ("Overseas", "Manpower Services", "International", "Human Resources", "Employment")
_PACKAGE = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
    'package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/'
    'worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
    'main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="List" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
    'package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}


def agencies(count: int, *, changed: bool) -> Iterator[tuple[str, ...]]:
    """Yield fictional rows; ``changed`` gives one in twenty another status or telephone."""
    chance = random.Random(7)  # the same agencies every time
    for number in range(1, count + 1):
        own = "".join(chance.choices(_SYLLABLES, k=4)).title()
        city = "".join(chance.choices(_SYLLABLES, k=2)).title()
        touched = changed and number % CHANGED == 0
        yield (
            f"{own} {city} {chance.choice(_KINDS)} Pvt. Ltd.",
            f"{number}/082",
            "Suspended" if touched and number % (2 * CHANGED) == 0 else "Active",
            f"{chance.randint(1, 28):02}/01/2024",
            f"{chance.randint(1, 28):02}/12/2027",
            f"Ward {chance.randint(1, 32)}, {city}",
            city,
            f"+977 1 {5000000 + number + (1 if touched else 0)}",
            f"office@{own.lower()}{number}.example",
            f"https://{own.lower()}{number}.example",
            chance.choice(("A", "B", "C")),
        )


def write_workbook(path: Path, rows: Iterator[tuple[str, ...]]) -> None:
    """Write rows as the smallest workbook there is, without holding it in memory."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, text in _PACKAGE.items():
            package.writestr(name, text)
        with package.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(
                b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                b"<sheetData>"
            )
            for row in (HEADINGS, *rows):
                cells = "".join(
                    f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row
                )
                sheet.write(f"<row>{cells}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")


def _floor(path: Path, database: Path) -> None:
    """Read the workbook, and write as many bare rows as an import does into five tables."""
    from agencies.imports.workbook import read_workbook

    rows = [cells for _line, cells in read_workbook(path.read_bytes(), "", 200_000, 50)]
    with sqlite3.connect(database) as bare:
        places = ", ".join("?" * len(HEADINGS))
        columns = ", ".join(f"c{number}" for number in range(len(HEADINGS)))
        for table in range(5):
            bare.execute(f"CREATE TABLE t{table} (id INTEGER PRIMARY KEY, {columns})")
            insert = f"INSERT INTO t{table} ({columns}) VALUES ({places})"  # noqa: S608
            bare.executemany(insert, rows)
    bare.close()


def _timed(run: Callable[[], object]) -> float:
    started = time.perf_counter()
    run()
    return round(time.perf_counter() - started, 2)


def measure(count: int, folder: Path) -> dict[str, float]:
    """Return the figures of one size."""
    from django.conf import settings
    from django.core.management import call_command

    from agencies.imports.run import import_list

    call_command("migrate", verbosity=0)
    (folder / "bench.toml").write_text(FACTS, encoding="utf-8")
    settings.LICENCE_SOURCE_DIRS = [folder]
    settings.ARCHIVE_DIR = folder / "archive"
    before, after = folder / "before.xlsx", folder / "after.xlsx"
    write_workbook(before, agencies(count, changed=False))
    write_workbook(after, agencies(count, changed=True))

    def bring(path: Path, days: int, outcome: str) -> float:
        day = DAY + dt.timedelta(days=days)
        started = time.perf_counter()
        report = import_list(source="bench", path=path, as_of=day, today=day)
        seconds = round(time.perf_counter() - started, 2)
        if report.outcome != outcome:
            message = f"{path.name} was {report.outcome}, not {outcome}"
            raise SystemExit(message)
        return seconds

    figures = {
        "first_s": bring(before, 0, "published"),
        "changed_s": bring(after, 1, "published"),
        "unchanged_s": bring(after, 2, "unchanged"),
    }
    figures["peak_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    figures["floor_s"] = _timed(lambda: _floor(before, folder / "floor.sqlite3"))
    return figures


def main() -> None:
    """Print a table, and one JSON line if asked."""
    count = int(os.environ.get("ROWS", "100000"))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA_DIR"] = folder  # never the database of the site
        os.environ.pop("DATABASE_URL", None)
        django.setup()
        figures = measure(count, Path(folder))
    write = sys.stdout.write
    write(f"{count} rows, load {os.getloadavg()[0]:.1f}\n")
    for name, value in figures.items():
        write(f"  {name:<12}{value:>8}\n")
    if os.environ.get("JSON") == "1":
        write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "recruitadvisor.settings.test")
    main()
