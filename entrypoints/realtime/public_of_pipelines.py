"""Which events of data sources are told over sockets, and which are not."""

from collections.abc import Mapping

from domain.kernel.events import Event
from domain.pipelines import source_events as sources

OF_ADMINISTRATORS = "how records are brought in is read where that is looked after"

KEPT_OF_PIPELINES: Mapping[type[Event], str] = {
    sources.DataSourceAdded: OF_ADMINISTRATORS,
    sources.DataSourceChanged: OF_ADMINISTRATORS,
    sources.DataSourceDue: OF_ADMINISTRATORS,
    sources.DataSourceHealthChanged: OF_ADMINISTRATORS,
    sources.DataSourceStateChanged: OF_ADMINISTRATORS,
}
