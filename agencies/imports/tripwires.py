"""What stops a list: marks that need a second person (W-1 to W-7), and aborts. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from agencies.imports.errors import Code, FileRefusedError
from agencies.imports.plan import Plan
from agencies.imports.readers import Table
from agencies.imports.rows import ReadList
from agencies.imports.sources import Source, squash
from agencies.standing import MEANINGS, effective, severity

GONE, CHANGED, WORSE, REVIVED, UNREAD = 0.05, 0.20, 0.05, 0.05, 0.02
MOST_REFUSED = 0.20
COUNT_SLACK = 0.01
_PRIVATE_HEADING = re.compile(
    r"passport|national id|\bnid\b|citizenship n|birth|\bdob\b|\bd\.o\.b|aadhaar|iqama|\bid n",
    re.IGNORECASE,
)
_PASSPORT = re.compile(r"[A-Z]{1,2}\d{6,9}")
_DATE = re.compile(r"(?:\d{1,2}[/.-]\d{1,2}[/.-]((?:19|20)\d\d)|((?:19|20)\d\d)-\d\d-\d\d)\b")
BIRTH_YEARS = range(1930, 2011)
FEW, MOST_OF_THEM = 5, 0.5  # values that say something, and the share that gives them away


@dataclass(frozen=True, slots=True)
class Tripwire:
    """One reason why a second person has to look, with the share that touched it."""

    code: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class Current:
    """What is needed of the list that is live now."""

    source_date: date
    guarded_sha256: str


def check_private(table: Table, source: Source) -> None:
    """Refuse a file that looks as if it held workers' papers (I-19)."""
    mapped = {heading for headings in source.columns.values() for heading in headings}
    mapped |= set(source.fallbacks.values())
    for place, heading in enumerate(table.headings):
        if squash(heading) in mapped:
            continue
        if _PRIVATE_HEADING.search(heading):
            raise FileRefusedError(Code.PRIVATE, column=heading)
        values = [cells[place].strip() for _line, cells in table.rows if len(cells) > place]
        values = [value for value in values if value]
        if len(values) < FEW:
            continue
        if _share(values, _looks_like_passport) or _share(values, _looks_like_birth):
            raise FileRefusedError(Code.PRIVATE, column=heading)


def _share(values: Sequence[str], looks: object) -> bool:
    return callable(looks) and sum(map(looks, values)) >= MOST_OF_THEM * len(values)


def _looks_like_passport(value: str) -> bool:
    return bool(_PASSPORT.fullmatch(value.upper()))


def _looks_like_birth(value: str) -> bool:
    found = _DATE.fullmatch(value[:10])
    return bool(found and int(found.group(1) or found.group(2)) in BIRTH_YEARS)


def check_rows(read: ReadList) -> None:
    """Refuse a list that could mostly not be read, or that prints another count than it holds."""
    count = len(read.rows) + len(read.refused)
    if not read.rows and not read.refused:
        raise FileRefusedError(Code.NO_ROWS)
    if not read.rows or len(read.refused) > MOST_REFUSED * count:
        first, _raw = read.refused[0]
        raise FileRefusedError(
            Code.MOSTLY_REFUSED,
            row=first.row,
            column=first.column,
            value=first.value,
            refused=str(len(read.refused)),
            rows=str(count),
        )
    twice = sum(reason == "printed_twice" for _line, reason, _raw in read.skipped)
    printed = read.printed_count
    if printed is not None and abs(printed - count - twice) > COUNT_SLACK * max(printed, 1):
        raise FileRefusedError(Code.COUNT, printed=str(printed), rows=str(count + twice))


def tripwires(
    plan: Plan,
    read: ReadList,
    *,
    source: Source,
    current: Current | None,
    as_of: date,
    today: date,
) -> list[Tripwire]:
    """Return every mark the list touched; cosmetic changes never count."""
    rows = len(read.rows) + len(read.refused)
    unread = len(read.refused) + sum("unmapped_status" in row.findings for row in read.rows)
    found = [Tripwire("W-6", unread, rows)] if unread > UNREAD * rows else []
    if current is None:
        return found
    worse = len(plan.missing) + sum(
        severity(effective(match.row.standing, match.row.expires_on, today))
        > severity(effective(match.held.standing, match.held.expires_on, today))
        for match in plan.matches
    )
    revived = sum(
        _is_dead(match.held.standing) and MEANINGS[match.row.standing].tier == 0
        for match in plan.matches
    )
    of = plan.on_list
    shares: Iterable[tuple[str, int, float]] = (
        ("W-1", len(plan.missing), GONE),
        ("W-2", len(plan.changed), CHANGED),
        ("W-4", worse, WORSE),
        ("W-5", revived, REVIVED),
    )
    found += [Tripwire(code, count, of) for code, count, most in shares if count > most * of]
    if as_of < current.source_date:
        found.append(Tripwire("W-3", (current.source_date - as_of).days, 0))
    if source.guarded_sha256 != current.guarded_sha256:
        found.append(Tripwire("W-7", 0, 0))
    return sorted(found, key=lambda wire: wire.code)


def _is_dead(standing: str) -> bool:
    return MEANINGS[standing].tier == 2 or standing == "expired"
