"""What an organization may have, by its tier: the one table of limits."""

from collections.abc import Mapping
from enum import Enum
from typing import ClassVar

import attrs

from domain.kernel.refusals import Forbidden


class Tier(Enum):
    """What an organization has agreed to pay for."""

    FREE = "free"
    STARTER = "starter"
    PROFESSIONAL = "professional"
    ENTERPRISE = "enterprise"

    @property
    def limits(self) -> "Limits":
        return LIMITS[self]

    def must_have(self, feature: "Feature") -> None:
        """Raises NotInTier."""
        if feature not in self.limits.features:
            raise NotInTier(feature.value, self.value)


class Feature(Enum):
    """What a tier has or has not; all else every tier has."""

    REALTIME = "realtime"
    IMPORTS = "imports"
    AUDIT = "audit"


@attrs.frozen
class NotInTier(Forbidden):
    """The organization's tier does not have it; nobody's permissions are to blame."""

    code: ClassVar[str] = "not_in_tier"
    feature: str
    tier: str

    def __str__(self) -> str:
        return f"{self.feature} is not part of the tier {self.tier}"


@attrs.frozen(kw_only=True)
class Limits:
    """None stands for as many as an organization likes."""

    api_keys: int | None
    members: int | None
    requests_per_second: int
    events_per_second: int
    data_sources: int | None
    retention_days: int
    features: frozenset[Feature]

    def days_kept(self, wanted: int) -> int:
        """For how many days a history is kept of which an organization wants so many."""
        return min(wanted, self.retention_days)


LIMITS: Mapping[Tier, Limits] = {
    Tier.FREE: Limits(
        api_keys=2,
        members=3,
        requests_per_second=100,
        events_per_second=100,
        data_sources=3,
        retention_days=30,
        features=frozenset(),
    ),
    Tier.STARTER: Limits(
        api_keys=5,
        members=10,
        requests_per_second=1_000,
        events_per_second=1_000,
        data_sources=10,
        retention_days=90,
        features=frozenset({Feature.REALTIME, Feature.IMPORTS}),
    ),
    Tier.PROFESSIONAL: Limits(
        api_keys=20,
        members=50,
        requests_per_second=10_000,
        events_per_second=10_000,
        data_sources=50,
        retention_days=180,
        features=frozenset(Feature),
    ),
    Tier.ENTERPRISE: Limits(
        api_keys=None,
        members=None,
        requests_per_second=100_000,
        events_per_second=100_000,
        data_sources=None,
        retention_days=365,
        features=frozenset(Feature),
    ),
}
