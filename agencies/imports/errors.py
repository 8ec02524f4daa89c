"""What can stop an import, named. The sentence for a person is made in ``messages``."""

from enum import StrEnum


class Code(StrEnum):
    """Why a file or a row is refused; ``messages.REFUSALS`` holds the sentence of each."""

    UNREADABLE = "unreadable"
    FUTURE = "future"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_ROWS = "too_many_rows"
    TOO_MANY_COLUMNS = "too_many_columns"
    LONG_CELL = "long_cell"
    PDF = "pdf"
    OLD_WORKBOOK = "old_workbook"
    PACKED = "packed"
    PICTURE = "picture"
    WEB_PAGE = "web_page"
    MACROS = "macros"
    OUTSIDE_LINKS = "outside_links"
    LOCKED = "locked"
    SWOLLEN = "swollen"
    NOT_A_WORKBOOK = "not_a_workbook"
    NO_SHEET = "no_sheet"
    FORMAT = "format"
    ENCODING = "encoding"
    NUL = "nul"
    CUT = "cut"
    QUOTES = "quotes"
    JSON = "json"
    JSON_SHAPE = "json_shape"
    NO_COLUMN = "no_column"
    NO_ROWS = "no_rows"
    MOSTLY_REFUSED = "mostly_refused"
    COUNT = "count"
    PRIVATE = "private"
    RAGGED = "ragged"
    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    BAD_DATE = "bad_date"
    SHORT_YEAR = "short_year"
    FAR_DATE = "far_date"


class SourceError(Exception):
    """The facts about a list cannot be used; the text says which file and which fact."""


class UnknownSourceError(SourceError):
    """No file of facts carries this name."""


class CountryMissingError(SourceError):
    """The reference table of countries lacks the country of a source."""


class RefusalError(Exception):
    """Something in a file cannot be accepted: a code of ``messages.REFUSALS`` and the place."""

    def __init__(
        self, code: Code, *, row: int | None = None, column: str = "", value: str = "", **facts: str
    ) -> None:
        """Keep the place; ``value`` is cut to 80 characters, enough to find it in the file."""
        super().__init__(code)
        self.code = code
        self.row = row
        self.column = column
        self.value = value[:80]
        self.facts = facts


class FileRefusedError(RefusalError):
    """The file as a whole cannot be read or must not be kept; nothing is written."""


class RowRefusedError(RefusalError):
    """One row cannot be read; the others still can."""


class ApprovalError(Exception):
    """The second person may not publish this list, or gave no reason."""
