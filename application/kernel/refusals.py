"""The no of the machinery, as opposed to the no of the business."""

from typing import ClassVar

import attrs

from domain.kernel.refusals import Category, Conflict, Refusal, Severity


@attrs.frozen
class Unavailable(Refusal):
    """Something the program depends on does not answer; nothing was done, try again later."""

    code: ClassVar[str] = "unavailable"
    category: ClassVar[Category] = Category.SYSTEM
    severity: ClassVar[Severity] = Severity.HIGH
    retry_after: int = 1

    def __str__(self) -> str:
        return "the service cannot answer right now; nothing was done, try again shortly"


@attrs.frozen
class RateLimited(Refusal):
    """The caller asks too often; `retry_after` is in seconds.

    `violated_policies` are names from the field `RateLimit-Policy`.
    """

    code: ClassVar[str] = "rate_limited"
    category: ClassVar[Category] = Category.RATE_LIMIT
    retry_after: int
    violated_policies: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"too many requests; try again in {self.retry_after} s"


@attrs.frozen
class VersionChanged(Conflict):
    """The caller decided on a version that is no longer the latest."""

    code: ClassVar[str] = "version_changed"
    category: ClassVar[Category] = Category.CONCURRENCY
    version: int

    def __str__(self) -> str:
        return f"this has changed meanwhile and is now version {self.version}"


@attrs.frozen
class Busy(Conflict):
    """Too many others are changing the same thing."""

    code: ClassVar[str] = "busy"
    category: ClassVar[Category] = Category.CONCURRENCY
    retry_after: int = 1

    def __str__(self) -> str:
        return "too many others are changing the same thing; try again"


@attrs.frozen
class StorageFull(Unavailable):
    """There is no room left to keep anything new; nothing was done, and reading still works."""

    code: ClassVar[str] = "storage_full"
    category: ClassVar[Category] = Category.DATABASE
    severity: ClassVar[Severity] = Severity.CRITICAL
    retry_after: int = 30

    def __str__(self) -> str:
        return "there is no room left to keep anything new; nothing was done"


@attrs.frozen
class UnsafeDatabase(Unavailable):
    """Nothing is served from a server that may forget what it has acknowledged.

    Nor as somebody whom it shows the rows of every organization.
    """

    code: ClassVar[str] = "unsafe_database"
    category: ClassVar[Category] = Category.DATABASE
    severity: ClassVar[Severity] = Severity.CRITICAL
    settings_off: tuple[str, ...] = ()
    privilege: str | None = None
    shared_sessions: bool = False

    def __str__(self) -> str:
        reasons = []
        if self.settings_off:
            off = ", ".join(self.settings_off)
            reasons.append(f"the database server may lose acknowledged bookings: {off} is off")
        if self.privilege:
            reasons.append(
                f"nothing keeps organizations apart in the database: its user is {self.privilege}"
            )
        if self.shared_sessions:
            reasons.append(
                "a pool between hands sessions of the database server to several connections: "
                "let it pool sessions, not transactions"
            )
        return "; ".join(reasons)


TEMPORARY = (Busy, RateLimited, Unavailable)
"""Refusals that waiting is the cure for."""
