"""All there are, registered by being imported."""

from tests.contract import (  # noqa: F401
    sabotages_of_blocks,
    sabotages_of_boarding,
    sabotages_of_booking_figures,
    sabotages_of_call_figures,
    sabotages_of_call_quality,
    sabotages_of_calls,
    sabotages_of_cancelled_resources,
    sabotages_of_discount_codes,
    sabotages_of_documentation,
    sabotages_of_escalations,
    sabotages_of_exclusive_claims,
    sabotages_of_exports,
    sabotages_of_instalments,
    sabotages_of_papers,
    sabotages_of_payments,
    sabotages_of_people,
    sabotages_of_sealing,
    sabotages_of_sources,
    sabotages_of_units,
    sabotages_of_waiting,
)
