"""Who may open a page of the desk."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from recruitadvisor.accounts.door import open_door
from recruitadvisor.accounts.permissions import ACTIONS, may

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def desk_page(*actions: str) -> Callable[[View[P]], View[P]]:
    """Open a view only to staff of the desk who may do at least one of ``actions`` somewhere.

    Whether they may do it to one object is asked in the view, where the object is known.
    """
    if unknown := set(actions) - ACTIONS:
        message = f"no such action: {', '.join(sorted(unknown))}"
        raise ValueError(message)

    def decorate(view: View[P]) -> View[P]:
        @never_cache
        @wraps(view)
        def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if (first := open_door(request, "desk.enter")) is not None:
                return first
            if actions and not any(may(request.user, action) for action in actions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return page

    return decorate
