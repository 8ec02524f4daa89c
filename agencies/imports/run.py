"""A list from file to pages: archive, read, map, plan, tripwires, apply; the same for a dry run."""

import hashlib
import json
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from agencies.imports import archive
from agencies.imports.apply import Release, apply_plan, load_held
from agencies.imports.errors import ApprovalError, Code, CountryMissingError, FileRefusedError
from agencies.imports.plan import Plan, make_plan
from agencies.imports.readers import Table, read_table
from agencies.imports.report import (
    HELD,
    PUBLISHED,
    UNCHANGED,
    ImportReport,
    make_report,
    refused_report,
)
from agencies.imports.rows import ReadList, read_rows
from agencies.imports.sources import Source, find_source
from agencies.imports.tripwires import Current, check_private, check_rows, tripwires
from agencies.models import Authority, ListVersion
from recruitadvisor.accounts.models import User
from recruitadvisor.accounts.permissions import may
from recruitadvisor.core.audit import record
from recruitadvisor.core.models import Country


@dataclass(frozen=True, slots=True)
class _Upload:
    """What one call of ``import_list`` is about."""

    source: Source
    path: Path
    as_of: date
    today: date
    uploaded_by_id: int | None
    approved_by_id: int | None
    reason: str
    table: Table
    read: ReadList
    content_sha256: str


def import_list(
    *,
    source: str,
    path: Path,
    as_of: date,
    today: date,
    uploaded_by_id: int | None = None,
    approved_by_id: int | None = None,
    reason: str = "",
    dry_run: bool = False,
) -> ImportReport:
    """Bring one release of a list to the pages, or say why not.

    A file that cannot be accepted gives a report with outcome ``refused``; one that touches a
    tripwire and has no approval gives ``held``, with the file archived and nothing else changed.
    Raises ``SourceError`` for facts that cannot be used and ``ApprovalError`` for an approval
    that does not count.
    """
    started = time.monotonic()
    facts = find_source(source, settings.LICENCE_SOURCE_DIRS)
    if as_of > today:
        return refused_report(source, FileRefusedError(Code.FUTURE, value=as_of.isoformat()))
    try:
        table = read_table(path, facts)
        check_private(table, facts)
        read = read_rows(table, facts)
        check_rows(read)
    except FileRefusedError as refused:
        return refused_report(source, refused)
    upload = _Upload(
        source=facts,
        path=path,
        as_of=as_of,
        today=today,
        uploaded_by_id=uploaded_by_id,
        approved_by_id=approved_by_id,
        reason=reason,
        table=table,
        read=read,
        content_sha256=content_sum(read),
    )
    with transaction.atomic():
        report = _bring(upload, dry_run=dry_run)
    report.seconds = round(time.monotonic() - started, 3)
    return report


def content_sum(read: ReadList) -> str:
    """Return a sum over the mapped rows that does not depend on their order or on the format."""
    lines = sorted(
        json.dumps([row.standing, row.mapped], sort_keys=True, ensure_ascii=False)
        for row in read.rows
    )
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()


def _bring(upload: _Upload, *, dry_run: bool) -> ImportReport:
    source = upload.source
    if not Country.objects.filter(pk=source.authority.country).exists():
        message = f"there is no country {source.authority.country!r}: run the migrations first"
        raise CountryMissingError(message)
    live = ListVersion.objects.filter(source=source.code, state=ListVersion.State.LIVE).first()
    if live and live.content_sha256 == upload.content_sha256:
        return _nothing_new(upload, live, dry_run=dry_run)
    plan = make_plan(upload.read.rows, load_held(source.code), source)
    current = Current(live.source_date, live.profile_sha256) if live else None
    wires = tripwires(
        plan, upload.read, source=source, current=current, as_of=upload.as_of, today=upload.today
    )
    report = make_report(source.code, upload.read, plan, wires, upload.table.letters_lost)
    if dry_run:
        if wires:
            report.outcome = HELD
        return report
    authority = _authority(source)
    report.outcome = HELD if wires and upload.approved_by_id is None else PUBLISHED
    if wires and upload.approved_by_id is not None:
        check_approval(upload, authority)
    archive.keep(upload.path, settings.ARCHIVE_DIR)
    version = _version(upload, authority, report)
    report.version_id = version.pk
    if report.outcome == HELD:
        return report
    _publish(upload, version, authority, plan, live)
    return report


def _nothing_new(upload: _Upload, live: ListVersion, *, dry_run: bool) -> ImportReport:
    """Report the same content; a newer date of it is noted, because the page prints the date."""
    if upload.as_of > live.source_date and not dry_run:
        before = live.source_date.isoformat()
        ListVersion.objects.filter(pk=live.pk).update(source_date=upload.as_of)
        record(
            action="list.confirmed",
            object_kind="list_version",
            object_id=live.pk,
            actor_id=upload.uploaded_by_id,
            before={"source_date": before},
            after={"source_date": upload.as_of.isoformat()},
        )
    plan = Plan(on_list=len(upload.read.rows))
    report = make_report(upload.source.code, upload.read, plan, [], upload.table.letters_lost)
    report.outcome = UNCHANGED
    report.unchanged = len(upload.read.rows)
    report.version_id = live.pk
    return report


def _authority(source: Source) -> Authority:
    facts = source.authority
    with translation.override("en"):  # the name of the facts is the English one
        Authority.objects.get_or_create(
            code=facts.code,
            defaults={
                "country_id": facts.country,
                "name": facts.name,
                "check_address": facts.check_address,
                "hotline": facts.hotline,
                "cadence_days": facts.cadence_days,
            },
        )
    # Locked where the database can, so that two lists of one authority follow each other.
    return Authority.objects.select_for_update().get(code=facts.code)


def check_approval(upload: _Upload, authority: Authority) -> None:
    """Raise ``ApprovalError`` unless a second person of the authority approves with a reason."""
    if upload.approved_by_id == upload.uploaded_by_id:
        raise ApprovalError(_("The person who uploads a list cannot approve it as well."))
    if not upload.reason.strip():
        raise ApprovalError(_("Write down why this list may be published."))
    approver = User.objects.filter(pk=upload.approved_by_id or 0).first()
    if approver is None or not (
        may(approver, "list.approve", authority) or may(approver, "list.import", authority)
    ):
        raise ApprovalError(
            _("Only an officer or a data steward of this authority can approve the list.")
        )


def _version(upload: _Upload, authority: Authority, report: ImportReport) -> ListVersion:
    """Write the version, or take the held one of the same content again."""
    versions = ListVersion.objects.filter(source=upload.source.code)
    held = versions.filter(
        state=ListVersion.State.HELD, content_sha256=upload.content_sha256
    ).first()
    version = held or ListVersion(
        authority=authority,
        source=upload.source.code,
        number=(versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        created_at=timezone.now(),
    )
    version.source_date = upload.as_of
    version.sha256 = upload.table.sha256
    version.content_sha256 = upload.content_sha256
    version.file_name = upload.path.name[:200]
    version.state = ListVersion.State.HELD
    version.is_partial = upload.source.partial
    version.profile_sha256 = upload.source.guarded_sha256
    version.row_count = report.rows
    version.summary = report.counts() | {
        "tripwires": report.tripwires,
        "findings": report.findings,
    }
    version.uploaded_by_id = upload.uploaded_by_id
    version.save()
    if held is None and report.outcome == HELD:
        record(
            action="list.held",
            object_kind="list_version",
            object_id=version.pk,
            actor_id=upload.uploaded_by_id,
            after={"tripwires": [wire["code"] for wire in report.tripwires]},
        )
    return version


def _publish(
    upload: _Upload,
    version: ListVersion,
    authority: Authority,
    plan: Plan,
    live: ListVersion | None,
) -> None:
    if live:
        ListVersion.objects.filter(pk=live.pk).update(state=ListVersion.State.REPLACED)
    version.state = ListVersion.State.LIVE
    version.approved_by_id = upload.approved_by_id
    version.save()
    apply_plan(
        plan,
        upload.read,
        Release(
            version=version,
            authority=authority,
            headings=upload.table.headings,
            as_of=upload.as_of,
            today=upload.today,
        ),
    )
    record(
        action="list.published",
        object_kind="list_version",
        object_id=version.pk,
        actor_id=upload.approved_by_id or upload.uploaded_by_id,
        before={"version": live.pk if live else None},
        after={"version": version.pk, "tripwires": len(version.summary["tripwires"])},
        reason=upload.reason,
    )
