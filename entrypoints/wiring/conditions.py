"""How every part of the installation does, for `frontdesk status`: ok, degraded or down."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from enum import Enum
from typing import Any

import attrs

from application.kernel.health import Part
from entrypoints.wiring.fitness import PATIENCE, fitness_of
from entrypoints.wiring.settings import Settings


class Condition(Enum):
    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@attrs.frozen
class Told:
    condition: Condition
    told: str = ""


async def conditions_of(container: Any) -> Mapping[str, Told]:
    """Whatever does not answer within two seconds is down, or degraded if one can do without."""
    needed = await container.health()()
    others = await fitness_of(container)() if all(needed.values()) else {}
    others = {**others, **await _of_the_mail_host(container.settings())}
    return {
        **{name: Told(Condition.OK if well else Condition.DOWN) for name, well in needed.items()},
        **{
            name: Told(Condition.OK if part.fit else Condition.DEGRADED, part.told)
            for name, part in others.items()
        },
    }


async def _of_the_mail_host(settings: Settings) -> Mapping[str, Part]:
    if settings.smtp_host is None:
        return {}
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            _, connection = await asyncio.open_connection(settings.smtp_host, settings.smtp_port)
        connection.close()
        return {"mail host": Part(fit=True)}
    return {"mail host": Part(fit=False, told="does not answer")}
