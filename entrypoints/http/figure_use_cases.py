"""What routes of figures are given."""

from typing import Any

from entrypoints.wiring.container import Container


def used_by_figures(container: Container) -> dict[str, Any]:
    saved: Any = container.analytics.saved_views
    return {
        "agent_performances": container.analytics.agent_performances(),
        "asking": container.analytics.asking(),
        "call_figure_views": container.analytics.call_figures_seen(),
        "call_outcome_views": container.analytics.outcome_views(),
        "documentation_use": container.analytics.documentation_use(),
        "booking_figures": container.analytics.booking_figures.bookings(),
        "day_figures": container.analytics.booking_figures.days(),
        "shape_figures": container.analytics.booking_figures.shapes(),
        "metering": container.analytics.metering(),
        "live_figures": container.analytics.live_figures(),
        "standing_figures": container.analytics.booking_figures.standing(),
        "kept_views": saved.views(),
        "run_view": saved.run(),
        "add_view": saved.add(),
        "change_view": saved.change(),
        "delete_view": saved.delete(),
        "revenue_figures": container.analytics.booking_figures.revenue(),
    }
