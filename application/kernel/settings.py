"""What organizations have set for themselves, as others go by it."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

import attrs

from application.kernel.permitted import HasActor
from application.kernel.ports import UseCase
from domain.kernel.actors import Actor
from domain.kernel.settings import Setting, Value

Command = TypeVar("Command", bound=HasActor)
Result = TypeVar("Result")


class Source(Enum):
    """Who has set it: the organization, the installation for all of them, or nobody: then it is as
    usual, or as usual at desks of its kind.
    """

    ORGANIZATION = "organization"
    INSTALLATION = "installation"
    KIND = "kind"
    DEFAULT = "default"


@attrs.frozen(kw_only=True)
class SettingView:
    """`default` is what the value would be, had the organization not set it.

    `version` is 0 if it never has.
    """

    setting: Setting
    value: Value
    default: Value
    source: Source
    version: int


class SettingsViews(Protocol):
    async def settings(self, actor: Actor) -> Sequence[SettingView]:
        """All there are, by key."""
        ...

    async def setting(self, actor: Actor, key: str) -> SettingView:
        """Raises UnknownSetting."""
        ...


class BusinessSettings(Protocol):
    async def of(self, actor: Actor) -> Mapping[str, Any]:
        """The values the actor's organization goes by, by key; no acknowledged change is missing.

        What was set for it, or the default.
        """
        ...


class OwnSettings(Protocol):
    """What the organization has set, for whatever is decided too rarely to be fitted."""

    def values(self) -> Mapping[str, Any]:
        """By key: what it has set itself, and what follows from the kind of its desk."""
        ...


@attrs.frozen(kw_only=True)
class Fitted(Generic[Command, Result]):
    """Runs the use case as the actor's organization has set it: `fit` makes it of the values."""

    settings: BusinessSettings
    fit: Callable[[Mapping[str, Any]], UseCase[Command, Result]]

    async def __call__(self, command: Command, /) -> Result:
        return await self.fit(await self.settings.of(command.actor))(command)
