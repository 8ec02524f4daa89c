"""What the author reads about a decision: the statement of reasons, in the author's language.

Five fields (trust.md 3.3): restriction, facts, automation, ground, redress. Nothing here says
who decided or when.
"""

from collections.abc import Iterable
from typing import NamedTuple

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reviews import redaction
from reviews.models import Decision, ReviewVersion

Outcome, Reason = Decision.Outcome, Decision.Reason

KINDS = {
    "phone": gettext_lazy("phone number"),
    "email": gettext_lazy("e-mail address"),
    "link": gettext_lazy("link"),
    "handle": gettext_lazy("account name"),
    "name": gettext_lazy("name"),
    "person": gettext_lazy("name"),
    "passport": gettext_lazy("passport number"),
    "id_number": gettext_lazy("identity number"),
    "card": gettext_lazy("card or account number"),
    "place": gettext_lazy("place"),
    "date": gettext_lazy("date"),
}


class Statement(NamedTuple):
    """A statement of reasons; every field is one or more whole sentences, or empty."""

    restriction: str
    facts: str
    automation: str
    ground: str
    redress: str

    def sentences(self) -> list[str]:
        """Return what there is to read, in the order of the fields."""
        return [field for field in self if field]


def kind_word(kind: str) -> str:
    """Return the word for a kind of finding or redaction."""
    word = KINDS.get(kind)
    return str(word) if word else _("detail")


def removed(kind: str) -> str:
    """Return what stands in a public text instead of a removed span (S-7)."""
    return _("[removed: %(kind)s]") % {"kind": kind_word(kind)}


def public_text(version: ReviewVersion) -> str:
    """Return a version's text as any visitor reads it; empty if its text is withheld."""
    if version.text_withheld:
        return ""
    return redaction.redacted(version.text, version.redactions, removed)


def statement(
    *,
    outcome: str,
    reason_code: str = "",
    facts: str = "",
    found_by_software: bool = False,
    removed_kinds: Iterable[str] = (),
    language: str | None = None,
) -> Statement:
    """Return the statement of a decision in ``language``, or in the language in use."""
    known = {code for code, _name in settings.LANGUAGES}
    with translation.override(language if language in known else translation.get_language()):
        kinds = sorted({kind_word(kind) for kind in removed_kinds})
        return Statement(
            restriction=_restriction(outcome, kinds),
            facts=_("We relied on this: %(facts)s") % {"facts": facts} if facts else "",
            automation=_automation(found_by_software=found_by_software),
            ground=_ground(outcome, reason_code, kinds),
            redress=_redress(outcome, kinds),
        )


def for_author(version: ReviewVersion, language: str | None = None) -> Statement | None:
    """Return the statement of the latest decision that took effect, or None before there is one."""
    if version.state in {*ReviewVersion.OPEN, ReviewVersion.State.ERASED} - {"approved"}:
        return None
    decision = version.decisions.order_by("-pk").first()
    if decision is None:
        return None
    return statement(
        outcome=in_effect(version, decision.outcome),
        reason_code=decision.reason_code,
        facts=decision.facts,
        found_by_software=decision.found_by_software,
        removed_kinds=[kind for _start, _end, kind in version.redactions],
        language=language,
    )


def in_effect(version: ReviewVersion, outcome: str) -> str:
    """Return what an outcome amounts to: a text that one of two approvers left out stays out."""
    if outcome == Outcome.APPROVE and version.text_withheld:
        return Outcome.APPROVE_WITHOUT_TEXT
    return outcome


def _restriction(outcome: str, kinds: list[str]) -> str:
    if outcome == Outcome.REJECT:
        return _("We do not publish your review.")
    if outcome == Outcome.APPROVE_WITHOUT_TEXT:
        return _("We publish your answers, but not your text.")
    if kinds:
        return _("We publish your review. We hid these parts: %(kinds)s.") % {
            "kinds": ", ".join(kinds)
        }
    return _("We publish your review as you wrote it.")


def _automation(*, found_by_software: bool) -> str:
    if found_by_software:
        return _("Software marked parts of the text. A person decided.")
    return _("A person read it and decided. No software decided.")


def _ground(outcome: str, reason_code: str, kinds: list[str]) -> str:
    if reason_code:
        reason = str(Reason(reason_code).label)
        return _("Our rules do not allow this. %(reason)s") % {"reason": reason}
    if outcome == Outcome.APPROVE_WITHOUT_TEXT or kinds:
        return _("Our rules protect you and private people from being recognised.")
    return ""


def _redress(outcome: str, kinds: list[str]) -> str:
    if outcome == Outcome.APPROVE and not kinds:
        return _("You can withdraw it with your code at any time.")
    return _("If you disagree, you can send a new review, or go to a court.")
