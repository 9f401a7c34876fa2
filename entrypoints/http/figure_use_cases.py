"""What routes of figures are given."""

from typing import Any

from entrypoints.wiring.container import Container


def used_by_figures(container: Container) -> dict[str, Any]:
    return {
        "booking_figures": container.booking_figures.bookings(),
        "revenue_figures": container.booking_figures.revenue(),
    }
