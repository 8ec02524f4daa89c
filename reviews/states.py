"""The states of a review's version and every move between them, as data (trust.md 3.1). Pure."""

from typing import NamedTuple

RECEIVED, SCREENING, QUEUED, IN_REVIEW = "received", "screening", "queued", "in_review"
NEEDS_INFO, APPROVED, PUBLISHED, SUSPENDED = "needs_info", "approved", "published", "suspended"
REJECTED, WITHDRAWN, ERASED = "rejected", "withdrawn", "erased"
NEW = ""  # a version that is not stored yet

STATES = (
    RECEIVED, SCREENING, QUEUED, IN_REVIEW, NEEDS_INFO, APPROVED,
    PUBLISHED, SUSPENDED, REJECTED, WITHDRAWN, ERASED,
)  # fmt: skip

AUTHOR, SYSTEM, MODERATOR, LEAD = "author", "system", "moderator", "lead"


class Transition(NamedTuple):
    """One listed move: its number in trust.md 3.1, both states, who may make it, and its guard.

    ``guard`` names what the caller has to have made sure of. ``is_timed`` is false for every
    move that follows at once from something the author did: its audit row keeps the month only.
    """

    number: int
    source: str
    target: str
    who: frozenset[str]
    guard: str
    is_timed: bool = True


def _by(*who: str) -> frozenset[str]:
    return frozenset(who)


TRANSITIONS: tuple[Transition, ...] = (
    Transition(1, NEW, RECEIVED, _by(AUTHOR), "consent_given", is_timed=False),
    Transition(2, RECEIVED, SCREENING, _by(SYSTEM), "screening_starts", is_timed=False),
    Transition(2, SCREENING, QUEUED, _by(SYSTEM), "findings_stored", is_timed=False),
    Transition(3, QUEUED, IN_REVIEW, _by(MODERATOR), "assigned_without_conflict"),
    Transition(4, IN_REVIEW, QUEUED, _by(MODERATOR, SYSTEM), "given_back_or_lease_over"),
    Transition(5, IN_REVIEW, NEEDS_INFO, _by(MODERATOR), "question_sent"),
    Transition(
        6, NEEDS_INFO, QUEUED, _by(AUTHOR, SYSTEM), "answered_or_waited_30_days", is_timed=False
    ),
    Transition(7, IN_REVIEW, APPROVED, _by(MODERATOR), "checklist_complete"),
    Transition(8, IN_REVIEW, APPROVED, _by(MODERATOR), "second_approver_if_sensitive"),
    Transition(9, APPROVED, PUBLISHED, _by(SYSTEM), "delay_over_and_no_hold"),
    Transition(10, IN_REVIEW, REJECTED, _by(MODERATOR), "reason_given"),
    Transition(11, PUBLISHED, SUSPENDED, _by(LEAD, MODERATOR, SYSTEM), "case_opened"),
    Transition(12, SUSPENDED, PUBLISHED, _by(LEAD), "lead_did_not_suspend"),
    Transition(12, SUSPENDED, REJECTED, _by(LEAD), "lead_did_not_suspend"),
    Transition(13, REJECTED, QUEUED, _by(LEAD), "appeal_upheld"),
    *(
        Transition(14, source, WITHDRAWN, _by(AUTHOR), "no_human_needed", is_timed=False)
        for source in STATES
        if source not in {WITHDRAWN, ERASED}
    ),
    Transition(15, WITHDRAWN, ERASED, _by(SYSTEM), "no_legal_hold", is_timed=False),
    Transition(16, NEW, RECEIVED, _by(AUTHOR), "author_edits", is_timed=False),
    Transition(16, PUBLISHED, WITHDRAWN, _by(SYSTEM), "superseded_by_a_newer_version"),
    Transition(17, REJECTED, ERASED, _by(SYSTEM), "retention_over_and_no_appeal"),
    Transition(18, APPROVED, QUEUED, _by(LEAD, SYSTEM), "manipulation_hold"),
    Transition(19, PUBLISHED, PUBLISHED, _by(MODERATOR), "personal_data_only"),
    Transition(20, WITHDRAWN, QUEUED, _by(AUTHOR), "can_undo_for_30_days", is_timed=False),
)


def listed(source: str, target: str, who: frozenset[str]) -> Transition | None:
    """Return the first listed move between two states that one of ``who`` may make, or None."""
    for transition in TRANSITIONS:
        if (transition.source, transition.target) == (source, target) and transition.who & who:
            return transition
    return None


def sources_of(target: str, who: frozenset[str]) -> tuple[str, ...]:
    """Return the states from which one of ``who`` may move a version to ``target``."""
    return tuple(state for state in STATES if listed(state, target, who))
