"""Sessions: a member who has signed in, and with what."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar

import attrs

from domain.identity.api_keys import Unauthenticated
from domain.identity.secrets import drawn, organization_on
from domain.kernel.identifiers import MemberId, OrganizationId, SessionId
from domain.kernel.personal import personal
from domain.kernel.refusals import Category, Forbidden, NotFound, Refusal, Severity

WORD = "session"
PREFIX = f"fd_{WORD}_"
SEEN_EVERY = timedelta(minutes=1)
LONGEST_DEVICE = 300


@attrs.frozen
class SignInRefused(Refusal):
    """Which part was wrong would only help whoever guesses."""

    code: ClassVar[str] = "sign_in_refused"
    category: ClassVar[Category] = Category.AUTHENTICATION
    severity: ClassVar[Severity] = Severity.MEDIUM

    def __str__(self) -> str:
        return "no active member of that organization has that e-mail address and password"


@attrs.frozen
class WrongPassword(Forbidden):
    """The password that is good now has to be shown once more."""

    code: ClassVar[str] = "wrong_password"
    category: ClassVar[Category] = Category.AUTHENTICATION

    def __str__(self) -> str:
        return "that is not your password"


@attrs.frozen
class SignInAgain(Forbidden):
    """What matters this much is done by whoever has signed in a short while ago."""

    code: ClassVar[str] = "sign_in_again"
    category: ClassVar[Category] = Category.AUTHENTICATION

    def __str__(self) -> str:
        return "show your password again at /v1/sessions/current/confirm, then repeat this"


@attrs.frozen
class SessionNotFound(NotFound):
    code: ClassVar[str] = "session_not_found"
    session_id: SessionId

    def __str__(self) -> str:
        return f"no session {self.session_id} of yours"


@attrs.frozen
class NoAccount(NotFound):
    """Keys act for an organization; accounts and sessions are people's."""

    code: ClassVar[str] = "no_account"

    def __str__(self) -> str:
        return "a key has no account: sign in as a member"


def draw_session(organization_id: OrganizationId, chance: Callable[[int], int]) -> str:
    return drawn(WORD, organization_id, chance)


def organization_of_session(secret: str) -> OrganizationId:
    """Raises Unauthenticated for what has not the shape of one."""
    found = organization_on(WORD, secret)
    if found is None:
        raise Unauthenticated
    return found


@attrs.frozen(kw_only=True)
class SessionLimits:
    """`idle` after which a session nobody uses ends, `longest` after which each does, and how
    `recent` a password must have been shown for what is sensitive.
    """

    idle: timedelta
    longest: timedelta
    recent: timedelta


@attrs.frozen(kw_only=True)
class Session:
    """The secret is shown once and never kept; `digest` is its SHA-256."""

    id: SessionId
    member_id: MemberId
    digest: bytes = attrs.field(repr=False)
    created_at: datetime
    authenticated_at: datetime
    seen_at: datetime
    expires_at: datetime
    device: str = attrs.field(repr=False)
    address: str = attrs.field(
        repr=False, metadata=personal("to recognize a sign-in that was not theirs")
    )

    def must_be_good(self, limits: SessionLimits, *, now: datetime) -> None:
        """Raises Unauthenticated."""
        if now >= self.expires_at or now >= self.seen_at + limits.idle:
            raise Unauthenticated

    def must_be_recent(self, limits: SessionLimits, *, now: datetime) -> None:
        """Raises SignInAgain."""
        if now >= self.authenticated_at + limits.recent:
            raise SignInAgain

    def is_due_to_be_seen(self, *, now: datetime) -> bool:
        return now >= self.seen_at + SEEN_EVERY
