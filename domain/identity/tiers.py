"""What an organization may have, by its tier: the one table of limits."""

from collections.abc import Mapping
from enum import Enum

import attrs


class Tier(Enum):
    """What an organization has agreed to pay for."""

    FREE = "free"
    STARTER = "starter"
    PROFESSIONAL = "professional"
    ENTERPRISE = "enterprise"

    @property
    def limits(self) -> "Limits":
        return LIMITS[self]


@attrs.frozen(kw_only=True)
class Limits:
    """None stands for as many as an organization likes."""

    api_keys: int | None
    members: int | None
    requests_per_second: int


LIMITS: Mapping[Tier, Limits] = {
    Tier.FREE: Limits(api_keys=2, members=3, requests_per_second=100),
    Tier.STARTER: Limits(api_keys=5, members=10, requests_per_second=1_000),
    Tier.PROFESSIONAL: Limits(api_keys=20, members=50, requests_per_second=10_000),
    Tier.ENTERPRISE: Limits(api_keys=None, members=None, requests_per_second=100_000),
}
