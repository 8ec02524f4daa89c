"""Notices that numbers are being guessed; the one place that reads a visitor's address.

No address is kept (AC-I5): it becomes the keyed mark of its network, under a random key of the
day, in the memory of this process only.
"""

import hashlib
import hmac
import ipaddress
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

from django.http import HttpRequest

MOST_OF_ONE: Final = 5
WINDOW_OF_ONE: Final = 10 * 60.0
MOST_OF_ALL: Final = 60
WINDOW_OF_ALL: Final = 60.0
_DAY: Final = 24 * 60 * 60.0
_REMEMBERED: Final = 10_000
_PREFIX: Final = {4: 24, 6: 48}


class MissLimiter:
    """Counts misses for each network and over all; a hit is never counted."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        """Start with nothing counted."""
        self._now = now
        self._lock = threading.Lock()
        self.forget_all()

    def forget_all(self) -> None:
        """Forget everything, as a new process would."""
        with self._lock:
            self._renew()

    def is_slowed(self, request: HttpRequest) -> bool:
        """Tell whether this caller, or everybody, missed too often to try at once."""
        with self._lock:
            now = self._today()
            own = self._misses.get(self._mark(request), ())
            of_one = sum(now - missed < WINDOW_OF_ONE for missed in own)
            of_all = sum(now - missed < WINDOW_OF_ALL for missed in self._all)
        return of_one >= MOST_OF_ONE or of_all > MOST_OF_ALL

    def missed(self, request: HttpRequest) -> None:
        """Count one wrong number."""
        with self._lock:
            now = self._today()
            mark = self._mark(request)
            own = self._misses.pop(mark, None) or deque(maxlen=MOST_OF_ONE)
            own.append(now)
            self._misses[mark] = own
            self._all.append(now)
            while len(self._misses) > _REMEMBERED:
                self._misses.popitem(last=False)

    def use_once(self, name: str) -> bool:
        """Spend a name given out for one try; False if it was spent before."""
        with self._lock:
            self._today()
            if name in self._spent:
                return False
            self._spent[name] = None
            while len(self._spent) > _REMEMBERED:
                self._spent.popitem(last=False)
            return True

    def _today(self) -> float:
        now = self._now()
        if now - self._began > _DAY:
            self._renew()
        return now

    def _renew(self) -> None:
        self._began = self._now()
        self._key = secrets.token_bytes(32)
        self._misses: OrderedDict[bytes, deque[float]] = OrderedDict()
        self._all: deque[float] = deque(maxlen=MOST_OF_ALL + 1)
        self._spent: OrderedDict[str, None] = OrderedDict()

    def _mark(self, request: HttpRequest) -> bytes:
        network = _network(request.META.get("REMOTE_ADDR", ""))
        return hmac.new(self._key, network.encode(), hashlib.sha256).digest()[:8]


def _network(address: str) -> str:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""  # a socket without an address
    prefix = _PREFIX[found.version]
    return str(ipaddress.ip_network((found.packed, prefix), strict=False))


code_misses: Final = MissLimiter()
