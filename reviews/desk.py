"""The pages on which moderators read reviews and decide."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.models import Agency, Licence
from recruitadvisor.accounts.models import User
from recruitadvisor.core.models import Country
from recruitadvisor.desk.access import desk_page
from recruitadvisor.desk.cards import Figure
from reviews import moderation, notices, questions, redaction, states
from reviews.desk_forms import FIELD_OF_PROBLEM, PROBLEMS, QUESTIONS, DecisionForm
from reviews.models import Answer, Decision, ReviewVersion
from reviews.question import Kind, Question, Shown

ROWS = 50
SKIPPED = "skipped_reviews"
SENSITIVE = {
    "crime_alleged": gettext_lazy("It says that somebody broke the law."),
    "serious_harm": gettext_lazy("It tells of serious harm."),
    "few_reviews": gettext_lazy("The agency has fewer than three published reviews."),
}


FLAGS = {
    "FL2": gettext_lazy("deception"),
    "FL3": gettext_lazy("not free to move"),
    "FL4": gettext_lazy("isolation"),
    "FL5": gettext_lazy("violence"),
    "FL6": gettext_lazy("threats"),
    "FL7": gettext_lazy("papers kept"),
    "FL8": gettext_lazy("wages"),
    "FL9": gettext_lazy("debt"),
    "FL10": gettext_lazy("conditions"),
    "FL11": gettext_lazy("overtime"),
}


def _reader(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def figures_of_queue(user: User) -> list[Figure]:
    """Return what the desk's start page says about the queue."""
    waiting = moderation.queue_of(user)
    urgent = waiting.filter(review__in_danger=True).count()
    return [
        Figure(label=_("wait for you"), value=waiting.count()),
        Figure(label=_("in danger now"), value=urgent, is_urgent=bool(urgent)),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@desk_page("review.decide")
def queue(request: HttpRequest) -> HttpResponse:
    """What waits for this person; a POST takes the next item, for items are given, not picked."""
    user, now = _reader(request), timezone.now()
    if request.method == "POST":
        return _take_next(request, user)
    waiting = moderation.queue_of(user)
    rows = list(waiting[:ROWS])
    context = {
        "rows": [_row(version) for version in rows],
        "total": waiting.count() if len(rows) == ROWS else len(rows),
        "oldest_on": min((row.received_on for row in rows if row.received_on), default=None),
        "held": moderation.lease_of(user, now),
    }
    return render(request, "desk/reviews/queue.html", context)


def _row(version: ReviewVersion) -> dict[str, Any]:
    return {
        "version": version,
        "flags": _flags(version),
        "language": _language_name(version.review.language),
        "is_second": bool(version.redactions or version.text_withheld),
    }


def _flags(version: ReviewVersion) -> list[str]:
    """Return the flags with their words; danger has a sign of its own."""
    return [f"{flag} {FLAGS[flag]}" for flag in version.flags if flag in FLAGS]


def _language_name(code: str) -> str:
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        return code


def _take_next(request: HttpRequest, user: User) -> HttpResponse:
    skipped = request.session.get(SKIPPED, [])
    version = moderation.lease_next(user, timezone.now(), skip=skipped)
    if version is None and skipped:
        request.session[SKIPPED] = []
        version = moderation.lease_next(user, timezone.now())
    if version is None:
        messages.info(request, _("Nothing waits for you now."))
        return redirect("review_desk:queue")
    return redirect("review_desk:item", pk=version.pk)


@require_safe
@desk_page("review.decide")
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One review to read: its text and answers, the agency's history, and the checklist."""
    user = _reader(request)
    version = _version(user, pk)
    if version.state != states.IN_REVIEW or version.leased_by_id != user.pk:
        return _not_yours(request, version)
    return _work_page(request, version, DecisionForm(version))


@require_POST
@desk_page("review.decide")
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each side will read; when that is confirmed, decide."""
    user = _reader(request)
    version = _version(user, pk)
    if version.state != states.IN_REVIEW or version.leased_by_id != user.pk:
        return _not_yours(request, version)
    form = DecisionForm(version, request.POST)
    problem = form.problem()
    if problem or "change" in request.POST:
        return _work_page(request, version, form, "" if "change" in request.POST else problem)
    if "confirmed" not in request.POST:
        return _confirm_page(request, version, form)
    try:
        moderation.decide(
            version_id=version.pk,
            moderator=user,
            outcome=form.cleaned_data["outcome"],
            checklist=form.checklist(),
            redactions=form.redactions(),
            reason_code=form.cleaned_data["reason_code"],
            facts=form.cleaned_data["facts"],
            now=timezone.now(),
        )
    except moderation.DecisionRefusedError as refused:
        return _work_page(request, version, form, refused.problem)
    except (moderation.AlreadyDecidedError, moderation.NotYoursError):
        version.refresh_from_db()
        return _not_yours(request, version)
    messages.success(request, _said(version))
    return redirect("review_desk:queue")


def _said(version: ReviewVersion) -> str:
    version.refresh_from_db(fields=["state"])
    if version.state == states.QUEUED:
        return _("Your approval is kept. A second person has to approve it too.")
    if version.state == states.APPROVED:
        return _("Approved. It is published with one of the next daily batches.")
    return _("Not published. The writer can read the reasons.")


@require_POST
@desk_page("review.decide")
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an item back without a reason, and take the next one."""
    user = _reader(request)
    version = _version(user, pk)
    if moderation.release(version_id=version.pk, user=user):
        request.session[SKIPPED] = [*request.session.get(SKIPPED, []), version.pk][-ROWS:]
    if "stop" in request.POST:
        return redirect("review_desk:queue")
    return _take_next(request, user)


def _version(user: User, pk: int) -> ReviewVersion:
    """Return a version in this person's countries; any other is as if it did not exist."""
    version = moderation.within_reach(user).filter(pk=pk).first()
    if version is None:
        raise Http404
    return version


def _not_yours(request: HttpRequest, version: ReviewVersion) -> HttpResponse:
    """Say what became of the item, without its text."""
    context = {
        "is_waiting": version.state == states.QUEUED,
        "is_being_read": version.state == states.IN_REVIEW,
    }
    return render(request, "desk/reviews/not_yours.html", context, status=HTTPStatus.CONFLICT)


def _work_page(
    request: HttpRequest, version: ReviewVersion, form: DecisionForm, problem: str = ""
) -> HttpResponse:
    agency = version.review.agency
    second = version.decisions.exclude(outcome=Decision.Outcome.REJECT).exists()
    context = {
        "version": version,
        "flags": _flags(version),
        "agency": agency,
        "segments": _marked(version),
        "findings": _findings(version, form, is_second=second),
        "answers": _answers(version),
        "licences": _licences(agency),
        "published": moderation.published_count(agency.pk),
        "waiting": _waiting(agency),
        "sensitive": _reasons(version, form),
        "is_second": second,
        "hidden_before": [version.text[start:end] for start, end, _kind in version.redactions],
        "checklist": [(name, label, _given(form, name)) for name, label in QUESTIONS.items()],
        "reasons": [
            (code, label, code == _given(form, "reason_code"))
            for code, label in Decision.Reason.choices
            if code
        ],
        "names": _given(form, "names"),
        "facts": _given(form, "facts"),
        "problem": PROBLEMS.get(problem, ""),
        "problem_field": FIELD_OF_PROBLEM.get(problem, "outcomes"),
        "language": version.review.language,
        "language_name": _language_name(version.review.language),
        "statement": notices.statement(
            outcome=Decision.Outcome.APPROVE,
            found_by_software=bool(version.findings),
            removed_kinds=[finding["kind"] for finding in version.findings],
            language=version.review.language,
        ),
    }
    return render(request, "desk/reviews/item.html", context)


def _given(form: DecisionForm, name: str) -> str:
    return str(form.data.get(name, "")) if form.is_bound else ""


def _reasons(version: ReviewVersion, form: DecisionForm) -> list[str]:
    checklist = form.checklist() if form.is_bound and hasattr(form, "cleaned_data") else {}
    return [str(SENSITIVE[reason]) for reason in moderation.why_sensitive(version, checklist)]


def _confirm_page(request: HttpRequest, version: ReviewVersion, form: DecisionForm) -> HttpResponse:
    outcome = form.cleaned_data["outcome"]
    hidden = [*version.redactions, *form.redactions()]
    second = version.decisions.exclude(outcome=Decision.Outcome.REJECT).exists()
    approves = outcome != Decision.Outcome.REJECT
    keeps_text = outcome == Decision.Outcome.APPROVE and not version.text_withheld
    context = {
        "version": version,
        "agency": version.review.agency,
        "outcome": outcome,
        "outcome_label": Decision.Outcome(outcome).label,
        "approves": approves,
        "public_text": redaction.redacted(version.text, hidden, notices.removed)
        if keeps_text
        else "",
        "statement": form.statement(),
        "sensitive": _reasons(version, form) if approves and not second else [],
        "language": version.review.language,
        "fields": [
            (name, value)
            for name in request.POST
            if name in form.fields
            for value in request.POST.getlist(name)
        ],
    }
    return render(request, "desk/reviews/confirm.html", context)


def _marked(version: ReviewVersion) -> list[dict[str, Any]]:
    """Return the text in pieces, each finding with its number."""
    spans = [(found["start"], found["end"], str(n)) for n, found in enumerate(version.findings, 1)]
    return [
        {"text": piece.text, "number": piece.kind}
        for piece in redaction.segments(version.text, spans)
    ]


def _findings(
    version: ReviewVersion, form: DecisionForm, *, is_second: bool
) -> list[dict[str, Any]]:
    """Return the findings with their words; what has to be hidden is ticked from the start."""
    ticked = set(form.data.getlist("hide")) if form.is_bound else None  # type: ignore[attr-defined]
    return [
        {
            "index": index,
            "number": index + 1,
            "kind": notices.kind_word(found["kind"]),
            "text": version.text[found["start"] : found["end"]],
            "is_ticked": str(index) in ticked
            if ticked is not None
            else is_second or found.get("level") == "block",
        }
        for index, found in enumerate(version.findings)
    ]


def _answers(version: ReviewVersion) -> list[dict[str, Any]]:
    """Return the answers in the order of the questionnaire, with their words."""
    given = {answer.code: answer for answer in version.answers.all()}
    countries = dict(
        Country.objects.filter(
            code__in=[answer.value for code, answer in given.items() if code == "R2"]
        ).values_list("code", "name")
    )
    rows = [
        {
            "question": question.wording(version.review.told_by),
            "words": countries.get(given[code].value) or _words(question, given[code]),
            "is_bad": given[code].value in question.bad,
            "is_private": question.shown != Shown.PUBLIC,
        }
        for code, question in questions.QUESTIONS.items()
        if code in given
    ]
    return [{"question": _("Who tells it?"), "words": version.review.get_told_by_display()}, *rows]


def _words(question: Question, answer: Answer) -> str:
    if answer.amount is not None:
        return f"{answer.currency} {answer.amount.normalize():,f}"
    if question.kind == Kind.QUARTER and "-" in answer.value:
        year, quarter = answer.value.split("-", 1)
        return _("%(year)s, quarter %(quarter)s") % {"year": year, "quarter": quarter}
    if question.kind == Kind.MULTI:
        return ", ".join(str(question.words(key)) for key in answer.value.split(","))
    return str(question.words(answer.value))


def _licences(agency: Agency) -> list[Licence]:
    return list(
        agency.licences.select_related("authority").prefetch_related("history").order_by("pk")[:10]
    )


def _waiting(agency: Agency) -> int:
    found = ReviewVersion.objects.filter(review__agency=agency, state__in=ReviewVersion.OPEN)
    return found.count()
