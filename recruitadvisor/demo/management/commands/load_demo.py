"""Fill an empty site with the demonstration and print how its staff sign in."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from recruitadvisor.accounts.services import current_code
from recruitadvisor.demo import load


class Command(BaseCommand):
    """``manage.py load_demo``: once; a second call does nothing."""

    help = "Load the demonstration: fictional agencies, lists and reviews."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer fewer reviews, for tests."""
        parser.add_argument("--share", type=float, default=1.0, help="share of the reviews")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, or say that it is loaded already."""
        del args
        if load.is_complete():
            self.stdout.write("The demonstration is loaded already.")
            return
        try:
            sign_ins = load.load(
                today=timezone.localdate(), share=options["share"], say=self.stdout.write
            )
        except load.DemonstrationError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("\nSign in at /staff/login/ (shown once, made at random):")
        for one in sign_ins:
            codes = " ".join(one.keys.recovery_codes)
            self.stdout.write(
                f"\n{one.title}\n  e-mail    {one.email}\n  password  {one.keys.password}"
                f"\n  secret for an authenticator app  {one.keys.totp_secret}"
                f"\n  its code just now  {current_code(one.keys.totp_secret)}"
                f"\n  one-time codes  {codes}"
            )
