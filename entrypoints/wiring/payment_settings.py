"""Settings of payments online."""

import re
from datetime import timedelta

import attrs

from entrypoints.wiring.options import BadSetting, choice, number, option
from entrypoints.wiring.people_settings import PeopleSettings

PROVIDERS = ("none", "simulator", "stripe")
ENCRYPTED = re.compile(r"https://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?")
ON_THIS_MACHINE = re.compile(r"http://(?:127\.0\.0\.1|\[::1\]|localhost)(?::[0-9]{1,5})?")


def provider_url(value: str) -> str:
    """Keys are sent there."""
    if not (ENCRYPTED.fullmatch(value) or ON_THIS_MACHINE.fullmatch(value)):
        raise BadSetting("must be like https://api.example.com, or http:// on this machine")
    return value


def _base_url(value: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.\-:\[\]]+", value):
        raise BadSetting("must be like http://127.0.0.1:8000")
    return value


@attrs.frozen(kw_only=True)
class PaymentSettings(PeopleSettings):
    """The lines about who takes the money."""

    payments: str = option(
        choice(*PROVIDERS),
        "none",
        "Who takes payments: `stripe`, or the `simulator`, which is part of the program and moves "
        "no money. See the guide on payment providers.",
    )
    stripe_url: str = option(
        provider_url, "https://api.stripe.com", "Where Stripe is; another one for tests."
    )
    simulator_fault_percent: int = option(
        number(0, 100),
        0,
        "So many of a hundred things that are asked of the simulator go wrong: not done, done "
        "without an answer, or slow. So many of its events come twice, or late, and of its news "
        "of calls twice, late, or never.",
    )
    simulator_seed: int | None = option(
        number(0, 2**31), None, "Which ones do, the same each time; for tests."
    )
    simulator_late_minutes: int = option(
        number(0, 10_080),
        61,
        "How long the simulator's late payments take; more than `FRONTDESK_HOLD_MINUTES_AT_MOST`.",
    )
    simulator_webhooks: str | None = option(
        _base_url,
        None,
        "Where the simulator reaches this API to tell it of events; by default where it serves.",
    )

    payments_per_hour: int = option(
        number(1, 1_000_000),
        5,
        "From so many payments in an hour on, the same e-mail address looks suspicious.",
    )
    actor_payments_per_hour: int = option(
        number(1, 1_000_000),
        200,
        "From so many payments in an hour on, one member or API key looks suspicious.",
    )

    @property
    def simulator_events_go_to(self) -> str:
        return self.simulator_webhooks or f"http://{self.http_host}:{self.http_port}"

    @property
    def simulator_late_after(self) -> timedelta:
        return timedelta(minutes=self.simulator_late_minutes)
