"""Publish approved reviews whose delay is over; run once a day by a timer."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from reviews.moderation import publish_batch
from reviews.services import forget_held_receipts


class Command(BaseCommand):
    help = "Publish the approved reviews that are due, in random order. Safe to run again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="the day of the batch, if it is not today",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        published = publish_batch(today=options["today"] or timezone.localdate())
        forget_held_receipts(timezone.now())
        self.stdout.write(f"published {published}")
