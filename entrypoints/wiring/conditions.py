"""How every part of the installation does, for `frontdesk status`: ok, degraded or down."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from enum import Enum
from typing import Any

from application.kernel.refusals import TEMPORARY
from entrypoints.wiring.settings import Settings
from entrypoints.wiring.standing import standings_of

PATIENCE = 2.0  # seconds
LATE, MANY_JOBS = timedelta(seconds=60), 1000
BUSY = 0.9


class Condition(Enum):
    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


def _unless(well: bool, otherwise: Condition) -> Condition:  # noqa: FBT001
    return Condition.OK if well else otherwise


async def conditions_of(container: Any) -> Mapping[str, Condition]:
    """Whatever does not answer within two seconds is down, or degraded if one can do without."""
    found = {
        name: _unless(passed, Condition.DOWN)
        for name, passed in (await container.health()()).items()
    }
    if Condition.DOWN not in found.values():
        found.update(await _of_work(container))
    found.update(_of_the_pool(container))
    found.update(await _of_the_cache(container))
    found.update(_of_breakers(container))
    found.update(await _of_mail(container.settings()))
    return found


async def _of_work(container: Any) -> Mapping[str, Condition]:
    """That somebody works is seen by nothing being left lying."""
    try:
        standing = await standings_of(container)()
    except TEMPORARY:
        return {"worker": Condition.DEGRADED}
    worked = max(standing.events_waiting_for, standing.holds_overdue_for) <= LATE
    return {
        "worker": _unless(worked, Condition.DEGRADED),
        "jobs": _unless(standing.jobs_waiting <= MANY_JOBS, Condition.DEGRADED),
        "payments in time": _unless(standing.unresolved_for <= 15 * LATE, Condition.DEGRADED),
    }


def _of_the_pool(container: Any) -> Mapping[str, Condition]:
    pool = container.database().engine.pool
    return {"pool": _unless(pool.checkedout() <= BUSY * pool.size(), Condition.DEGRADED)}


async def _of_the_cache(container: Any) -> Mapping[str, Condition]:
    redis = container.rates.redis()
    return {} if redis is None else {"cache": _unless(await redis.answers(), Condition.DEGRADED)}


def _of_breakers(container: Any) -> Mapping[str, Condition]:
    """Those of this machine, who tell each other by files."""
    providers = (container.payment_providers, container.telephony.lines)
    return {
        name: _unless(lets_through, Condition.DEGRADED)
        for provider in providers
        for name, lets_through in provider.told_in_health()().items()
    }


async def _of_mail(settings: Settings) -> Mapping[str, Condition]:
    if settings.smtp_host is None:
        return {}
    opening = asyncio.open_connection(settings.smtp_host, settings.smtp_port)
    with suppress(OSError, TimeoutError):
        _, connection = await asyncio.wait_for(opening, PATIENCE)
        connection.close()
        return {"mail": Condition.OK}
    return {"mail": Condition.DEGRADED}
