"""Set something for the organization, or go back to the default."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import attrs

from application.identity.ports import IdentityWork, SettingWork
from application.identity.setting_ports import StoredSetting
from application.kernel.ports import Clock, UnitOfWork
from application.kernel.versions import require_version
from domain.identity.events import SettingChanged
from domain.kernel.actors import Actor
from domain.kernel.setting_catalogue import setting_called
from domain.kernel.settings import Value


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
        must_be_settable(command.key, command.value)

        def change(work: IdentityWork) -> None:
            stored = _seen(work, command.key, command.version)
            _keep(work, [(stored, command.value)], command.actor, now=self.clock())

        await self.unit_of_work(command.actor, change)


@attrs.frozen(kw_only=True)
class ResetSettingHandler:
    unit_of_work: UnitOfWork[IdentityWork]
    clock: Clock

    async def __call__(self, command: ResetSetting, /) -> None:
        """Doing it twice changes nothing. Raises UnknownSetting."""
        setting_called(command.key)

        def reset(work: IdentityWork) -> None:
            stored = _seen(work, command.key, command.version)
            _keep(work, [(stored, None)], command.actor, now=self.clock())

        await self.unit_of_work(command.actor, reset)


def must_be_settable(key: str, value: Value) -> None:
    """Raises UnknownSetting, SettingNotEditable or BadSettingValue."""
    setting = setting_called(key)
    setting.must_be_editable()
    setting.must_be(value)


def set_all(
    work: SettingWork, wanted: Mapping[str, Value], actor: Actor, *, now: datetime
) -> None:
    """Whatever is there, of settings that must be settable so."""
    known = work.settings.several(wanted.keys())
    _keep(work, [(known[key], value) for key, value in wanted.items()], actor, now=now)


def _keep(
    work: SettingWork,
    wanted: Sequence[tuple[StoredSetting, Value | None]],
    actor: Actor,
    *,
    now: datetime,
) -> None:
    changes = [
        (stored, attrs.evolve(stored, value=value))
        for stored, value in wanted
        if stored.value != value
    ]
    if not changes:
        return
    work.access.changed()
    for _, changed in changes:
        work.settings.save(changed, at=now, by=actor.id)
    work.facts.publish([_told(before, after, actor, now) for before, after in changes])


def _seen(work: SettingWork, key: str, version: int | None) -> StoredSetting:
    stored = work.settings.get(key)
    require_version(stored.version, version)
    return stored


def _told(
    before: StoredSetting, after: StoredSetting, actor: Actor, now: datetime
) -> SettingChanged:
    told = setting_called(after.key).tells_its_values
    return SettingChanged(
        organization_id=actor.organization_id,
        setting=after.key,
        before=_scalar(before.value) if told else None,
        after=_scalar(after.value) if told else None,
        reset=after.value is None,
        occurred_at=now,
    )


def _scalar(value: Value | None) -> str | int | bool | None:
    return value if isinstance(value, str | int) else None
