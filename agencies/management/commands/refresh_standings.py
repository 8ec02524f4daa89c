"""Let end dates act: write every agency's standing of today. Run daily."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from agencies.services import refresh_standings


class Command(BaseCommand):
    """Write every agency's effective standing and mark what changed for search."""

    help = "Write every agency's standing of today. Run daily."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Refresh and print how many agencies changed."""
        changed = refresh_standings(today=timezone.now().date())
        self.stdout.write(f"changed {changed}")
