"""Compare the search index with the database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from agencies.search import backend
from agencies.search.drift import find_drift
from agencies.search.queue import pending, settle

_NAMED = 20


class Command(BaseCommand):
    """``manage.py check_search [--heal]``: exit status 1 where they differ."""

    help = "Compare the search index with the database, and say what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one choice: whether to mend."""
        parser.add_argument("--heal", action="store_true", help="write what differs anew")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Say what differs; with ``--heal`` mend it and compare again."""
        marks = pending()
        drift = find_drift(backend())
        self._tell(drift.missing, "not in the index")
        self._tell(drift.surplus, "in the index, not listed")
        self._tell(drift.outdated, "older in the index")
        if drift.agency_ids and options["heal"]:
            backend().sync(drift.agency_ids)
            settle(marks)
            drift = find_drift(backend())
        if drift.agency_ids:
            message = f"drift {len(drift.agency_ids)}"
            raise CommandError(message, returncode=1)
        self.stdout.write("drift 0")

    def _tell(self, agency_ids: tuple[int, ...], what: str) -> None:
        if agency_ids:
            named = ", ".join(map(str, agency_ids[:_NAMED]))
            more = "" if len(agency_ids) <= _NAMED else f" and {len(agency_ids) - _NAMED} more"
            self.stdout.write(f"{len(agency_ids)} {what}: {named}{more}")
