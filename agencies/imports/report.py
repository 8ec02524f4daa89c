"""What an import did or would do, for the command line, the officers' pages and the tests."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from agencies.imports.errors import RefusalError
from agencies.imports.messages import sentence, tripwire_sentence, where
from agencies.imports.plan import Plan
from agencies.imports.rows import ReadList
from agencies.imports.tripwires import Tripwire

PUBLISHED, UNCHANGED, CHECKED, REFUSED, HELD = (
    "published",
    "unchanged",
    "checked",
    "refused",
    "held",
)
_EXIT = {PUBLISHED: 0, UNCHANGED: 0, CHECKED: 0, REFUSED: 2, HELD: 3}


@dataclass(slots=True)
class ImportReport:
    """Counts and details of one import; ``outcome`` says what became of the list."""

    source: str
    outcome: str
    version_id: int | None = None
    rows: int = 0  # of agencies in the file: read or refused
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    cosmetic: int = 0  # of the unchanged: differ in spaces, case, markup or punctuation only
    missing: int = 0
    waiting: int = 0  # rows a person has to decide about
    skipped: int = 0
    skipped_rows: list[dict[str, Any]] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)
    status_changes: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    tripwires: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0
    message: str = ""

    @property
    def exit_code(self) -> int:
        """0 published or nothing to do, 2 refused, 3 held for a second person."""
        return _EXIT[self.outcome]

    def counts(self) -> dict[str, int]:
        """Return the figures alone, as they are kept with the version."""
        names = "rows created changed unchanged cosmetic missing waiting skipped".split()
        return {name: getattr(self, name) for name in names} | {
            "refused": len(self.refused),
            "status_changes": len(self.status_changes),
        }


def refusal(refused: RefusalError) -> dict[str, Any]:
    """Return a refusal with its row, column, value and sentence."""
    return {
        "row": refused.row,
        "column": refused.column,
        "value": refused.value,
        "message": sentence(refused),
    }


def refused_report(source: str, refused: RefusalError) -> ImportReport:
    """Return the report of a file that was refused as a whole."""
    place = where(refused)
    message = f"{place}: {sentence(refused)}" if place else sentence(refused)
    return ImportReport(source, REFUSED, refused=[refusal(refused)], message=message)


def make_report(
    source: str, read: ReadList, plan: Plan, wires: list[Tripwire], letters_lost: int
) -> ImportReport:
    """Return the figures and details of a plan."""
    changed = plan.changed
    report = ImportReport(source, CHECKED)
    report.rows = len(read.rows) + len(read.refused)
    report.created = len(plan.created)
    report.changed = len(changed)
    report.unchanged = len(plan.matches) - len(changed)
    report.cosmetic = sum(match.is_cosmetic and match.is_unchanged for match in plan.matches)
    report.missing = len(plan.missing)
    report.waiting = len(plan.waiting)
    report.skipped = len(read.skipped)
    report.skipped_rows = [{"row": line, "reason": why} for line, why, _cells in read.skipped]
    report.refused = [refusal(refused) for refused, _cells in read.refused]
    report.status_changes = [
        {
            "row": match.row.line,
            "name": match.row.mapped["name"],
            "from": match.held.standing,
            "to": match.row.standing,
        }
        for match in plan.status_changes
    ]
    report.findings = _findings(read, plan, letters_lost)
    report.tripwires = [
        {"code": wire.code, "count": wire.count, "of": wire.of, "message": tripwire_sentence(wire)}
        for wire in wires
    ]
    return report


def _findings(read: ReadList, plan: Plan, letters_lost: int) -> list[dict[str, Any]]:
    """Return each kind of finding with its count and the first rows it concerns."""
    rows: dict[str, list[int]] = {}
    for row in read.rows:
        for code in row.findings:
            rows.setdefault(code, []).append(row.line)
    for row, code in (*plan.waiting, *plan.questions):
        rows.setdefault(code, []).append(row.line)
    findings: list[dict[str, Any]] = [
        {"code": code, "count": len(lines), "rows": sorted(lines)[:20]}
        for code, lines in sorted(rows.items())
    ]
    twice = Counter(why for _line, why, _cells in read.skipped)["printed_twice"]
    if twice:
        findings.append({"code": "printed_twice", "count": twice, "rows": []})
    if letters_lost:
        findings.append({"code": "letters_lost", "count": letters_lost, "rows": []})
    printed = read.printed_count
    if printed is not None and printed != len(read.rows) + len(read.refused) + twice:
        findings.append({"code": "count_differs", "count": printed, "rows": []})
    return findings
