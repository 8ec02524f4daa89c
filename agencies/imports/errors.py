"""What can stop an import, named. The sentence for a person is made in ``messages``."""


class SourceError(Exception):
    """The facts about a list cannot be used; the text says which file and which fact."""


class UnknownSourceError(SourceError):
    """No file of facts carries this name."""


class CountryMissingError(SourceError):
    """The reference table of countries lacks the country of a source."""


class RefusalError(Exception):
    """Something in a file cannot be accepted: a code of ``messages.REFUSALS`` and the place."""

    def __init__(
        self, code: str, *, row: int | None = None, column: str = "", value: str = "", **facts: str
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
