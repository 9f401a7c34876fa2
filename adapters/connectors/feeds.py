"""What an iCalendar feed says (RFC 5545), as far as it is about when something is taken."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from typing import Any
from warnings import catch_warnings, simplefilter

import attrs
from icalendar import Calendar
from icalendar.error import GloballyUniqueTZIDGuessed

from application.pipelines.connecting import Record

LONGEST_UID = 500
LONGEST_SUMMARY = 500
DAY = timedelta(days=1)
# They repeat by a rule, and what follows from that is not guessed.
RULES = ("RRULE", "RDATE", "EXRULE")

When = date | datetime


@attrs.frozen
class FeedUnreadable(Exception):
    reason: str
    at: str = "the beginning"


@attrs.frozen(kw_only=True)
class FeedEvent:
    """A moment that names no zone stays without: whoever reads it knows where that is.

    What is `transparent` takes no time: a reminder, a birthday.
    """

    uid: str
    recurrence_id: str
    sequence: int
    status: str
    summary: str
    starts: When
    ends: When
    transparent: bool = False

    @property
    def record(self) -> Record:
        return {
            "uid": self.uid,
            "recurrence_id": self.recurrence_id,
            "sequence": self.sequence,
            "status": self.status,
            "summary": self.summary,
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat(),
            "all_day": not isinstance(self.starts, datetime),
            "transparent": self.transparent,
        }


@attrs.frozen(kw_only=True)
class UnreadEvent:
    """`uid` is what it is known by, if it says at least that."""

    at: str
    reason: str
    uid: str | None


@attrs.frozen(kw_only=True)
class Feed:
    events: Sequence[FeedEvent]
    bad: Sequence["UnreadEvent"]
    made_by: str | None


def read_feed(body: bytes, *, most: int) -> Feed:
    """Raises FeedUnreadable: of a feed that was cut off, nothing is believed."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FeedUnreadable("bad_encoding", f"byte {error.start}") from None
    lines = text.strip().splitlines()
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        raise FeedUnreadable("no_calendar")
    if lines[-1].strip().upper() != "END:VCALENDAR":
        raise FeedUnreadable("cut_off", "the end")
    try:
        with catch_warnings():
            simplefilter("ignore", GloballyUniqueTZIDGuessed)  # what else would they mean
            calendar = Calendar.from_ical(text)
    except (ValueError, KeyError, IndexError, RecursionError, TypeError, AttributeError):
        raise FeedUnreadable("malformed") from None
    if not isinstance(calendar, Calendar):
        raise FeedUnreadable("no_calendar")
    found = calendar.walk("VEVENT")
    if len(found) > most:
        raise FeedUnreadable("too_many_events", f"event {most + 1}")
    return _feed(calendar, found)


def _feed(calendar: Calendar, found: Sequence[Any]) -> Feed:
    events: list[FeedEvent] = []
    bad: list[UnreadEvent] = []
    for number, event in enumerate(found, 1):
        read = _event(event)
        if isinstance(read, str):
            bad.append(UnreadEvent(at=f"event {number}", reason=read, uid=_uid(event)))
        else:
            events.append(read)
    return Feed(events=events, bad=bad, made_by=str(calendar.get("PRODID", ""))[:100] or None)


def _event(event: Any) -> FeedEvent | str:
    """Or why it says nothing that could be used."""
    if any(event.get(rule) is not None for rule in RULES):
        return "recurring"
    try:
        uid = str(event["UID"])
        starts = _when(event["DTSTART"].dt)
        ends = _end(event, starts)
        recurrence = event.get("RECURRENCE-ID")
        sequence = int(event.get("SEQUENCE", 0))
        recurrence_id = "" if recurrence is None else _when(recurrence.dt).isoformat()
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError):
        return "malformed"
    if not uid or len(uid) > LONGEST_UID:
        return "bad_uid"
    if isinstance(starts, datetime) is not isinstance(ends, datetime) or not _before(starts, ends):
        return "bad_dates"
    return FeedEvent(
        uid=uid,
        recurrence_id=recurrence_id,
        sequence=min(max(sequence, 0), 2**31 - 1),
        status=str(event.get("STATUS", "CONFIRMED")).upper()[:20],
        summary=" ".join(str(event.get("SUMMARY", "")).split())[:LONGEST_SUMMARY],
        starts=starts,
        ends=ends,
        transparent=str(event.get("TRANSP", "OPAQUE")).upper() == "TRANSPARENT",
    )


def _uid(event: Any) -> str | None:
    uid = event.get("UID")
    return None if uid is None or not str(uid) else str(uid)


def _end(event: Any, starts: When) -> When:
    if event.get("DTEND") is not None:
        return _when(event["DTEND"].dt)
    if event.get("DURATION") is not None:
        length: timedelta = event["DURATION"].dt
        return starts + length
    return starts if isinstance(starts, datetime) else starts + DAY


def _when(value: Any) -> When:
    if isinstance(value, datetime):
        return value if value.tzinfo is None else value.astimezone(timezone.utc)
    if isinstance(value, date):
        return value
    raise ValueError("neither a date nor a moment")


def _before(starts: When, ends: When) -> bool:
    try:
        return starts < ends  # a TypeError if one of them is without a zone
    except TypeError:
        return False
