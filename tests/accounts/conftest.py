"""No test waits for the failures another one made."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from recruitadvisor.accounts.limiter import sign_in_delay


@pytest.fixture(autouse=True)
def fresh_memory() -> Iterator[None]:
    sign_in_delay.forget_all()
    cache.clear()  # allauth remembers used codes there
    yield
    sign_in_delay.forget_all()
