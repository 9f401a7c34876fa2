"""Wiring of what tries whether others are there."""

from collections.abc import Callable
from typing import Any

from application.calls.try_connections import Connections, TryConnections, TryConnectionsHandler
from application.kernel.permitted import Permitted
from application.kernel.ports import Clock, UseCase
from domain.kernel.actors import Permission
from entrypoints.wiring.wrapping import Observe


def trying_connections(
    telephony: Any, call_quality: Any, clock: Clock, seconds: Callable[[], float], observe: Observe
) -> UseCase[TryConnections, Connections]:
    handler = TryConnectionsHandler(
        telephonies=telephony.lines.accounts(),
        listening=call_quality.listening(),
        clock=clock,
        seconds=seconds,
    )
    return observe(Permitted(handler, Permission.MANAGE_SETTINGS, ()))
