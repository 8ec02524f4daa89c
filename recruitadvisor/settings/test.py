"""Settings of the tests: the development ones with a folder of their own and cheap passwords."""

import tempfile
from pathlib import Path

from recruitadvisor.settings.dev import *  # noqa: F403

DEBUG = False
DATA_DIR = Path(tempfile.mkdtemp(prefix="recruitadvisor-test-"))
MEDIA_ROOT = DATA_DIR / "media"
ARCHIVE_DIR = DATA_DIR / "archive"
SEARCH_DIR = DATA_DIR / "search"
DEMONSTRATION_MARK = DATA_DIR / "demonstration"
STATIC_ROOT = DATA_DIR / "static"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
