"""Which answers call for a person soon (review-form.md section 5). Pure; private; never public."""

from collections.abc import Mapping

VERSION = 1
DANGER = "D"
_ALONE = frozenset({"FL3", "FL5"})
_LONG_DAY, _FEW_REST_DAYS = 12, 1


def flags(given: Mapping[str, str], *, in_danger: bool = False) -> list[str]:
    """Return the flags that the given answers raise; a skipped question raises nothing."""

    def told(code: str, *values: str) -> bool:
        return given.get(code) in values

    raised = {
        DANGER: in_danger,
        "FL2": told("Q104", "1", "2") or told("Q501", "no") or told("Q305", "airport", "arrival"),
        "FL3": told("Q403", "no") or told("Q606", "no"),
        "FL4": told("Q606", "no") and told("R3", "house", "farm", "sea"),
        "FL5": told("Q610", "yes"),
        "FL6": told("Q609", "yes") or told("Q406", "no") or told("Q704", "punished"),
        "FL7": told("Q404", "yes") or told("Q503", "yes"),
        "FL8": told("Q502", "not_paid") or told("Q603", "1") or told("Q703a", "yes"),
        "FL9": told("Q205", "lender", "agency") and (told("Q206", "yes") or told("Q611", "no")),
        "FL10": told("Q607", "1") or told("Q608", "1") or told("Q402b", "1"),
        "FL11": (_long(given.get("Q604a")) or _few(given.get("Q604b"))) and told("Q605", "no"),
    }
    return [flag for flag, is_raised in raised.items() if is_raised]


def needs_help_now(raised: list[str]) -> bool:
    """Say whether help is offered before anything else (T-1)."""
    signs = [flag for flag in raised if flag.startswith("FL")]
    return DANGER in raised or len(signs) > 1 or bool(_ALONE.intersection(signs))


def _long(hours: str | None) -> bool:
    return hours is not None and hours.isdigit() and int(hours) >= _LONG_DAY


def _few(days: str | None) -> bool:
    return days is not None and days.isdigit() and int(days) <= _FEW_REST_DAYS
