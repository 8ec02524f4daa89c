"""What editors see in Wagtail's admin: overdue guides first, and only what is theirs."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component

from recruitadvisor.guides.models import GuidePage

# Whether a language is offered is decided in languages.py; documents are not part of any guide.
_HIDDEN_MENU_ITEMS = {"documents", "help", "settings"}


class OverdueGuides(Component):
    """Lists the published guides whose review is overdue (J-COORD-1 for editors)."""

    order = 50
    template_name = "guides/overdue_panel.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the overdue guides, the oldest first."""
        del parent_context
        overdue = GuidePage.objects.live().filter(review_by__lt=timezone.localdate())
        return {
            "title": _("Guides past their review day"),
            "guides": overdue.select_related("locale").order_by("review_by"),
        }


@hooks.register("construct_homepage_panels")
def show_overdue_guides(request: HttpRequest, panels: list[Any]) -> None:
    """Put the overdue guides on the first page of the admin."""
    del request
    panels.append(OverdueGuides())


@hooks.register("construct_main_menu")
def hide_what_guides_do_not_need(request: HttpRequest, menu_items: list[Any]) -> None:
    """Leave pages, images and reports."""
    del request
    menu_items[:] = [item for item in menu_items if item.name not in _HIDDEN_MENU_ITEMS]
