"""The receipt: twenty digits shown once, and the slow keyed hash that is kept of them.

Trust.md 4.1: 19 random digits and a check digit; only
``HMAC-SHA256(pepper, Argon2id(code, system salt))`` is stored.
"""

import hashlib
import hmac
import secrets
import threading

from argon2.low_level import Type, hash_secret_raw
from django.conf import settings

from recruitadvisor.core.text import western_digits

LENGTH = 20
GROUP = 4

# Damm's table: a quasigroup that catches every single wrong digit and every adjacent swap.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)
_NATIVE_ZERO = {"ne": "\u0966", "ar": "\u0660"}
_MOST_HASHES_AT_ONCE = 4  # each takes 19 MiB
_places = threading.BoundedSemaphore(_MOST_HASHES_AT_ONCE)


class CodeFormatError(ValueError):
    """What was typed can't be a receipt code: wrong length, other signs, or a slip in a digit."""


def check_digit(digits: str) -> str:
    """Return the digit that makes ``digits`` a valid code."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)


def new_code() -> str:
    """Return a fresh code of 20 digits."""
    digits = f"{secrets.randbelow(10 ** (LENGTH - 1)):0{LENGTH - 1}d}"
    return digits + check_digit(digits)


def read_code(typed: str) -> str:
    """Return the 20 digits a person typed, whatever the script, spaces and dashes.

    Raises ``CodeFormatError`` before anything is hashed.
    """
    kept = [char for char in western_digits(typed[:200]) if char.isalnum()]
    digits = "".join(kept)
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()):
        raise CodeFormatError
    if check_digit(digits) != "0":
        raise CodeFormatError
    return digits


def groups(code: str, language: str = "en") -> list[str]:
    """Return the code in five groups, in the numerals of ``language`` where it has its own."""
    zero = _NATIVE_ZERO.get(language)
    if zero:
        code = "".join(chr(ord(zero) + int(digit)) for digit in code)
    return [code[start : start + GROUP] for start in range(0, LENGTH, GROUP)]


def has_own_numerals(language: str) -> bool:
    """Say whether readers of ``language`` use other digits than 0 to 9."""
    return language in _NATIVE_ZERO


def hash_code(code: str) -> bytes:
    """Return what is stored of a code, 32 bytes; slow by intent."""
    pepper = settings.RECEIPT_PEPPER.encode()
    salt = hashlib.sha256(b"recruitadvisor receipt salt 1\0" + pepper).digest()[:16]
    with _places:
        slow = hash_secret_raw(
            code.encode(),
            salt,
            time_cost=2,
            memory_cost=19 * 1024,
            parallelism=1,
            hash_len=32,
            type=Type.ID,
        )
    return hmac.new(pepper, slow, hashlib.sha256).digest()
