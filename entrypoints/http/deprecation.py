"""How an operation goes: announced (RFC 9745), with its last day (RFC 8594), then gone (410)."""

from datetime import datetime
from email.utils import format_datetime
from typing import Any

import attrs

RawHeaders = list[tuple[bytes, bytes]]


@attrs.frozen(kw_only=True)
class Deprecated:
    """`since` may lie ahead. `successor` is what to use instead, `page` says more about it."""

    since: datetime
    sunset: datetime | None = None
    successor: str = ""
    page: str = ""

    def headers(self) -> RawHeaders:
        added = [(b"deprecation", f"@{int(self.since.timestamp())}".encode())]
        if self.sunset is not None:
            added.append((b"sunset", format_datetime(self.sunset, usegmt=True).encode()))
        relations = {"successor-version": self.successor, "deprecation": self.page}
        added += [
            (b"link", f'<{address}>; rel="{relation}"'.encode())
            for relation, address in relations.items()
            if address
        ]
        return added

    def is_over(self, now: datetime) -> bool:
        return self.sunset is not None and now >= self.sunset


def deprecation_of(handler: Any) -> Deprecated | None:
    """Of a route, as far as one was found."""
    operation = getattr(handler, "opt", {}).get("operation")
    found: Deprecated | None = getattr(operation, "deprecated", None)
    return found
