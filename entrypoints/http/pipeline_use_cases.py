"""What the routes of pipelines are given."""

from typing import Any

from entrypoints.http.importing.row_shapes import understood_tree
from entrypoints.wiring.container import Container


def used_by_pipelines(container: Container) -> dict[str, Any]:
    runs: Any = container.pipelines.runs
    telemetry: Any = container.pipelines.telemetry
    runs.understood().by = understood_tree
    return {
        "start_import": container.pipelines.start_import(),
        "import_views": container.pipelines.views(),
        "pipeline_views": runs.views(),
        "quarantine_views": runs.quarantine_views(),
        "posted_views": runs.posted_views(),
        "add_pipeline": runs.add_pipeline(),
        "change_pipeline": runs.change_pipeline(),
        "restore_edition": runs.restore_edition(),
        "set_pipeline_state": runs.set_pipeline_state(),
        "try_pipeline": runs.try_pipeline(),
        "start_run": runs.start_run(),
        "retry_run": runs.retry_run(),
        "steer_run": runs.steer_run(),
        "post_events": runs.post_events(),
        "post_telemetry": telemetry.post_telemetry(),
        "measurement_views": telemetry.measurement_views(),
        "log_views": telemetry.log_views(),
        "trace_views": telemetry.trace_views(),
        "count_requests": container.identity.count_requests(),
    }
