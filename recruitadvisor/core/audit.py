"""Writing the audit trail; called inside the transaction of the act it records."""

from typing import Any

from django.utils import timezone

from recruitadvisor.core.models import AuditEvent


def record(
    *,
    action: str,
    object_kind: str,
    object_id: object,
    actor_id: int | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
    by_author: bool = False,
) -> AuditEvent:
    """Add one event. What an author does keeps its month only, so no visit can be dated."""
    now = timezone.now()
    return AuditEvent.objects.create(
        action=action,
        object_kind=object_kind,
        object_id=str(object_id),
        actor_id=actor_id,
        before=before or {},
        after=after or {},
        reason=reason,
        happened_at=None if by_author else now,
        month=12 * now.year + now.month - 1,
    )
