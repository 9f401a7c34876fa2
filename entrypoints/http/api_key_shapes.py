"""API keys in JSON."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated, Any

from msgspec import Meta

from application.identity.issue_api_key import IssuedApiKey
from application.identity.ports import ApiKeyUse
from domain.identity.api_keys import ApiKey, Mode
from domain.kernel.actors import Permission
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import Identifier, Input, Moment, Name, Output, Version

LONGEST_LIFE = 3650
LONGEST_OVERLAP = 720

Scopes = Annotated[
    tuple[Permission, ...],
    Meta(
        min_length=1,
        max_length=len(Permission),
        description="What it may do; never more than whoever creates it.",
        examples=[["bookings:read"]],
    ),
]
Secret = Annotated[
    str,
    Meta(
        pattern="^fd_(test|live)_[0-9A-Za-z]{36}$",
        max_length=44,
        description="What goes behind `Bearer`. It is shown this once: null when the request "
        "is repeated, and nowhere else.",
        examples=[f"fd_test_{'x' * 36}"],
    ),
]

TILL: dict[str, Any] = {
    "name": "Till 2",
    "mode": "live",
    "scopes": ["bookings:read", "bookings:write"],
    "good_for_days": 365,
}


class NewApiKeyInput(Input, frozen=True):
    name: Name
    mode: Mode
    scopes: Scopes
    good_for_days: (
        Annotated[
            int,
            Meta(
                ge=1,
                le=LONGEST_LIFE,
                description="Until it expires; for ever if it is left out.",
                examples=[365],
            ),
        ]
        | None
    ) = None

    @property
    def good_for(self) -> timedelta | None:
        return None if self.good_for_days is None else timedelta(days=self.good_for_days)


class ApiKeyInput(Input, frozen=True):
    name: Name
    scopes: Scopes


class RotationInput(Input, frozen=True):
    overlap_hours: Annotated[
        int,
        Meta(
            ge=0,
            le=LONGEST_OVERLAP,
            description="How long the secret until now works as well; 0 ends it at once.",
            examples=[24],
        ),
    ] = 24

    @property
    def overlap(self) -> timedelta:
        return timedelta(hours=self.overlap_hours)


class ApiKeyBody(Output, frozen=True):
    """`hint` is how its secret begins. `former_until` is until when the one before works too."""

    id: Identifier
    version: Version
    name: Name
    hint: Annotated[str, Meta(max_length=16, pattern="^fd_", examples=["fd_live_3kTq"])]
    mode: Mode
    scopes: Annotated[Sequence[Permission], Meta(max_length=len(Permission))]
    created_at: Moment
    expires_at: Moment | None
    revoked_at: Moment | None
    former_until: Moment | None

    @classmethod
    def of(cls, api_key: ApiKey) -> "ApiKeyBody":
        return cls(
            id=api_key.id,
            version=api_key.version,
            name=api_key.name,
            hint=api_key.hint,
            mode=api_key.mode,
            scopes=sorted(api_key.scopes, key=lambda scope: scope.value),
            created_at=api_key.created_at,
            expires_at=api_key.expires_at,
            revoked_at=api_key.revoked_at,
            former_until=api_key.former_until,
        )


class IssuedApiKeyBody(Output, frozen=True):
    api_key: ApiKeyBody
    secret: Secret | None

    @classmethod
    def of(cls, issued: IssuedApiKey) -> "IssuedApiKeyBody":
        return cls(api_key=ApiKeyBody.of(issued.api_key), secret=issued.secret)

    @classmethod
    def without_secret(cls, issued: IssuedApiKey) -> "IssuedApiKeyBody":
        """What may be kept for whoever repeats the request."""
        return cls(api_key=ApiKeyBody.of(issued.api_key), secret=None)


class ApiKeyUseBody(Output, frozen=True):
    """`last_used_at` is exact to the minute, and some seconds late."""

    api_key: ApiKeyBody
    last_used_at: Moment | None

    @classmethod
    def of(cls, use: ApiKeyUse) -> "ApiKeyUseBody":
        return cls(api_key=ApiKeyBody.of(use.api_key), last_used_at=use.last_used_at)


class ApiKeyPage(Output, frozen=True):
    items: Annotated[Sequence[ApiKeyUseBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
