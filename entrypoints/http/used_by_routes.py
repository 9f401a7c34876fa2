"""What the routes are given."""

from typing import Any

from entrypoints.http.booking_use_cases import used_by_bookings
from entrypoints.http.call_use_cases import used_by_calls
from entrypoints.http.channel_use_cases import used_by_channels
from entrypoints.http.documentation_use_cases import used_by_documentation
from entrypoints.http.escalation_use_cases import used_by_escalations
from entrypoints.http.figure_use_cases import used_by_figures
from entrypoints.http.inventory_use_cases import used_by_inventory
from entrypoints.http.organization_use_cases import used_by_organizations
from entrypoints.http.paper_use_cases import used_by_papers
from entrypoints.http.payment_use_cases import used_by_payments
from entrypoints.http.people_use_cases import used_by_people
from entrypoints.http.pipeline_use_cases import used_by_pipelines
from entrypoints.http.quality_use_cases import used_by_quality
from entrypoints.http.report_use_cases import used_by_reports
from entrypoints.http.source_use_cases import used_by_sources
from entrypoints.wiring.container import Container
from entrypoints.wiring.fitness import fitness_of


def used_by_routes(container: Container) -> dict[str, Any]:
    return {
        **used_by_organizations(container),
        **used_by_inventory(container),
        **used_by_bookings(container),
        **used_by_people(container),
        **used_by_escalations(container),
        **used_by_payments(container),
        **used_by_papers(container),
        **used_by_calls(container),
        **used_by_quality(container),
        **used_by_documentation(container),
        **used_by_reports(container),
        **used_by_figures(container),
        **used_by_sources(container),
        **used_by_channels(container),
        **used_by_pipelines(container),
        "clock": container.clock(),
        "health": container.health(),
        "fitness": fitness_of(container),
        "settings": container.settings(),
    }
