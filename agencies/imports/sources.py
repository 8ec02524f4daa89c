"""Facts about lists, read from TOML: what a column, a word or an absence means."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agencies.identity import name_key
from agencies.imports.errors import SourceError, UnknownSourceError
from agencies.standing import MEANINGS

FIELDS = frozenset(
    "name native_name number status validity issued_on expires_on address city phones emails"
    " website licence_class reason".split()
)
ROW_KEYS = frozenset({"number", "name", "name_address"})
DATE_FORMATS = {"dmy": ("%d/%m/%Y",), "mdy": ("%m/%d/%Y",), "ymd": ("%Y/%m/%d",)}
FORMATS = frozenset({"csv", "json", "xlsx"})
# A change of these facts after the first list needs a second person (W-7).
GUARDED_FIELDS = ("name", "number", "status", "validity", "expires_on")
SECTIONS = frozenset(
    "authority file row columns fallbacks dates statuses skip words kinds city".split()
)


@dataclass(frozen=True, slots=True)
class AuthorityFacts:
    """Who publishes the list, and where a visitor can check it."""

    code: str
    name: str
    country: str
    check_address: str = ""
    hotline: str = ""
    cadence_days: int = 31


@dataclass(frozen=True, slots=True)
class Source:
    """Everything the importer knows about one list."""

    code: str
    authority: AuthorityFacts
    columns: Mapping[str, tuple[str, ...]]  # field: headings, folded; the first present is used
    required: frozenset[str]
    printed: Mapping[str, str] = field(default_factory=dict)  # folded heading: as printed
    fallbacks: Mapping[str, str] = field(default_factory=dict)  # field: heading used when blank
    formats: frozenset[str] = FORMATS
    encoding: str = "utf-8"
    sheet: str = ""
    row_key: str = "number"
    presence: str = "unknown"  # standing of a row whose status is blank or has no column
    absence: str = "not_on_list"
    partial: bool = False
    numbers_change: bool = False  # renewal brings a new number, or the scheme changed (M-4)
    name_width: int = 0  # names of this length may be cut
    date_formats: tuple[str, ...] = ("%Y-%m-%d",)
    no_dates: frozenset[str] = frozenset()  # ISO dates that mean "no date"
    range_word: str = " to "
    statuses: Mapping[str, str] = field(default_factory=dict)  # folded raw words: standing
    skip_names: frozenset[str] = frozenset()  # name keys of what is no agency
    skip_rows: re.Pattern[str] | None = None
    count: re.Pattern[str] | None = None
    blank_words: frozenset[str] = frozenset()
    kinds: Mapping[str, str] = field(default_factory=dict)  # prefix of the number: kind
    city: re.Pattern[str] | None = None
    guarded_sha256: str = ""


def squash(text: str) -> str:
    """Return ``text`` in small letters with single spaces: how headings and words are compared."""
    return " ".join(text.casefold().split())


def load_sources(folders: Iterable[Path]) -> dict[str, Source]:
    """Return every source of ``folders`` by its code, which is the name of its file."""
    paths = sorted(path for folder in folders for path in folder.glob("*.toml"))
    return {path.stem: load_source(path) for path in paths}


def find_source(code: str, folders: Iterable[Path]) -> Source:
    """Return one source; raises ``UnknownSourceError`` naming those that exist."""
    folders = list(folders)
    for folder in folders:
        path = folder / f"{code}.toml"
        if re.fullmatch(r"[a-z0-9_]+", code) and path.is_file():
            return load_source(path)
    known = sorted(path.stem for folder in folders for path in folder.glob("*.toml"))
    message = f"no source is called {code!r}; there are: {', '.join(known)}"
    raise UnknownSourceError(message)


def load_source(path: Path) -> Source:
    """Read one file of facts strictly; raises ``SourceError`` for a fact nobody knows."""
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        return _source(path.stem, facts)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, re.error) as unreadable:
        message = f"{path.name}: {unreadable}"
        raise SourceError(message) from unreadable
    except (KeyError, TypeError, ValueError, AttributeError) as wrong:
        message = f"{path.name}: missing, unknown or misshapen fact {wrong}"
        raise SourceError(message) from wrong


def _source(code: str, facts: dict[str, Any]) -> Source:
    if unknown := facts.keys() - SECTIONS:
        raise ValueError(sorted(unknown))
    columns = {
        name: tuple(squash(heading) for heading in headings)
        for name, headings in facts["columns"].items()
        if name != "required"
    }
    if unknown := columns.keys() - FIELDS:
        raise ValueError(sorted(unknown))
    row, dates, skip = (facts.get(name, {}) for name in ("row", "dates", "skip"))
    file = facts.get("file", {})
    statuses = {squash(raw): standing for raw, standing in facts.get("statuses", {}).items()}
    named = {*statuses.values(), row.get("presence", "unknown"), row.get("absence", "not_on_list")}
    if unknown := named - MEANINGS.keys():
        raise ValueError(sorted(unknown))
    if row.get("key", "number") not in ROW_KEYS:
        raise ValueError(row["key"])
    formats = DATE_FORMATS[dates["order"]] if "order" in dates else ()
    guarded = json.dumps(
        [{name: columns.get(name) for name in GUARDED_FIELDS}, statuses, dates], sort_keys=True
    )
    return Source(
        code=code,
        authority=AuthorityFacts(**facts["authority"]),
        columns=columns,
        required=frozenset(facts["columns"].get("required", ("name",))),
        printed={
            squash(heading): heading
            for name, headings in facts["columns"].items()
            if name != "required"
            for heading in headings
        },
        fallbacks={name: squash(text) for name, text in facts.get("fallbacks", {}).items()},
        formats=frozenset(file.get("formats", FORMATS)),
        encoding=file.get("encoding", "utf-8"),
        sheet=file.get("sheet", ""),
        row_key=row.get("key", "number"),
        presence=row.get("presence", "unknown"),
        absence=row.get("absence", "not_on_list"),
        partial=row.get("partial", False),
        numbers_change=row.get("numbers_change", False),
        name_width=row.get("name_width", 0),
        date_formats=(*formats, *dates.get("formats", ()), "%Y-%m-%d"),
        no_dates=frozenset(str(day) for day in dates.get("none", ())),
        range_word=dates.get("range", " to "),
        statuses=statuses,
        skip_names=frozenset(name_key(name) for name in skip.get("names", ())),
        skip_rows=_pattern(skip.get("rows")),
        count=_pattern(skip.get("count")),
        blank_words=frozenset(squash(word) for word in facts.get("words", {}).get("blank", ())),
        kinds=facts.get("kinds", {}),
        city=_pattern(facts.get("city", {}).get("pattern")),
        guarded_sha256=hashlib.sha256(guarded.encode()).hexdigest(),
    )


def _pattern(text: str | None) -> re.Pattern[str] | None:
    return re.compile(text, re.IGNORECASE) if text else None
