"""Settings of organizations, read in SQL."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Connection, Executable, Uuid, bindparam, select

from adapters.schema.organization_settings import organization_settings
from adapters.sql.database import Database
from application.kernel.settings import BusinessSettings, SettingsViews, SettingView, Source
from domain.kernel.actors import Actor
from domain.kernel.desk_kinds import kind_in
from domain.kernel.setting_catalogue import CATALOGUE, setting_called
from domain.kernel.settings import Setting, Value

Stored = Mapping[str, tuple[Any, int]]


@attrs.frozen(kw_only=True)
class SqlSettings(SettingsViews, BusinessSettings):
    """`installation` are the options that stand in for defaults, by key."""

    database: Database
    installation: Mapping[str, Value]

    async def settings(self, actor: Actor) -> Sequence[SettingView]:
        stored = await self._stored(actor)
        return [self._view(CATALOGUE[key], stored) for key in sorted(CATALOGUE)]

    async def setting(self, actor: Actor, key: str) -> SettingView:
        return self._view(setting_called(key), await self._stored(actor))

    async def of(self, actor: Actor) -> Mapping[str, Any]:
        return {view.setting.key: view.value for view in await self.settings(actor)}

    def _view(self, setting: Setting, stored: Stored) -> SettingView:
        value, version = stored.get(setting.key, (None, 0))
        default, source = self._default(setting, stored)
        if value is None or not setting.editable:
            value = default
        else:
            source = Source.ORGANIZATION
        return SettingView(
            setting=setting, value=value, default=default, source=source, version=version
        )

    def _default(self, setting: Setting, stored: Stored) -> tuple[Value, Source]:
        kind = kind_in({key: value for key, (value, _) in stored.items()})
        if kind in setting.of_kinds:
            return setting.of_kinds[kind], Source.KIND
        default = self.installation.get(setting.key, setting.default)
        return default, Source.DEFAULT if default == setting.default else Source.INSTALLATION

    async def _stored(self, actor: Actor) -> Stored:
        organization = {"p_organization_id": actor.organization_id}

        def ask(connection: Connection) -> Stored:
            rows = connection.execute(_all_settings(), organization)
            return {row.key: (row.value, row.version) for row in rows}

        return await self.database.read(ask, of=actor.organization_id)


@lru_cache(maxsize=1)
def _all_settings() -> Executable:
    of = organization_settings.c
    return select(of.key, of.value, of.version).where(
        of.organization_id == bindparam("p_organization_id", type_=Uuid())
    )
