"""Settings of who carries the calls."""

from datetime import timedelta

import attrs

from entrypoints.wiring.options import choice, number, option
from entrypoints.wiring.payment_settings import PaymentSettings, provider_url

TELEPHONY = ("none", "simulator", "twilio")


@attrs.frozen(kw_only=True)
class TelephonySettings(PaymentSettings):
    """The lines about the telephone."""

    telephony: str = option(
        choice(*TELEPHONY),
        "none",
        "Who carries calls: `twilio`, or the `simulator`, which is part of the program and rings "
        "nobody. See the guide on telephony.",
    )
    twilio_url: str = option(
        provider_url, "https://api.twilio.com", "Where Twilio is; another one for tests."
    )
    ring_seconds_at_most: int = option(
        number(10, 3600),
        180,
        "A call that still rings after so long is looked into, and ended if it has no end.",
    )
    call_minutes_at_most: int = option(
        number(1, 1440), 240, "A call that is still up after so long is looked into, and ended."
    )
    wrap_minutes_at_most: int = option(
        number(1, 1440),
        30,
        "How long an agent may take to write up a call before it counts as done.",
    )

    @property
    def rings_at_most(self) -> timedelta:
        return timedelta(seconds=self.ring_seconds_at_most)

    @property
    def talks_at_most(self) -> timedelta:
        return timedelta(minutes=self.call_minutes_at_most)

    @property
    def wraps_at_most(self) -> timedelta:
        return timedelta(minutes=self.wrap_minutes_at_most)
