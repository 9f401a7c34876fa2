"""Settings of what is done about what is down, or lost."""

import re
from collections.abc import Mapping
from pathlib import Path

import attrs

from entrypoints.wiring.options import BadSetting, number, option, path
from entrypoints.wiring.outside_settings import OutsideSettings

BREAKERS = (
    "payments",
    "refunds",
    "payment-webhooks",
    "telephony",
    "telephony-lookups",
    "model",
    "embedding",
    "mail",
)
ONE = re.compile(r"(?P<name>[a-z-]+)=(?P<failures>[0-9]{1,3}):(?P<seconds>[0-9]{1,4})")


@attrs.frozen
class WantedBreaker:
    """Opens after so many `failures` in a minute, `open_for` so many seconds."""

    failures: int
    open_for: int


def _breakers(value: str) -> Mapping[str, WantedBreaker]:
    wanted = {}
    for part in value.split(","):
        one = ONE.fullmatch(part.strip())
        if one is None or one["name"] not in BREAKERS:
            raise BadSetting(f"must be like payments=5:30, of {', '.join(BREAKERS)}")
        breaker = WantedBreaker(int(one["failures"]), int(one["seconds"]))
        if not (breaker.failures and breaker.open_for):
            raise BadSetting("must have at least one failure and one second")
        wanted[one["name"]] = breaker
    return wanted


@attrs.frozen(kw_only=True)
class ResilienceSettings(OutsideSettings):
    """The lines about tries, breakers and backups."""

    breakers: Mapping[str, WantedBreaker] | None = option(
        _breakers,
        None,
        "After how many failures in a minute a breaker opens, and for how many seconds, where "
        "another is wanted than what it comes with: `payments=5:30,model=3:60`. See the guide on "
        "outages.",
    )
    payment_tries: int = option(
        number(1, 10), 3, "How often a payment provider is asked that is away."
    )
    payment_pause_milliseconds: int = option(
        number(1, 10_000),
        200,
        "How long the pause before the second try is at least; each further one is twice as long, "
        "up to 10 s.",
    )

    backups: Path | None = option(
        path,
        None,
        "The folder that backups are made in, for figures of how old the newest is and when a "
        "drill last passed.",
    )

    @property
    def payment_pause(self) -> float:
        return self.payment_pause_milliseconds / 1000
