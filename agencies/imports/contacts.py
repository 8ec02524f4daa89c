"""Telephone numbers as they are compared: international digits without the plus. Pure."""

import re

from recruitadvisor.core.text import western_digits

SHORTEST, LONGEST = 7, 15  # digits; ITU-T E.164 allows 15


def phone_keys(phones: list[str], calling_code: str) -> list[str]:
    """Return the keys of the printed numbers that can be one, each once."""
    keys = (phone_key(phone, calling_code) for phone in phones)
    return list(dict.fromkeys(key for key in keys if key))


def phone_key(phone: str, calling_code: str) -> str:
    """Return one number with the list's country in front unless it carries its own, or ""."""
    phone = western_digits(phone).strip()
    digits = re.sub(r"\D", "", phone)
    if not SHORTEST <= len(digits) <= LONGEST:
        return ""
    if phone.startswith(("+", "(+")):
        return digits
    if digits.startswith("00"):
        return digits[2:]
    if calling_code and digits.startswith(calling_code) and len(digits) > SHORTEST + 2:
        return digits
    return calling_code + digits.lstrip("0")
