"""What the use cases of settings need from storage."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

import attrs

from domain.kernel.identifiers import ActorId
from domain.kernel.settings import Value


@attrs.frozen(kw_only=True)
class StoredSetting:
    """What an organization has set; None for the default, which is version 0 at first."""

    key: str
    value: Value | None = None
    version: int = 0


class StoredSettings(Protocol):
    def get(self, key: str) -> StoredSetting: ...

    def several(self, keys: Collection[str]) -> Mapping[str, StoredSetting]:
        """By key, each of those asked for."""
        ...

    def save(self, stored: StoredSetting, *, at: datetime, by: ActorId) -> None:
        """Raises Stale, at the latest when the unit of work ends."""
        ...
