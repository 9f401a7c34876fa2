"""Settings of organizations in SQL."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import attrs
from sqlalchemy import select, update

from adapters.schema.organization_settings import organization_settings
from adapters.sql.scope import Scope
from application.identity.setting_ports import StoredSetting, StoredSettings
from application.kernel.ports import Stale
from application.kernel.settings import OwnSettings
from domain.kernel.desk_kinds import of_its_kind
from domain.kernel.identifiers import ActorId
from domain.kernel.setting_catalogue import CATALOGUE

_of = organization_settings.c


@attrs.frozen
class SqlStoredSettings(StoredSettings):
    scope: Scope

    def get(self, key: str) -> StoredSetting:
        row = self.scope.ask(
            select(_of.value, _of.version).where(
                self.scope.owns(organization_settings), _of.key == key
            )
        ).one_or_none()
        if row is None:
            return StoredSetting(key=key)
        return StoredSetting(key=key, value=row.value, version=row.version)

    def several(self, keys: Collection[str]) -> Mapping[str, StoredSetting]:
        if not keys:
            return {}
        rows = self.scope.ask(
            select(_of.key, _of.value, _of.version).where(
                self.scope.owns(organization_settings), _of.key.in_(keys)
            )
        )
        known = {
            row.key: StoredSetting(key=row.key, value=row.value, version=row.version)
            for row in rows
        }
        return {key: known.get(key, StoredSetting(key=key)) for key in keys}

    def save(self, stored: StoredSetting, *, at: datetime, by: ActorId) -> None:
        values = {"value": stored.value, "changed_at": at, "changed_by": by}
        if stored.version == 0:
            self.scope.add(organization_settings, key=stored.key, version=1, **values)
            return
        changed = self.scope.execute(
            update(organization_settings)
            .where(
                self.scope.owns(organization_settings),
                _of.key == stored.key,
                _of.version == stored.version,
            )
            .values(version=stored.version + 1, **values)
        )
        if changed.rowcount != 1:
            raise Stale(f"setting {stored.key}")


@attrs.frozen
class SqlOwnSettings(OwnSettings):
    scope: Scope

    def values(self) -> Mapping[str, Any]:
        rows = self.scope.ask(
            select(_of.key, _of.value).where(self.scope.owns(organization_settings))
        )
        return of_its_kind(
            {
                row.key: row.value
                for row in rows
                if row.value is not None and row.key in CATALOGUE and CATALOGUE[row.key].editable
            }
        )
