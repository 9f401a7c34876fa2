"""What the routes of data sources are given."""

from typing import Any

from entrypoints.wiring.container import Container


def used_by_sources(container: Container) -> dict[str, Any]:
    sources = container.pipelines.sources
    return {
        "source_views": sources.views(),
        "add_source": sources.add_source(),
        "change_source": sources.change_source(),
        "steer_source": sources.steer_source(),
        "hand_in_file": sources.hand_in_file(),
        "check_source": sources.check_source(),
    }
