"""API keys: what a program shows to act for an organization.

`fd_test_` or `fd_live_`, 30 characters of base 62 drawn at random and 6 that check them, so that
a mistyped key is told from a wrong one, and a leaked one is found by its shape (the form of
GitHub's tokens). 30 characters hold 178 bits; nobody needs to slow down guessing them.
"""

import re
from collections.abc import Callable
from datetime import datetime
from enum import Enum
from typing import ClassVar
from zlib import crc32

import attrs

from domain.identity.organizations import OrganizationStatus
from domain.kernel.actors import Actor, Permission
from domain.kernel.identifiers import ActorId, ApiKeyId, OrganizationId
from domain.kernel.refusals import Category, Invalid, NotFound, Refusal, Severity

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


def draw(mode: Mode, chance: Callable[[int], int]) -> str:
    """A new secret; `chance` gives an unguessable number below its argument."""
    start = f"fd_{mode.value}_" + "".join(ALPHABET[chance(62)] for _ in range(RANDOM))
    return start + _check(start)


def looks_right(secret: str) -> bool:
    """Whether its shape and check digits are those of a key."""
    return bool(SHAPE.fullmatch(secret)) and secret[-CHECK:] == _check(secret[:-CHECK])


def _check(text: str) -> str:
    number, digits = crc32(text.encode()), ""
    for _ in range(CHECK):
        number, digit = divmod(number, len(ALPHABET))
        digits = ALPHABET[digit] + digits
    return digits


@attrs.frozen(kw_only=True)
class ApiKey:
    """The secret itself is shown once and never kept; `digest` is its SHA-256.

    `standing` is how its organization stands, read together with the key.
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

    def __attrs_post_init__(self) -> None:
        if not self.scopes:
            raise NoScopes

    def actor(self, *, now: datetime) -> Actor:
        """Raises Unauthenticated for a key that is revoked or has expired.

        Raises OrganizationDeactivated.
        """
        expired = self.expires_at is not None and self.expires_at <= now
        if expired or self.revoked_at is not None:
            raise Unauthenticated
        actor = Actor(
            organization_id=self.organization_id, id=ActorId(self.id), permissions=self.scopes
        )
        return self.standing.admitted(actor)
