"""What the routes of channels are given."""

from typing import Any

from entrypoints.wiring.container import Container


def used_by_channels(container: Container) -> dict[str, Any]:
    channels: Any = container.pipelines.channels
    return {
        "channel_views": channels.views(),
        "add_channel": channels.add_channel(),
        "change_channel": channels.change_channel(),
        "steer_channel": channels.steer_channel(),
        "archive_channel": channels.archive_channel(),
        "sync_channel": channels.sync_channel(),
        "publish_busy_times": channels.publish_busy_times(),
    }
