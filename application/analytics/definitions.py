"""What every figure is."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import attrs

from domain.analytics.agent_time import AGENT_FIGURES
from domain.analytics.booking_figures import BOOKING_FIGURES, VALUE_FIGURES
from domain.analytics.call_figures import CALL_FIGURES
from domain.analytics.call_outcomes import (
    CONVERSION_FIGURES,
    RESOLUTION_FIGURES,
    SOLD_FIGURES,
)
from domain.analytics.documentation_use import USE_FIGURES
from domain.analytics.figures import Figure
from domain.analytics.lead_times import LEAD_TIME_FIGURES
from domain.analytics.occupancy import OCCUPANCY_FIGURES, YIELD_FIGURES
from domain.analytics.pick_up import PICK_UP_FIGURES
from domain.analytics.revenue import REVENUE_FIGURES
from domain.kernel.refusals import NotFound

DEFINED: Mapping[str, Sequence[Figure[Any]]] = {
    "calls": CALL_FIGURES,
    "agents": AGENT_FIGURES,
    "resolution_of_calls": RESOLUTION_FIGURES,
    "conversion_of_calls": CONVERSION_FIGURES,
    "sales_of_calls": SOLD_FIGURES,
    "use_of_documentation": USE_FIGURES,
    "bookings": BOOKING_FIGURES,
    "values_of_bookings": VALUE_FIGURES,
    "lead_times": LEAD_TIME_FIGURES,
    "occupancy": OCCUPANCY_FIGURES,
    "yield": YIELD_FIGURES,
    "pick_up": PICK_UP_FIGURES,
    "revenue": REVENUE_FIGURES,
}
"""By what they are about."""


@attrs.frozen
class FigureNotFound(NotFound):
    code: ClassVar[str] = "figure_not_found"

    def __str__(self) -> str:
        return "no figure about calls or bookings has that name: see /v1/analytics/definitions"
