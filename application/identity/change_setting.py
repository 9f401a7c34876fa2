"""Set something for the organization, or go back to the default."""

import attrs

from application.identity.ports import IdentityWork
from application.identity.setting_ports import StoredSetting
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.identity.events import SettingChanged
from domain.kernel.actors import Actor
from domain.kernel.setting_catalogue import setting_called
from domain.kernel.settings import Setting, Value


@attrs.frozen(kw_only=True)
class ChangeSetting:
    """`version` is the one the caller has seen, 0 for the default, or None for whichever it is."""

    actor: Actor
    key: str
    value: Value
    version: int | None


@attrs.frozen(kw_only=True)
class ResetSetting:
    actor: Actor
    key: str
    version: int | None


@attrs.frozen(kw_only=True)
class ChangeSettingHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: ChangeSetting, /) -> None:
        """Raises UnknownSetting, SettingNotEditable or BadSettingValue."""
        setting = setting_called(command.key)
        setting.must_be_editable()
        setting.must_be(command.value)

        def change(work: IdentityWork) -> None:
            stored = _seen(work, command.key, command.version)
            if stored.value == command.value:
                return
            changed = attrs.evolve(stored, value=command.value)
            work.access.changed()
            work.settings.save(changed, at=self.clock(), by=command.actor.id)
            work.facts.publish([_told(setting, stored, changed, command.actor, self.clock)])

        await self.unit_of_work(command.actor, change)


@attrs.frozen(kw_only=True)
class ResetSettingHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: ResetSetting, /) -> None:
        """Doing it twice changes nothing. Raises UnknownSetting."""
        setting = setting_called(command.key)

        def reset(work: IdentityWork) -> None:
            stored = _seen(work, command.key, command.version)
            if stored.value is None:
                return
            changed = attrs.evolve(stored, value=None)
            work.access.changed()
            work.settings.save(changed, at=self.clock(), by=command.actor.id)
            work.facts.publish([_told(setting, stored, changed, command.actor, self.clock)])

        await self.unit_of_work(command.actor, reset)


def _seen(work: IdentityWork, key: str, version: int | None) -> StoredSetting:
    stored = work.settings.get(key)
    require_version(stored.version, version)
    return stored


def _told(
    setting: Setting, before: StoredSetting, after: StoredSetting, actor: Actor, clock: Clock
) -> SettingChanged:
    told = setting.tells_its_values
    return SettingChanged(
        organization_id=actor.organization_id,
        setting=setting.key,
        before=_scalar(before.value) if told else None,
        after=_scalar(after.value) if told else None,
        reset=after.value is None,
        occurred_at=clock(),
    )


def _scalar(value: Value | None) -> str | int | bool | None:
    return value if isinstance(value, str | int) else None
