"""Encrypted, authenticated text that the site hands out and gets back: nothing is kept here.

The state of a form lies in a hidden field, the visit behind a receipt in a cookie, and a held
receipt in its row, each under a key of its own.
"""

import base64
import binascii
import hashlib
import json
import time
import zlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

_VERSION = b"\x01"
_MOST_BYTES = 64 * 1024  # of unpacked content; a form's state stays below 8 KiB


class SealBrokenError(ValueError):
    """The text was not made by this site for this purpose, or was changed."""


class SealExpiredError(ValueError):
    """The text is ours, but older than allowed; ``content`` is what it held."""

    def __init__(self, content: dict[str, Any]) -> None:
        """Keep the content, so that a form can show what it held."""
        super().__init__("too old")
        self.content = content


def _box(purpose: str, secret: str) -> SecretBox:
    key = hashlib.blake2b(
        purpose.encode(), key=hashlib.sha256(secret.encode()).digest(), digest_size=32
    ).digest()
    return SecretBox(key)


def seal_bytes(purpose: str, secret: str, content: bytes) -> bytes:
    """Encrypt under a key made of ``secret`` and ``purpose``."""
    return bytes(_box(purpose, secret).encrypt(content))


def unseal_bytes(purpose: str, secret: str, sealed: bytes) -> bytes:
    """Return what ``seal_bytes`` was given; raises ``SealBrokenError`` for anything else."""
    try:
        return bytes(_box(purpose, secret).decrypt(sealed))
    except (CryptoError, ValueError) as broken:
        raise SealBrokenError from broken


def seal(purpose: str, content: dict[str, Any]) -> str:
    """Return ``content`` as URL-safe text that only this site can read or make."""
    packed = json.dumps([int(time.time()), content], ensure_ascii=False, separators=(",", ":"))
    sealed = seal_bytes(purpose, settings.FORM_KEY, zlib.compress(packed.encode(), 9))
    return base64.urlsafe_b64encode(_VERSION + sealed).decode("ascii")


def unseal(purpose: str, text: str, longest: timedelta) -> dict[str, Any]:
    """Return what was sealed for this purpose, at most ``longest`` ago.

    Raises ``SealBrokenError`` or ``SealExpiredError``.
    """
    try:
        raw = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error) as broken:
        raise SealBrokenError from broken
    if raw[:1] != _VERSION:
        raise SealBrokenError
    packed = unseal_bytes(purpose, settings.FORM_KEY, raw[1:])
    made, content = json.loads(zlib.decompressobj().decompress(packed, _MOST_BYTES))
    if time.time() - made > longest.total_seconds():
        raise SealExpiredError(content)
    return dict(content)
