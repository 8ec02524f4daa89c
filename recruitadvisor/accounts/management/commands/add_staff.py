"""Makes an account of staff and prints, once, what its owner needs to sign in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from recruitadvisor.accounts.models import Role, User
from recruitadvisor.accounts.services import RoleGrant, StaffRefusedError, add_staff, current_code


class Command(BaseCommand):
    """``add_staff EMAIL --role moderator --country np --language ne``, or ``--editor``."""

    help = "Make an account of staff and print its password, authenticator key and recovery codes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the address, the name, and the role with its reach."""
        parser.add_argument("email")
        parser.add_argument("--name", default="")
        parser.add_argument("--role", choices=Role.Kind.values, action="append", default=[])
        parser.add_argument("--country", default="", help="two letters, for example np")
        parser.add_argument("--authority", default="", help="code of an authority")
        parser.add_argument("--language", action="append", default=[], help="a language read")
        parser.add_argument("--editor", action="store_true", help="an editor of guides: no role")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the account; refuse one that must not exist."""
        email: str = options["email"]
        try:
            keys = add_staff(
                email=email,
                name=options["name"] or email.partition("@")[0],
                realm=User.Realm.EDITOR if options["editor"] else User.Realm.DESK,
                roles=[
                    RoleGrant(kind, options["country"], options["authority"])
                    for kind in options["role"]
                ],
                spoken_languages=options["language"],
            )
        except StaffRefusedError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"E-mail address:       {email}")
        self.stdout.write(f"Password:             {keys.password}")
        self.stdout.write(f"Authenticator key:    {keys.totp_secret}")
        self.stdout.write(f"One-time code now:    {current_code(keys.totp_secret)}")
        self.stdout.write(f"Recovery codes:       {' '.join(keys.recovery_codes)}")
        self.stdout.write("Sign in at /staff/login/. These are shown once.")
