"""Addresses of staff's own pages: of allauth's only those we need, under allauth's names.

There is no sign-up, no reset by mail and no page that removes a factor.
"""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from django.urls import path

from recruitadvisor.accounts import views

urlpatterns = [
    path("", views.home, name="staff_home"),
    path("login/", account_views.login, name="account_login"),
    path("logout/", account_views.logout, name="account_logout"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", account_views.reauthenticate, name="account_reauthenticate"),
    path("password/", account_views.password_change, name="account_change_password"),
    path("factor/", mfa_views.index, name="mfa_index"),
    path("factor/code/", views.authenticate, name="mfa_authenticate"),
    path("factor/again/", views.reauthenticate, name="mfa_reauthenticate"),
    path("factor/app/", views.activate_totp, name="mfa_activate_totp"),
    path("factor/recovery/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "factor/recovery/new/",
        recovery_views.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
