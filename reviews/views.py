"""The review form: one question on a screen, a last page, and the receipt. Works without script.

No session and no cookie but the form's own protection: what was answered travels in the page.
"""

from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from agencies.models import Agency
from recruitadvisor import languages
from reviews import questions, receipts, sealed, services
from reviews.forms import (
    FINISH,
    AnswerUnreadableError,
    BeginForm,
    FinishForm,
    FormState,
    opened,
    read_answer,
)
from reviews.models import Review
from reviews.screens import answer_notes, finish_context, question_context

_RECEIPT_PAGE = "receipt page"
_START_PICTURES = {
    "self": "person-self",
    "applying": "pencil",
    "family": "family",
    "helper": "hand",
}


def _languages(address: str) -> list[dict[str, object]]:
    """Return the languages with the address of this form in each, for buttons that keep answers."""
    current = translation.get_language()
    shown = []
    for language in languages.live():
        with translation.override(language.code):
            url = reverse(address)
        shown.append(
            {
                "code": language.code,
                "own_name": language.own_name,
                "direction": language.direction,
                "url": url,
                "is_current": language.code == current,
            }
        )
    return shown


@require_http_methods(["GET", "HEAD"])
def start(request: HttpRequest) -> HttpResponse:
    """Say what to know before writing, and ask who tells it (J-REVIEW-2, J-REVIEW-3)."""
    asked = request.GET.get("agency", "")
    agency = None
    if asked.isascii() and asked.isdigit() and len(asked) <= len(str(2**62)):
        agency = Agency.objects.listed().filter(pk=int(asked)).first()
    context = {
        "agency": agency,
        "starts": [
            {"value": who.value, "label": who.label, "picture": _START_PICTURES[who.value]}
            for who in Review.ToldBy
        ],
    }
    return render(request, "reviews/start.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def steps(request: HttpRequest) -> HttpResponse:
    """Take the answer of one screen and show the next one, or the one that was asked for."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("reviews:start"))
    if "state" not in request.POST:
        begin = BeginForm(request.POST)
        if not begin.is_valid():
            return HttpResponseRedirect(reverse("reviews:start"))
        asked = begin.cleaned_data
        return _screen(request, FormState(agency_id=asked["agency"], told_by=asked["told_by"]))
    try:
        state, is_old = opened(request.POST["state"])
    except sealed.SealBrokenError:
        return _broken(request)
    if is_old:
        return _screen(request, _kept(request, state), notice=_old_notice())
    return _step(request, state, request.POST.get("do", "next"))


def _old_notice() -> str:
    return _("This page was open for more than a day. Look at your answers, then go on.")


def _kept(request: HttpRequest, state: FormState) -> FormState:
    """Return the state with what the screen holds, as far as it can be read."""
    if state.place == FINISH:
        text = services.plain_text(request.POST.get("text", ""))
        return replace(state, text=text) if len(text) <= services.LONGEST_TEXT else state
    question = state.question()
    if question is None:
        return state
    try:
        return state.answered(question.code, read_answer(question, request.POST.dict()))
    except AnswerUnreadableError:
        return state


def _step(request: HttpRequest, state: FormState, do: str) -> HttpResponse:
    question = state.question()
    if do == "back":
        return _screen(request, _kept(request, state).moved(-1))
    if do in {"language", "preview"} or question is None:
        return _screen(request, _kept(request, state), is_preview=do == "preview")
    if do == "stop":
        return _screen(request, replace(_kept(request, state), place=FINISH))
    if do == "skip":
        return _screen(request, state.answered(question.code, None).moved(1))
    try:
        answer = read_answer(question, request.POST.dict())
    except AnswerUnreadableError as unreadable:
        return _screen(request, state, error=str(unreadable.message))
    after = state.answered(question.code, answer).moved(1)
    return _screen(request, after, just_answered=question.code)


def _screen(
    request: HttpRequest,
    state: FormState,
    *,
    notice: str = "",
    error: str = "",
    just_answered: str = "",
    is_preview: bool = False,
    form: FinishForm | None = None,
) -> HttpResponse:
    agency = Agency.objects.listed().select_related("country").filter(pk=state.agency_id).first()
    if agency is None:
        return HttpResponseRedirect(reverse("reviews:start"))
    context: dict[str, object] = {
        "state": state.sealed(),
        "notice": notice,
        "error": error,
        "form_languages": _languages("reviews:steps"),
    }
    question = state.question()
    if question is not None:
        context |= question_context(state, question, agency, request.POST.dict() if error else {})
        context |= answer_notes(state, just_answered)
        return render(request, "reviews/question.html", context)
    if form is None:
        ticked = request.POST.dict() if is_preview or "text" in request.POST else {}
        form = FinishForm(initial={**ticked, "text": state.text})
    context |= finish_context(state, agency, form)
    context |= answer_notes(state, just_answered)
    return render(request, "reviews/finish.html", context)


def _broken(request: HttpRequest) -> HttpResponse:
    """Say that the page can't be read; whatever was typed stays on the page."""
    context = {"typed": request.POST.get("text", "") or request.POST.get("amount", "")}
    return render(request, "reviews/broken.html", context, status=400)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Store the review and show its number once; a reload finds it "already shown"."""
    if request.method != "POST":
        return render(request, "reviews/already_shown.html")
    try:
        state, is_old = opened(request.POST.get("state", ""))
    except sealed.SealBrokenError:
        return _broken(request)
    form = FinishForm(request.POST)
    is_readable = form.is_valid()
    state = _kept(request, state)
    if is_old or not is_readable:
        notice = _old_notice() if is_old else ""
        return _screen(request, state, notice=notice, form=form)
    return _send(request, state, form)


def _send(request: HttpRequest, state: FormState, form: FinishForm) -> HttpResponse:
    try:
        sent = services.submit_review(
            draft=_draft(state, form),
            form_token=state.token,
            today=timezone.localdate(),
            durable=True,
        )
    except services.NothingToldError:
        sentence = _("Answer one question at least. Press “Back” to choose one.")
        return _screen(request, state, form=form, error=sentence)
    except services.UnknownAgencyError:
        return HttpResponseRedirect(reverse("reviews:start"))
    except services.AnswerRefusedError:
        return _broken(request)
    if not sent.code:
        return render(request, "reviews/already_shown.html")
    return _show_receipt(request, state, sent.code)


def _draft(state: FormState, form: FinishForm) -> services.ReviewDraft:
    ticked = form.cleaned_data
    return services.ReviewDraft(
        agency_id=state.agency_id,
        told_by=state.told_by,
        language=translation.get_language() or settings.LANGUAGE_CODE,
        answers={
            code: answer
            for code, answer in state.given.items()
            if code in {question.code for question in state.path()}
        },
        text=ticked["text"],
        consent_publish=ticked["publish"],
        consent_case=ticked["case"],
        consent_statistics=ticked["statistics"],
        in_danger=ticked["in_danger"],
    )


def _show_receipt(request: HttpRequest, state: FormState, code: str) -> HttpResponse:
    language = translation.get_language() or settings.LANGUAGE_CODE
    context = {
        "groups": receipts.groups(code),
        "own_groups": receipts.groups(code, language)
        if receipts.has_own_numerals(language)
        else [],
        "page": sealed.seal(_RECEIPT_PAGE, {"code": code, "token": state.token}),
        "worries": any(questions.is_worrying(key, value) for key, value in state.values().items()),
    }
    return render(request, "reviews/receipt.html", context)


def _receipt_page(request: HttpRequest) -> dict[str, str] | None:
    """Return what the receipt page carries, or None if it is older than the held code."""
    try:
        return sealed.unseal(_RECEIPT_PAGE, request.POST.get("page", ""), services.HELD_FOR)
    except (sealed.SealBrokenError, sealed.SealExpiredError):
        return None


@sensitive_post_parameters()
@require_POST
def receipt_file(request: HttpRequest) -> HttpResponse:
    """Return the number as a plain text file; its name and words tell nothing (AC-I4)."""
    page = _receipt_page(request)
    if page is None:
        return render(request, "reviews/already_shown.html")
    text = " ".join(receipts.groups(page["code"])) + "\n"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="number.txt"'
    return response


@sensitive_post_parameters()
@require_POST
def receipt_kept(request: HttpRequest) -> HttpResponse:
    """Forget the held number, now that its owner has it."""
    page = _receipt_page(request)
    if page is not None:
        services.confirm_receipt(form_token=page["token"])
    return render(request, "reviews/kept.html")
