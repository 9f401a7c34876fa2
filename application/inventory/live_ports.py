"""What the use cases about intents and levels need."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from application.inventory.ports import Resources
from application.inventory.views import Availability
from application.kernel.facts import Facts
from application.kernel.settings import OwnSettings
from application.kernel.subscribers import SubscriberWork
from domain.inventory.intents import Intent
from domain.inventory.levels import Level, Reading
from domain.inventory.pools import Few
from domain.kernel.actors import Actor
from domain.kernel.identifiers import IntentId, OrganizationId, PoolId, ResourceId


class Intents(Protocol):
    def add(self, intent: Intent) -> None: ...

    def remove(self, intent_id: IntentId, *, actor: Actor) -> Intent:
        """Raises IntentNotFound, also for what somebody else means to do."""
        ...

    def remove_expired(self, *, now: datetime, limit: int) -> Sequence[Intent]: ...


class IntentWork(Protocol):
    @property
    def intents(self) -> Intents: ...

    @property
    def resources(self) -> Resources: ...

    @property
    def facts(self) -> Facts: ...


class Levels(Protocol):
    """At which level each pool was when that was last told."""

    def changed(self, resource_id: ResourceId, few: Few) -> Sequence[Reading]:
        """Open pools of the resource's stock that are at another level than the one told.

        How many are few, the stock says, or else `few`. A pool nobody has told about counts
        as told when nothing was taken of it, by its capacity. In the order of their ids.
        """
        ...

    def keep(self, levels: Mapping[PoolId, Level]) -> None: ...


class LevelWork(SubscriberWork, Protocol):
    @property
    def own_settings(self) -> OwnSettings: ...

    @property
    def levels(self) -> Levels: ...

    @property
    def facts(self) -> Facts: ...


class LiveViews(Protocol):
    """What those who watch are shown first, each in one question however many they watch."""

    async def stocks(
        self, actor: Actor, resource_ids: Sequence[ResourceId]
    ) -> Mapping[ResourceId, ResourceId]:
        """Whose pools each resource is counted in; resources that do not exist are left out."""
        ...

    async def pools(
        self, actor: Actor, stock_ids: Sequence[ResourceId], *, since: date
    ) -> Mapping[ResourceId, Sequence[Availability]]:
        """The pools of these stocks that begin on `since` or later, by day."""
        ...

    async def intents(
        self, actor: Actor, stock_ids: Sequence[ResourceId], *, now: datetime
    ) -> Sequence[Intent]:
        """Those that have not lapsed."""
        ...


class ExpiredIntents(Protocol):
    async def organizations(self, *, now: datetime) -> Sequence[OrganizationId]:
        """Where intents have lapsed that nobody has told about."""
        ...
