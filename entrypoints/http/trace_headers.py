"""W3C Trace Context, read as strictly as the recommendation asks (level 1, version 00)."""

import re
from collections.abc import Iterable

from application.kernel.tracing import Trace

RawHeaders = Iterable[tuple[bytes, bytes]]

PARENT = re.compile(r"([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?")
KEY = r"(?:[a-z][a-z0-9_*/-]{0,255}|[a-z0-9][a-z0-9_*/-]{0,240}@[a-z][a-z0-9_*/-]{0,13})"
VALUE = r"[\x20-\x2b\x2d-\x3c\x3e-\x7e]{0,255}[\x21-\x2b\x2d-\x3c\x3e-\x7e]"
MEMBER = re.compile(f"({KEY})=({VALUE})")
MOST_MEMBERS = 32
LONGEST_STATE = 512
SAMPLED = 1


def trace_of(headers: RawHeaders) -> Trace | None:
    """Of the caller; None if there is none, or it is not as it must be."""
    told = _values(headers, b"traceparent")
    if len(told) != 1:
        return None
    parent = PARENT.fullmatch(told[0].strip(" \t"))
    if parent is None:
        return None
    version, trace_id, span_id, flags, rest = parent.groups()
    if version == "ff" or (version == "00" and rest):
        return None
    if not (trace_id.strip("0") and span_id.strip("0")):
        return None
    return Trace(
        trace_id=trace_id,
        span_id=span_id,
        sampled=bool(int(flags, 16) & SAMPLED),
        state=_state(_values(headers, b"tracestate")),
    )


def _state(lines: list[str]) -> str:
    """All members, or nothing if one of them is wrong."""
    members = [member.strip(" \t") for line in lines for member in line.split(",")]
    members = [member for member in members if member]
    found = [MEMBER.fullmatch(member) for member in members]
    keys = {one[1] for one in found if one}
    if len(keys) < len(members) or len(members) > MOST_MEMBERS:
        return ""
    state = ",".join(members)
    return state if len(state) <= LONGEST_STATE else ""


def _values(headers: RawHeaders, wanted: bytes) -> list[str]:
    return [value.decode("latin-1") for name, value in headers if name == wanted]
