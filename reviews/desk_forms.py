"""The form beside a review on the desk: checklist, what to hide, reason and facts."""

import re
from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews import moderation, notices
from reviews.models import Decision, ReviewVersion
from reviews.redaction import Span

QUESTIONS = {
    "first_hand": _("Is it the writer’s own, or the family’s, experience?"),
    "this_agency": _("Is it about this agency?"),
    "persons_named": _("Can a private person be recognised?"),
    "crime_alleged": _("Does it say that somebody broke the law?"),
    "could_identify": _("Could the agency tell who wrote it?"),
}
PROBLEMS = {
    "outcome_unknown": _("Choose what happens to this review."),
    "reason_missing": _("Choose the reason for not publishing it."),
    "facts_missing": _("Write what you relied on. The writer will read it."),
    "checklist_incomplete": _("Answer all five questions before you approve."),
    "not_first_hand": _("It is not first-hand, so it can’t be approved."),
    "not_this_agency": _("It is not about this agency, so it can’t be approved."),
    "finding_not_hidden": _("Hide every phone number, address and link, or leave out the text."),
    "person_not_hidden": _("A person can be recognised. Hide the name, or leave out the text."),
    "could_identify": _("The agency could tell who wrote it. Leave out the text."),
    "decided_by_you": _("You have decided on this review before. A second person decides now."),
    "words_not_found": _("These words to hide are not in the text. Copy them from it."),
}
# Where each problem is mended, so that the summary of errors can lead there.
FIELD_OF_PROBLEM = {
    "reason_missing": "reason_code",
    "facts_missing": "facts",
    "checklist_incomplete": "first_hand",
    "not_first_hand": "first_hand",
    "not_this_agency": "this_agency",
    "finding_not_hidden": "hide",
    "person_not_hidden": "names",
    "could_identify": "could_identify",
    "words_not_found": "names",
}


class DecisionForm(forms.Form):
    """What a moderator answers; the rules about it are in ``moderation.problem_with``."""

    hide = forms.TypedMultipleChoiceField(coerce=int, required=False)
    names = forms.CharField(required=False, max_length=2000)
    reason_code = forms.ChoiceField(
        required=False,
        choices=[("", _("Choose a reason")), *Decision.Reason.choices[1:]],
    )
    facts = forms.CharField(required=False, max_length=2000)
    outcome = forms.ChoiceField(required=False, choices=Decision.Outcome.choices)

    def __init__(self, version: ReviewVersion, data: Mapping[str, str] | None = None) -> None:
        super().__init__(data)
        self.version = version
        for name, label in QUESTIONS.items():
            self.fields[name] = forms.ChoiceField(
                required=False, label=label, choices=[("yes", _("Yes")), ("no", _("No"))]
            )
        hide = self.fields["hide"]
        if isinstance(hide, forms.TypedMultipleChoiceField):
            hide.choices = [(str(index), "") for index in range(len(version.findings))]

    def checklist(self) -> dict[str, str]:
        """Return the answered questions."""
        given = {name: self.cleaned_data.get(name, "") for name in moderation.CHECKLIST}
        return {name: answer for name, answer in given.items() if answer}

    def redactions(self) -> list[Span]:
        """Return the spans to hide: the ticked findings, and every place of a typed name."""
        findings = self.version.findings
        spans: list[Span] = [
            (findings[index]["start"], findings[index]["end"], findings[index]["kind"])
            for index in self.cleaned_data.get("hide", [])
        ]
        for name in self._names():
            places = re.finditer(re.escape(name), self.version.text, re.IGNORECASE)
            spans += [(place.start(), place.end(), "name") for place in places]
        return spans

    def problem(self) -> str:
        """Return the name of the first rule this decision breaks, or an empty string."""
        if not self.is_valid():
            return FIELD_TO_PROBLEM.get(next(iter(self.errors)), "checklist_incomplete")
        text = self.version.text.casefold()
        if any(name.casefold() not in text for name in self._names()):
            return "words_not_found"
        return moderation.problem_with(
            self.version,
            outcome=self.cleaned_data["outcome"],
            checklist=self.checklist(),
            redactions=[*self.version.redactions, *self.redactions()],
            reason_code=self.cleaned_data["reason_code"],
            facts=self.cleaned_data["facts"],
        )

    def _names(self) -> list[str]:
        lines = self.cleaned_data.get("names", "").splitlines()
        return [line.strip() for line in lines if line.strip()]

    def statement(self) -> notices.Statement:
        """Return what the writer will read, in the writer's language."""
        hidden = [*self.version.redactions, *self.redactions()]
        outcome = notices.in_effect(self.version, self.cleaned_data["outcome"])
        return notices.statement(
            outcome=outcome,
            reason_code=self.cleaned_data["reason_code"],
            facts=self.cleaned_data["facts"],
            found_by_software=bool(hidden and self.version.findings),
            removed_kinds=[kind for _start, _end, kind in hidden],
            language=self.version.review.language,
        )


FIELD_TO_PROBLEM = {
    "outcome": "outcome_unknown",
    "reason_code": "reason_missing",
    "facts": "facts_missing",
    "hide": "finding_not_hidden",
    "names": "words_not_found",
}
