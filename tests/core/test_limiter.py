"""Guessing is noticed by network and over all, and no address is kept."""

import pytest
from django.test import RequestFactory

from recruitadvisor.core.limiter import MissLimiter


class Clock:
    def __init__(self) -> None:
        self.time = 0.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limiter(clock: Clock) -> MissLimiter:
    return MissLimiter(clock)


def visit(address: str):
    return RequestFactory().get("/", REMOTE_ADDR=address)


def test_five_misses_in_ten_minutes_slow_one_network_only(limiter, clock) -> None:
    for _ in range(5):
        assert not limiter.is_slowed(visit("203.0.113.7"))
        limiter.missed(visit("203.0.113.7"))

    assert limiter.is_slowed(visit("203.0.113.200"))
    assert not limiter.is_slowed(visit("203.0.114.7"))
    clock.time += 600
    assert not limiter.is_slowed(visit("203.0.113.7"))


def test_more_than_sixty_misses_a_minute_slow_everybody(limiter, clock) -> None:
    for number in range(61):
        assert not limiter.is_slowed(visit("2001:db8:ffff::1"))
        limiter.missed(visit(f"2001:db8:{number:x}::1"))

    assert limiter.is_slowed(visit("2001:db8:ffff::1"))
    clock.time += 60
    assert not limiter.is_slowed(visit("2001:db8:ffff::1"))


def test_the_key_and_everything_counted_go_after_a_day(limiter, clock) -> None:
    for _ in range(5):
        limiter.missed(visit("203.0.113.7"))
    before = limiter._key
    clock.time += 24 * 60 * 60 + 1

    assert not limiter.is_slowed(visit("203.0.113.7"))
    assert limiter._key != before
    assert not limiter._misses


def test_no_address_is_kept_and_none_at_all_is_no_error(limiter) -> None:
    for address in ("203.0.113.7", "2001:db8::7", "", "unix:"):
        limiter.missed(visit(address))

    assert {len(mark) for mark in limiter._misses} == {8}
    assert "203" not in repr(limiter._misses)


def test_a_name_is_spent_once(limiter) -> None:
    assert limiter.use_once("a")
    assert not limiter.use_once("a")
