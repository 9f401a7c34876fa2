"""Which events of data sources and pipelines are told over sockets, and which are not."""

from collections.abc import Mapping

from domain.kernel.events import Event
from domain.pipelines import pipeline_events as pipelines
from domain.pipelines import source_events as sources

OF_ADMINISTRATORS = "how records are brought in is read where that is looked after"

KEPT_OF_PIPELINES: Mapping[type[Event], str] = {
    sources.DataSourceAdded: OF_ADMINISTRATORS,
    sources.DataSourceChanged: OF_ADMINISTRATORS,
    sources.DataSourceDue: OF_ADMINISTRATORS,
    sources.DataSourceHealthChanged: OF_ADMINISTRATORS,
    sources.DataSourceStateChanged: OF_ADMINISTRATORS,
    pipelines.PipelineAdded: OF_ADMINISTRATORS,
    pipelines.PipelineChanged: OF_ADMINISTRATORS,
    pipelines.PipelineRestored: OF_ADMINISTRATORS,
    pipelines.PipelineStateChanged: OF_ADMINISTRATORS,
    pipelines.RunEnded: OF_ADMINISTRATORS,
    pipelines.RunPaused: OF_ADMINISTRATORS,
    pipelines.RunQueued: OF_ADMINISTRATORS,
    pipelines.RunResumed: OF_ADMINISTRATORS,
}
