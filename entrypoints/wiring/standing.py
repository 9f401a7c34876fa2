"""How the whole installation stands, put together."""

from typing import Any

from adapters.migrations.runner import pending
from adapters.readers.self_checks import SqlSelfChecks
from adapters.readers.standing import SqlStandings
from application.kernel.standing import SelfChecks, Standings


def standings_of(container: Any) -> Standings:
    subscribers = container.subscriptions.subscribers()
    return SqlStandings(
        database=container.database(),
        clock=container.clock(),
        machine=container.time().machine,
        subscribers=[subscriber.name for subscriber in subscribers],
        pending=pending,
    )


def self_checks_of(container: Any) -> SelfChecks:
    return SqlSelfChecks(
        database=container.database(),
        organizations=container.identity.views(),
        clock=container.clock(),
    )
