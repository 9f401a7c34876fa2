"""What the answers of web servers mean to whoever reads records from them."""

import base64
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from application.kernel.web import Fetched, NotFetched, WhyNot
from application.pipelines.connecting import (
    Origin,
    SourceRefused,
    SourceTrouble,
    SourceUnavailable,
)
from application.pipelines.credentials import Credentials

SUCCESS, REDIRECTION, SERVER_ERROR = 2, 3, 5
LATER = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
SECOND = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(days=1)
FOR_GOOD = {WhyNot.MALFORMED_URL, WhyNot.ADDRESS_REFUSED, WhyNot.TOO_MANY_REDIRECTS}
WORDS: Mapping[int, str] = {
    HTTPStatus.UNAUTHORIZED: "not_authorized",
    HTTPStatus.FORBIDDEN: "not_authorized",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.GONE: "not_found",
}
FOLLOWED = 5


def must_be_good(fetched: Fetched, now: datetime) -> Fetched:
    """Raises SourceTrouble."""
    status, hundreds = fetched.status, fetched.status // 100
    if status in LATER or hundreds == SERVER_ERROR:
        raise SourceUnavailable(f"status_{status}", pause_of(fetched, now))
    if hundreds == SUCCESS:
        return fetched
    told = "redirected" if hundreds == REDIRECTION else f"status_{status}"
    raise SourceRefused(WORDS.get(status, told))


def trouble_of(failed: NotFetched) -> SourceTrouble:
    if failed.reason in FOR_GOOD:
        return SourceRefused(failed.reason.value)
    return SourceUnavailable(failed.reason.value)


def pause_of(fetched: Fetched, now: datetime) -> timedelta | None:
    """How long to wait, in seconds or until a date, as the server says; a day at most."""
    said = fetched.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), LONGEST_PAUSE)
    at = moment_of(said)
    return None if at is None else min(max(at - now, timedelta()), LONGEST_PAUSE)


def moment_of(said: str) -> datetime | None:
    """Of a date as HTTP writes it."""
    try:
        at = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=timezone.utc)


def clock_difference_of(fetched: Fetched, now: datetime) -> int | None:
    """In milliseconds; HTTP tells whole seconds, so less than one is none."""
    theirs = moment_of(fetched.headers.get("date", ""))
    if theirs is None:
        return None
    difference = theirs - now
    return 0 if abs(difference) < SECOND else round(difference / timedelta(milliseconds=1))


def authorization_of(origin: Origin, credentials: Credentials) -> Mapping[str, str]:
    """With a token if there is one, else with user and password. Raises SourceRefused."""
    token = credentials.of(origin, "token")
    if token is not None:
        return {"authorization": f"Bearer {token.value}"}
    user, password = credentials.of(origin, "user"), credentials.of(origin, "password")
    if user is None or password is None:
        return {}
    both = base64.b64encode(f"{user.value}:{password.value}".encode()).decode()
    return {"authorization": f"Basic {both}"}


def redirects_with(headers: Mapping[str, str]) -> int:
    """What is secret is shown to nobody but whom it is meant for."""
    return 0 if headers else FOLLOWED
