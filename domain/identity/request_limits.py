"""How often may be asked for what: the one table of it."""

from collections.abc import Mapping
from enum import Enum

import attrs

from domain.identity.tiers import Tier
from domain.kernel.quotas import Quota, WhenLost


class Counted(Enum):
    """What a request counts as. The first five are counted by key or member, and by tier."""

    READ = "read"
    WRITE = "write"
    SEARCH = "search"
    IMPORT = "import"
    EXPORT = "export"  # reports and their files
    ORGANIZATION = "organization"  # all of them together
    EVENT = "event"  # by organization: each that is posted
    PUBLIC = "public"  # by address, where nobody says who they are
    UNKNOWN = "unknown"  # by address: secrets that are none
    SIGN_IN = "sign-in"  # by address: passwords, and links out of letters; see tries.py too
    SIGN_UP = "sign-up"  # by address: new organizations
    PROVIDER = "provider"  # by address: what payment providers say by themselves

    @property
    def has_tiers(self) -> bool:
        return self in PER_MINUTE


PER_MINUTE: Mapping[Counted, tuple[int, int, int, int]] = {
    Counted.READ: (600, 1_800, 6_000, 600_000),
    Counted.WRITE: (300, 900, 3_000, 300_000),
    Counted.SEARCH: (120, 360, 1_200, 120_000),
    Counted.IMPORT: (6, 20, 60, 6_000),
    Counted.EXPORT: (12, 40, 120, 12_000),
    Counted.ORGANIZATION: tuple(60 * tier.limits.requests_per_second for tier in Tier),  # type: ignore[dict-item]
    Counted.EVENT: tuple(60 * tier.limits.events_per_second for tier in Tier),  # type: ignore[dict-item]
}
OF_ADDRESSES: Mapping[Counted, tuple[int, int]] = {
    Counted.PUBLIC: (600, 60),
    Counted.UNKNOWN: (300, 60),
    Counted.SIGN_IN: (60, 900),  # a whole house behind one address begins its shift
    Counted.SIGN_UP: (10, 3600),
    Counted.PROVIDER: (60_000, 60),
}
# Not to be able to count must not keep a desk from seeing what it has, nor let anybody guess.
WHEN_LOST: Mapping[Counted, WhenLost] = {
    Counted.READ: WhenLost.LET_IN,
    Counted.SEARCH: WhenLost.LET_IN,
    Counted.PUBLIC: WhenLost.LET_IN,
    Counted.ORGANIZATION: WhenLost.LET_IN,
    Counted.PROVIDER: WhenLost.LET_IN,
    Counted.SIGN_IN: WhenLost.REFUSE,
    Counted.SIGN_UP: WhenLost.REFUSE,
}


@attrs.frozen
class UnknownLimit(Exception):
    """Nobody who asks meets it: whoever sets limits does."""


def name_of(counted: Counted, tier: Tier) -> str:
    """As settings call it."""
    return f"{tier.value}.{counted.value}" if counted.has_tiers else counted.value


def _usual(counted: Counted, tier: Tier) -> Quota:
    most, seconds = (
        (PER_MINUTE[counted][list(Tier).index(tier)], 60)
        if counted.has_tiers
        else OF_ADDRESSES[counted]
    )
    lost = WHEN_LOST.get(counted, WhenLost.COUNT_ALONE)
    return Quota(name=counted.value, most=most, seconds=seconds, when_lost=lost)


USUAL: Mapping[str, Quota] = {
    name_of(counted, tier): _usual(counted, tier) for counted in Counted for tier in Tier
}


@attrs.frozen
class RequestLimits:
    quotas: Mapping[str, Quota] = attrs.field(default=USUAL)

    def of(self, counted: Counted, tier: Tier = Tier.FREE) -> Quota:
        """The tier is of no account for what has none."""
        return self.quotas[name_of(counted, tier)]

    def changed(self, changes: Mapping[str, tuple[int, int]]) -> "RequestLimits":
        """Other numbers and seconds for some of them, by name. Raises UnknownLimit."""
        if not changes.keys() <= self.quotas.keys():
            raise UnknownLimit
        changed = {
            name: attrs.evolve(self.quotas[name], most=most, seconds=seconds)
            for name, (most, seconds) in changes.items()
        }
        return RequestLimits({**self.quotas, **changed})
