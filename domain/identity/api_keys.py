"""API keys: what a program shows to act for an organization.

`fd_test_` or `fd_live_`, 30 characters of base 62 drawn at random and 6 that check them, so that
a mistyped key is told from a wrong one, and a leaked one is found by its shape (the form of
GitHub's tokens). 30 characters hold 178 bits; nobody needs to slow down guessing them.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar
from zlib import crc32

import attrs

from domain.identity.organizations import OrganizationStatus
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ActorId, ApiKeyId, OrganizationId
from domain.kernel.refusals import (
    Category,
    Conflict,
    Forbidden,
    Invalid,
    NotFound,
    Refusal,
    Severity,
)

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
RANDOM, CHECK = 30, 6
SHAPE = re.compile(rf"fd_(test|live)_[0-9A-Za-z]{{{RANDOM + CHECK}}}")
HINT = 12


class Mode(Enum):
    """Test keys act for organizations that are played with, live keys for real ones."""

    TEST = "test"
    LIVE = "live"


@attrs.frozen
class Unauthenticated(Refusal):
    """Nobody knows who is asking. It never says why: that would help whoever guesses."""

    code: ClassVar[str] = "unauthenticated"
    category: ClassVar[Category] = Category.AUTHENTICATION
    severity: ClassVar[Severity] = Severity.MEDIUM

    def __str__(self) -> str:
        return "show a valid API key: Authorization: Bearer fd_…"


@attrs.frozen
class ApiKeyNotFound(NotFound):
    code: ClassVar[str] = "api_key_not_found"
    api_key_id: ApiKeyId

    def __str__(self) -> str:
        return f"no API key {self.api_key_id}"


@attrs.frozen
class NoScopes(Invalid):
    code: ClassVar[str] = "no_scopes"
    field: ClassVar[str] = "scopes"

    def __str__(self) -> str:
        return "a key without a single scope could do nothing"


@attrs.frozen
class ScopesBeyondOwn(Forbidden):
    """Nobody gives a key more than they have themselves, or takes over one that has more."""

    code: ClassVar[str] = "scopes_beyond_own"
    scopes: tuple[Permission, ...]

    def __str__(self) -> str:
        return f"you have not yourself: {', '.join(scope.value for scope in self.scopes)}"


@attrs.frozen
class ApiKeyEnded(Conflict):
    """The key is revoked or has expired, for good."""

    code: ClassVar[str] = "api_key_ended"

    def __str__(self) -> str:
        return "this key is revoked or has expired; create another one"


@attrs.frozen
class TooManyApiKeys(Conflict):
    """The organization has as many keys in use as it may have."""

    code: ClassVar[str] = "too_many_api_keys"
    most: int

    def __str__(self) -> str:
        return f"{self.most} keys are in use, and there may be no more; revoke one first"


def draw(mode: Mode, chance: Callable[[int], int]) -> str:
    """A new secret; `chance` gives an unguessable number below its argument."""
    start = f"fd_{mode.value}_" + "".join(ALPHABET[chance(62)] for _ in range(RANDOM))
    return start + check_digits(start)


def looks_right(secret: str) -> bool:
    """Whether its shape and check digits are those of a key."""
    return bool(SHAPE.fullmatch(secret)) and secret[-CHECK:] == check_digits(secret[:-CHECK])


def check_digits(text: str) -> str:
    number, digits = crc32(text.encode()), ""
    for _ in range(CHECK):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


@attrs.frozen(kw_only=True)
class ApiKey:
    """The secret itself is shown once and never kept; `digest` is its SHA-256.

    `standing` is how its organization stands, read together with the key. While a secret is being
    replaced, the one before it opens the same until `former_until`.
    """

    id: ApiKeyId
    organization_id: OrganizationId
    name: str
    hint: str
    digest: bytes = attrs.field(repr=False)
    scopes: frozenset[Permission]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    standing: OrganizationStatus = OrganizationStatus.ACTIVE
    former_digest: bytes | None = attrs.field(default=None, repr=False)
    former_until: datetime | None = None
    version: int = 0

    def __attrs_post_init__(self) -> None:
        if not self.scopes:
            raise NoScopes

    @property
    def mode(self) -> Mode:
        return Mode(self.hint.split("_")[1])

    def has_ended(self, *, now: datetime) -> bool:
        expired = self.expires_at is not None and self.expires_at <= now
        return expired or self.revoked_at is not None

    def actor(self, digest: bytes, *, now: datetime) -> Actor:
        """Whom the secret with this digest stands for.

        Raises Unauthenticated for a key that is revoked or has expired, and for a secret that
        is none of its own any more; OrganizationDeactivated.
        """
        if self.has_ended(now=now) or not self._opens(digest, now=now):
            raise Unauthenticated
        actor = Actor(
            organization_id=self.organization_id, id=ActorId(self.id), permissions=self.scopes
        )
        return self.standing.admitted(actor)

    def change(self, *, name: str, scopes: frozenset[Permission], by: Actor) -> "ApiKey":
        """Raises ScopesBeyondOwn; scopes the key has already may stay."""
        must_have(by, scopes - self.scopes)
        return attrs.evolve(self, name=name, scopes=scopes)

    def rotate(
        self, digest: bytes, hint: str, *, overlap: timedelta, by: Actor, now: datetime
    ) -> "ApiKey":
        """Another secret; the one until now is good for `overlap` longer, any before it no more.

        Raises ApiKeyEnded, or ScopesBeyondOwn: whoever rotates a key could use it.
        """
        if self.has_ended(now=now):
            raise ApiKeyEnded
        must_have(by, self.scopes)
        return attrs.evolve(
            self,
            digest=digest,
            hint=hint,
            former_digest=self.digest if overlap else None,
            former_until=now + overlap if overlap else None,
        )

    def revoke(self, *, now: datetime) -> "ApiKey":
        """Doing it twice changes nothing: the first moment stays."""
        return self if self.revoked_at is not None else attrs.evolve(self, revoked_at=now)

    def _opens(self, digest: bytes, *, now: datetime) -> bool:
        if digest == self.digest:
            return True
        until = self.former_until
        return digest == self.former_digest and until is not None and now < until


def must_have(actor: Actor, scopes: frozenset[Permission]) -> None:
    """Raises ScopesBeyondOwn."""
    lacking = sorted(scopes - actor.permissions, key=lambda scope: scope.value)
    if lacking:
        raise ScopesBeyondOwn(tuple(lacking))
