"""What Twilio says about calls, in our words. All of it raises ValueError for what makes no sense.

Numbers of people are left where they are: what is kept is how a call went.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Any

from application.calls.telephony_news import Incoming
from domain.calls.facts import Heard
from domain.calls.status import CallStatus

PROVIDER = "twilio"
INBOUND = "inbound"
CALL_SID = re.compile(r"CA[0-9a-fA-F]{32}")
WORD = re.compile(r"[a-z][a-z0-9-]{0,39}")
OF, CALL = "of", "call"
"""In the address that Twilio tells: the call that a line belongs to, and our name for a call."""

STATUSES = {
    "queued": CallStatus.QUEUED,
    "initiated": CallStatus.QUEUED,
    "ringing": CallStatus.RINGING,
    "in-progress": CallStatus.IN_PROGRESS,
    "completed": CallStatus.COMPLETED,
    "busy": CallStatus.BUSY,
    "no-answer": CallStatus.NO_ANSWER,
    "failed": CallStatus.FAILED,
    "canceled": CallStatus.CANCELLED,
}
KEPT = {
    "CallDuration": "duration",
    "SipResponseCode": "sip_code",
    "ErrorCode": "error_code",
    "AnsweredBy": "answered_by",
    "StirVerstat": "stir",
    "QueueTime": "queue_time_ms",
}
LONGEST_DETAIL = 100
MOST_DIGITS = 9
SECONDS_REMEMBERED = 64  # what happens in the same second is written alike


def heard_in(form: Mapping[str, str], asked: Mapping[str, str], *, now: datetime) -> Heard:
    """Of a status callback; `asked` is the query of the address it came to."""
    call, event = _call_sid(form["CallSid"]), form["CallStatus"]
    if not WORD.fullmatch(event):
        raise ValueError("not a status")
    parent = form.get("ParentCallSid") or asked.get(OF)
    return Heard(
        provider=PROVIDER,
        provider_call=_call_sid(parent) if parent else call,
        event=event,
        sequence=_sequence(form.get("SequenceNumber")),
        status=STATUSES.get(event),
        at=_moment(form.get("Timestamp")) or now,
        leg=call if parent else None,
        details=_details(form, asked),
    )


def incoming_in(form: Mapping[str, str]) -> Incoming | None:
    """Numbers that are withheld, or none, come as words."""
    if form.get("Direction") != INBOUND or form.get("ParentCallSid"):
        return None
    caller, called = (form.get(name, "") for name in ("From", "To"))
    return Incoming(
        caller=caller if caller.startswith("+") else None,
        called=called if called.startswith("+") else None,
    )


def came_from(call: Any) -> str:
    return str(call._from or "")  # noqa: SLF001  (`from` is no name in Python)


def came_in(call: Any, own_number: str | None) -> Incoming | None:
    """Of a call that is listed, if it was to that number."""
    if call.direction != INBOUND or own_number is None or call.to != own_number:
        return None
    caller = came_from(call)
    return Incoming(caller=caller if caller.startswith("+") else None, called=own_number)


def seen(
    call: str,
    status: str,
    *,
    updated_at: datetime | None,
    ended_at: datetime | None,
    duration: str | None,
    now: datetime,
) -> Heard:
    """How a call stands when one looks: it has no number in the order of what was told."""
    details = {"duration": duration} if duration else {}
    return Heard(
        provider=PROVIDER,
        provider_call=_call_sid(call),
        event=f"seen-{status}",
        status=STATUSES.get(status),
        at=_utc(ended_at or updated_at) or now,
        details=details,
    )


def joined(pairs: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Of what is given twice, the first: Twilio gives nothing twice that is looked at here."""
    form: dict[str, str] = {}
    for name, value in pairs:
        form.setdefault(name, value)
    return form


def _details(form: Mapping[str, str], asked: Mapping[str, str]) -> Mapping[str, str]:
    found = {ours: form[name] for name, ours in KEPT.items() if form.get(name)}
    if asked.get(CALL):
        found[CALL] = asked[CALL]
    return {name: value[:LONGEST_DETAIL] for name, value in found.items()}


def _call_sid(given: str) -> str:
    if not CALL_SID.fullmatch(given):
        raise ValueError("not the name of a call")
    return given


def _sequence(given: str | None) -> int | None:
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS):
        raise ValueError("not a number in an order")
    return int(given)


@lru_cache(SECONDS_REMEMBERED)
def _moment(given: str | None) -> datetime | None:
    return _utc(parsedate_to_datetime(given)) if given else None


def _utc(given: datetime | None) -> datetime | None:
    if given is None:
        return None
    return (given if given.tzinfo else given.replace(tzinfo=timezone.utc)).astimezone(timezone.utc)
