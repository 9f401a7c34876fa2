"""Where time and chance enter the program."""

import os
import random
import secrets
import time
from collections.abc import Callable
from datetime import datetime, timezone
from threading import Lock
from uuid import UUID


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


def below(limit: int) -> int:
    """An unguessable number from 0 up to, but not including, `limit`."""
    return secrets.randbelow(limit)


def seeded(seed: int) -> Callable[[int], int]:
    """The same numbers every time; for what need not be unguessable."""
    numbers = random.Random(seed)  # noqa: S311
    return numbers.randrange


def new_secret() -> bytes:
    """As long as the key of an HMAC with SHA-256 should be."""
    return secrets.token_bytes(32)


def random_bytes(number: int) -> bytes:
    return secrets.token_bytes(number)


class Chance:
    """Random bytes of the system, drawn many at a time: to ask for them costs more than they do.

    For names, not for secrets: those are drawn by themselves. None is given out twice, not in a
    process that was forked from this one either.
    """

    AT_ONCE = 4096

    def __init__(self) -> None:
        self._lock = Lock()
        self._drawn, self._given = b"", 0
        os.register_at_fork(after_in_child=self._begin_anew)

    def __call__(self, number: int) -> bytes:
        with self._lock:
            if len(self._drawn) - self._given < number:
                self._drawn, self._given = os.urandom(max(number, self.AT_ONCE)), 0
            begin, self._given = self._given, self._given + number
            return self._drawn[begin : self._given]

    def _begin_anew(self) -> None:
        self._lock, self._drawn, self._given = Lock(), b"", 0


chance = Chance()


def hexadecimal(length: int) -> str:
    """So many random bytes, in digits."""
    return chance(length).hex()


class TimeOrderedIds:
    """UUIDv7 (RFC 9562, 5.7 and method 1 of 6.2): milliseconds, a counter, then chance.

    The counter begins anew, at random in its lower half, with every millisecond, and borrows from
    the next one should it run over, so the ids of a process ascend strictly.
    """

    COUNTER_BITS = 12
    HALF = (1 << COUNTER_BITS - 1) - 1

    def __init__(self) -> None:
        self._lock = Lock()
        self._millisecond = 0
        self._counter = 0

    def __call__(self) -> UUID:
        with self._lock:
            millisecond = time.time_ns() // 1_000_000
            if millisecond > self._millisecond:
                self._millisecond = millisecond
                self._counter = int.from_bytes(chance(2), "big") & self.HALF
            else:
                self._counter += 1
                if self._counter >> self.COUNTER_BITS:
                    self._millisecond, self._counter = self._millisecond + 1, 0
            millisecond, counter = self._millisecond, self._counter
        rest = int.from_bytes(chance(8), "big") >> 2
        return UUID(int=(millisecond << 80) | (0x7 << 76) | (counter << 64) | (0b10 << 62) | rest)


def pause(attempt: int) -> None:
    """Sleeps 50 µs to 2 ms, at random: whoever waits for SQLite's one writer is not starved."""
    longest = min(400 + 100 * attempt, 2000)
    time.sleep((50 + secrets.randbelow(longest)) / 1_000_000)


def seconds() -> float:
    """A clock that only ever goes forward, for measuring how long something took."""
    return time.perf_counter()


def nanoseconds() -> int:
    """Since 1970, as spans have it."""
    return time.time_ns()
