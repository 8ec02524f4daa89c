"""Every address of the site; the only module beside settings that knows every app."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from recruitadvisor.core import views as core_views
from recruitadvisor.guides import views as guides_views

handler400 = "recruitadvisor.core.views.bad_request"
handler403 = "recruitadvisor.core.views.forbidden"
handler404 = "recruitadvisor.core.views.not_found"
handler500 = "recruitadvisor.core.views.server_error"

to_staff_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("", core_views.choose_language, name="choose_language"),
    path("leave/", core_views.leave, name="leave"),
    path("robots.txt", core_views.robots, name="robots"),
    path(".well-known/security.txt", core_views.security_txt, name="security_txt"),
    path(
        ".well-known/change-password",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="well_known_change_password",
    ),
    path("staff/", include("recruitadvisor.accounts.urls")),
    path("desk/", include("recruitadvisor.desk.urls")),
    path("desk/reviews/", include("reviews.desk_urls")),
    path("cms/login/", to_staff_login),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(
        path("", include("agencies.urls")),
        path("", include("reviews.urls")),
        path("help/", guides_views.help_now, name="help"),
        path("", include(wagtail_urls)),
    ),
]
