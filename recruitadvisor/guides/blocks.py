"""The parts a guide is built from."""

import re
from typing import Any

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# Nothing that fetches, embeds or runs: headings, bold, lists and links only (AC-S9).
RICH_TEXT_FEATURES = ["h2", "h3", "h4", "bold", "ol", "ul", "link"]

is_phone_number = RegexValidator(
    r"^\+?[0-9][0-9 ()-]+$", _("Use digits, spaces and a leading plus only.")
)


def dialled(phone: str) -> str:
    """Return a number as a phone dials it: digits and a plus."""
    return re.sub(r"[^+0-9]", "", phone)


class StepBlock(blocks.StructBlock):
    """One thing to do, and why or how."""

    title = blocks.CharBlock(label=_("What to do"), max_length=120)
    text = blocks.TextBlock(label=_("Why or how"), required=False)


class StepsBlock(blocks.StructBlock):
    """Things to do, in their order."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "guides/blocks/steps.html"


class DoAndDontBlock(blocks.StructBlock):
    """What to do beside what not to do."""

    do = blocks.ListBlock(blocks.CharBlock(max_length=160), label=_("Do"), min_num=1)
    dont = blocks.ListBlock(blocks.CharBlock(max_length=160), label=_("Do not"), min_num=1)

    class Meta:
        icon = "tasks"
        label = _("Do and do not")
        template = "guides/blocks/do_and_dont.html"


class PhoneBlock(blocks.StructBlock):
    """One number to call, with what a caller has to know first."""

    name = blocks.CharBlock(label=_("Who answers"), max_length=120)
    phone = blocks.CharBlock(label=_("Phone"), max_length=40, validators=[is_phone_number])
    hours = blocks.CharBlock(label=_("Hours"), max_length=80, required=False)
    spoken = blocks.CharBlock(label=_("Languages"), max_length=120, required=False)
    cost = blocks.ChoiceBlock(
        label=_("Cost of the call"),
        choices=[("free", _("Free of charge")), ("paid", _("Costs money"))],
        required=False,
    )
    checked_on = blocks.DateBlock(label=_("Checked on"))

    class Meta:
        template = "guides/blocks/phone.html"

    def get_context(
        self, value: Any, parent_context: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Add the number as a phone dials it."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["tel"] = dialled(value["phone"])
        return context


class PhoneListBlock(blocks.StructBlock):
    """Numbers to call; each is tapped, not copied."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=80)
    phones = blocks.ListBlock(PhoneBlock(), label=_("Numbers"), min_num=1)

    class Meta:
        icon = "mobile-alt"
        label = _("Phone list")
        template = "guides/blocks/phone_list.html"


class SourceBlock(blocks.StructBlock):
    """Where a guide has its facts from."""

    title = blocks.CharBlock(label=_("Title"), max_length=200)
    url = blocks.URLBlock(label=_("Link"))
    # Empty until a person has opened the link and compared it: the page then claims no check.
    checked_on = blocks.DateBlock(label=_("Checked on"), required=False)

    class Meta:
        icon = "link"
        label = _("Source")


class GuideBody(blocks.StreamBlock):
    """Everything a guide may hold, in any order."""

    short_answer = blocks.TextBlock(
        label=_("Short answer"), icon="pick", template="guides/blocks/short_answer.html"
    )
    steps = StepsBlock()
    do_and_dont = DoAndDontBlock()
    phone_list = PhoneListBlock()
    text = blocks.RichTextBlock(
        label=_("Text"), features=RICH_TEXT_FEATURES, template="guides/blocks/text.html"
    )
