"""Makes guessing slow: the wait after a wrong password or code doubles up to five minutes.

Kept in the memory of this process under a key made at its start: no address and no e-mail
address is stored, and nobody is ever locked out for good (AC-S10).
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

LONGEST_WAIT: Final = 300.0
_FREE_TRIES: Final = 3
_REMEMBERED: Final = 10_000
_FORGET_AFTER: Final = 24 * 60 * 60


class SignInDelay:
    """Counts failures for each account and says how long it has to wait."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing counted."""
        self._now = now
        self._key = secrets.token_bytes(32)
        self._failures: OrderedDict[bytes, tuple[int, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait_for(self, account: str) -> float:
        """Return the seconds this account still has to wait, 0 if it may try now."""
        with self._lock:
            count, last = self._failures.get(self._mark(account), (0, 0.0))
        if count < _FREE_TRIES:
            return 0.0
        wait = min(LONGEST_WAIT, 2.0 ** min(count - _FREE_TRIES + 1, 16))
        return max(0.0, last + wait - self._now())

    def failed(self, account: str) -> None:
        """Count a failure; what is older than a day counts no more."""
        mark = self._mark(account)
        with self._lock:
            count, last = self._failures.pop(mark, (0, 0.0))
            if self._now() - last > _FORGET_AFTER:
                count = 0
            self._failures[mark] = (count + 1, self._now())
            while len(self._failures) > _REMEMBERED:
                self._failures.popitem(last=False)

    def succeeded(self, account: str) -> None:
        """Forget the failures of an account."""
        with self._lock:
            self._failures.pop(self._mark(account), None)

    def forget_all(self) -> None:
        """Forget everything, as a new process would."""
        with self._lock:
            self._failures.clear()

    def _mark(self, account: str) -> bytes:
        folded = account.strip().casefold().encode()
        return hmac.new(self._key, folded, hashlib.sha256).digest()[:16]


sign_in_delay: Final = SignInDelay()
