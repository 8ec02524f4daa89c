"""The only place that changes the state of a version: compare, set, and write the audit row."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from recruitadvisor.core import audit
from reviews import states
from reviews.models import ReviewVersion


class TransitionRefusedError(Exception):
    """The move is not one of the listed ones, or not for this kind of person."""

    def __init__(self, source: str, target: str) -> None:
        super().__init__(f"no listed move from {source!r} to {target!r}")
        self.source = source
        self.target = target


class VersionGoneError(Exception):
    """There is no such version."""


@transaction.atomic
def move(
    *,
    version_id: int,
    to: str,
    actor_id: int | None,
    by_author: bool = False,
    reason: str = "",
    source: str | None = None,
    only_if: Mapping[str, Any] | None = None,
    details: Mapping[str, Any] | None = None,
    **changes: Any,
) -> bool:
    """Move a version to another state together with its audit row, or return False.

    False means that somebody else was faster: the version is no longer in ``source``, or no
    longer meets ``only_if``. Without ``source`` the state is read first and, when it changes
    meanwhile, read again. ``details`` go to the audit row, ``changes`` to the version.
    Raises ``TransitionRefusedError`` for a move that is not listed for this actor.
    """
    who = _kinds(actor_id, by_author=by_author)
    while True:
        found = source if source is not None else _state(version_id)
        transition = states.listed(found, to, who)
        if transition is None or (by_author and transition.is_timed):
            raise TransitionRefusedError(found, to)
        same = ReviewVersion.objects.filter(pk=version_id, state=found, **(only_if or {}))
        if same.update(state=to, **changes):
            break
        if source is not None or only_if:
            return False
    audit.record(
        action=f"review.{to}",
        object_kind="review_version",
        object_id=version_id,
        actor_id=None if by_author else actor_id,
        before={"state": found},
        after={"state": to, "transition": transition.number, **(details or {})},
        reason=reason,
        by_author=by_author or not transition.is_timed,
    )
    return True


def _kinds(actor_id: int | None, *, by_author: bool) -> frozenset[str]:
    """What the author sets off at once (screening, erasure) is done in the author's own act."""
    if by_author:
        return frozenset({states.AUTHOR, states.SYSTEM})
    if actor_id is None:
        return frozenset({states.SYSTEM})
    return frozenset({states.MODERATOR, states.LEAD})


def _state(version_id: int) -> str:
    state = ReviewVersion.objects.filter(pk=version_id).values_list("state", flat=True).first()
    if state is None:
        raise VersionGoneError(version_id)
    return state
