"""Settings of a public installation; refuses to start with anything that is unsafe there."""

from django.core.exceptions import ImproperlyConfigured

from recruitadvisor.settings import env
from recruitadvisor.settings.base import *  # noqa: F403
from recruitadvisor.settings.base import ALLOWED_HOSTS, SECRET_KEY

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")

if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    _message = "Set ALLOWED_HOSTS to the names this site answers to, without a wildcard."
    raise ImproperlyConfigured(_message)
if len(SECRET_KEY) < 50:
    _message = "SECRET_KEY must have at least 50 characters."
    raise ImproperlyConfigured(_message)
