"""What follows from what a server answered, or from its silence."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum

import attrs

RETRIES = (1.0, 2.0, 4.0)
"""Seconds before each, of which up to half is left to chance."""

LONGEST_REST = timedelta(hours=24)
LONGEST_DELAY = 30.0

# Of HTTP, as it is and as it was (RFC 9110, 5.6.7).
DATES = ("%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %d %H:%M:%S %Y")

Fraction = Callable[[], float]
"""By chance, from 0 up to 1."""

OK, NOT_MODIFIED, SERVER_ERROR = 200, 304, 500
GONE = frozenset({404, 410})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
COME_BACK = frozenset({408, 425, 429})


class Meaning(Enum):
    """Of an answer, for the page that was asked for."""

    PAGE = "page"
    UNCHANGED = "unchanged"
    GONE = "gone"
    MOVED = "moved"
    TRY_AGAIN = "try_again"
    REFUSED = "refused"


def meaning_of(status: int) -> Meaning:
    """Asking again helps only against what passes."""
    if status in GONE:
        return Meaning.GONE
    if status in REDIRECTS:
        return Meaning.MOVED
    if status in COME_BACK or status >= SERVER_ERROR:
        return Meaning.TRY_AGAIN
    return {OK: Meaning.PAGE, NOT_MODIFIED: Meaning.UNCHANGED}.get(status, Meaning.REFUSED)


def next_try(attempts: int, fraction: Fraction) -> timedelta | None:
    """How long to wait after so many attempts; None if that was the last."""
    if attempts > len(RETRIES):
        return None
    longest = RETRIES[attempts - 1]
    return timedelta(seconds=longest * (1 + fraction()) / 2)


def rest_until(retry_after: str | None, now: datetime) -> datetime | None:
    """When a host wants to be asked again, in seconds or as a date (RFC 9110, 10.2.3)."""
    if retry_after is None:
        return None
    said = retry_after.strip()
    if said.isascii() and said.isdigit():
        seconds = min(int(said), int(LONGEST_REST.total_seconds()))
        return now + timedelta(seconds=seconds)
    until = _date_in(said, now)
    return None if until is None or until <= now else min(until, now + LONGEST_REST)


def _date_in(said: str, now: datetime) -> datetime | None:
    for form in DATES:
        try:
            return datetime.strptime(said, form).replace(tzinfo=now.tzinfo)
        except ValueError:
            continue
    return None


@attrs.frozen(kw_only=True)
class Politeness:
    """Seconds between requests to a host, and how many may be under way."""

    delay: float = 1.0
    at_once: int = 4

    def between(self, asked_for: float | None) -> float:
        """What its robots.txt asks for counts if it is more, and within reason."""
        return max(self.delay, min(asked_for or 0.0, LONGEST_DELAY))


USUAL = Politeness()
