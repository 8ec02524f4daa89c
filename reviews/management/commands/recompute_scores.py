"""Make the scores and figures of agencies afresh; run at the start of each month by a timer."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reviews import figures
from reviews.models import Score, Tally


class Command(BaseCommand):
    help = "Recompute every score of an earlier month. Can be stopped and run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="the day to compute for, if it is not today",
        )
        parser.add_argument(
            "--all", action="store_true", help="also scores that this month already has"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        today = options["today"] or timezone.localdate()
        scores = Score.objects.all()
        done = set[int]()
        if not options["all"]:
            fresh = scores.filter(computed_month=figures.month_of(today))
            done = set(fresh.values_list("agency_id", flat=True))
        known = {
            *scores.values_list("agency_id", flat=True),
            *Tally.objects.values_list("agency_id", flat=True).distinct(),
        }
        waiting = sorted(known - done)
        for agency_id in waiting:
            figures.refresh_figures(agency_id, today)
        self.stdout.write(f"recomputed {len(waiting)}")
