"""allauth's pages of the second factor with our forms, and the way from sign-in to the work."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from recruitadvisor.accounts.forms import (
    StaffActivateForm,
    StaffAuthenticateForm,
    StaffReauthenticateForm,
)
from recruitadvisor.accounts.permissions import may


class StaffAuthenticateView(AuthenticateView):
    """Takes the second factor after the password."""

    def get_form_class(self) -> type[StaffAuthenticateForm]:
        """Use the form that grows slow."""
        return StaffAuthenticateForm


class StaffReauthenticateView(ReauthenticateView):
    """Takes the second factor again."""

    def get_form_class(self) -> type[StaffReauthenticateForm]:
        """Use the form that grows slow."""
        return StaffReauthenticateForm


class StaffActivateView(ActivateTOTPView):
    """Sets up the first authenticator app. There is no page that removes it (AC-S24)."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """Lead on whoever already has an app."""
        if is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            return redirect("mfa_index")
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_form_class(self) -> type[StaffActivateForm]:
        """Use the form that grows slow."""
        return StaffActivateForm

    def form_valid(self, form: StaffActivateForm) -> HttpResponse:
        """Keep the app, and count the code just given as this session's second factor."""
        response: HttpResponse = super().form_valid(form)
        app = Authenticator.objects.get(user=self.request.user, type=Authenticator.Type.TOTP)
        record_authentication(
            self.request,
            self.request.user,
            "mfa",
            id=app.pk,
            type=app.type,
            reauthenticated=True,
        )
        return response


authenticate = StaffAuthenticateView.as_view()
reauthenticate = StaffReauthenticateView.as_view()
activate_totp = StaffActivateView.as_view()


@require_safe
@never_cache
def home(request: HttpRequest) -> HttpResponse:
    """Lead staff to the place where they work."""
    return HttpResponseRedirect("/desk/" if may(request.user, "desk.enter") else "/cms/")
