"""Import one release of a licence list."""

import argparse
import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agencies.imports.errors import ApprovalError, SourceError
from agencies.imports.report import CHECKED, HELD, PUBLISHED, REFUSED, UNCHANGED, ImportReport
from agencies.imports.run import import_list
from recruitadvisor.accounts.models import User


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(
            _("“%(text)s” is not a date; write it as year-month-day.") % {"text": text}
        ) from wrong


class Command(BaseCommand):
    """Bring a list from a file to the pages: exit 0 published, 2 refused, 3 held."""

    help = "Import one release of a licence list."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the words of the command line."""
        parser.add_argument("source", help="name of the facts about the list")
        parser.add_argument("file", type=Path)
        parser.add_argument("--as-of", type=_date, required=True, help="date of the list")
        parser.add_argument("--dry-run", action="store_true", help="show what would change")
        parser.add_argument("--json", action="store_true", help="print one JSON object")
        parser.add_argument("--uploaded-by", metavar="EMAIL", default="")
        parser.add_argument(
            "--approved-by",
            metavar="EMAIL",
            default="",
            help="officer or data steward of the authority who lets a held list be published",
        )
        parser.add_argument("--reason", default="", help="why a held list may be published")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import, print the report, and leave with its exit status."""
        try:
            report = import_list(
                source=options["source"],
                path=options["file"],
                as_of=options["as_of"],
                today=timezone.now().date(),
                uploaded_by_id=_user_id(options["uploaded_by"]),
                approved_by_id=_user_id(options["approved_by"]),
                reason=options["reason"],
                dry_run=options["dry_run"],
            )
        except (SourceError, ApprovalError) as wrong:
            raise CommandError(str(wrong), returncode=2) from wrong
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(report), ensure_ascii=False))
        else:
            self._tell(report)
        if report.exit_code:
            raise SystemExit(report.exit_code)

    def _tell(self, report: ImportReport) -> None:
        if report.outcome == REFUSED:
            self.stderr.write(report.message)
            return
        self.stdout.write(_OUTCOMES[report.outcome]())
        self.stdout.write("  ".join(f"{name} {n}" for name, n in report.counts().items()))
        for wire in report.tripwires:
            self.stdout.write(f"{wire['code']}: {wire['message']}")
        for finding in report.findings:
            self.stdout.write(f"{finding['code']}: {finding['count']}")
        for refused in report.refused[:20]:
            self.stdout.write("{row} {column} “{value}”: {message}".format(**refused))
        rows = len(report.refused) - 20
        if rows > 0:
            self.stdout.write(
                ngettext("and %(rows)s more refused row", "and %(rows)s more refused rows", rows)
                % {"rows": rows}
            )


_OUTCOMES = {
    PUBLISHED: lambda: _("The list is published."),
    UNCHANGED: lambda: _("This list is live already; nothing changed."),
    CHECKED: lambda: _("The list would be published; nothing was written."),
    HELD: lambda: _("The list waits for a second person; the pages did not change."),
}


def _user_id(email: str) -> int | None:
    if not email:
        return None
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise CommandError(_("Nobody signs in as “%(email)s”.") % {"email": email}, returncode=2)
    return user.pk
