"""What other features may know about data sources."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import DataSourceId


@attrs.frozen(kw_only=True)
class DataSourceEvent(Event):
    data_source_id: DataSourceId

    @property
    def subject(self) -> UUID:
        return self.data_source_id


@attrs.frozen(kw_only=True)
class DataSourceAdded(DataSourceEvent):
    name: ClassVar[str] = "data_source_added"


@attrs.frozen(kw_only=True)
class DataSourceChanged(DataSourceEvent):
    name: ClassVar[str] = "data_source_changed"


@attrs.frozen(kw_only=True)
class DataSourceStateChanged(DataSourceEvent):
    name: ClassVar[str] = "data_source_state_changed"
    was: str
    state: str


@attrs.frozen(kw_only=True)
class DataSourceHealthChanged(DataSourceEvent):
    name: ClassVar[str] = "data_source_health_changed"
    was: str
    health: str


@attrs.frozen(kw_only=True)
class DataSourceDue(DataSourceEvent):
    """Its schedule says that it should be read now; whoever reads it begins."""

    name: ClassVar[str] = "data_source_due"
