"""Puts the core guides in place."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from recruitadvisor.guides.starter import load_guides


class Command(BaseCommand):
    """Makes the page trees and the core guides; running it again changes nothing."""

    help = "Make the page trees of all languages and the core guides that are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Offer to put back the text of the files."""
        parser.add_argument(
            "--refresh",
            action="store_true",
            help="Publish the text of the files again, also over an editor's changes.",
        )

    def handle(self, *args: object, **options: object) -> None:
        """Load and say what was done."""
        del args
        loaded = load_guides(refresh=bool(options["refresh"]))
        self.stdout.write(
            f"Guides: {loaded.created} made, {loaded.refreshed} refreshed, {loaded.kept} kept."
        )
