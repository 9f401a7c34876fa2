"""What the routes are given."""

from typing import Any

from entrypoints.http.call_use_cases import used_by_calls
from entrypoints.http.channel_use_cases import used_by_channels
from entrypoints.http.documentation_use_cases import used_by_documentation
from entrypoints.http.escalation_use_cases import used_by_escalations
from entrypoints.http.figure_use_cases import used_by_figures
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
    inventory, bookings = container.inventory, container.bookings
    life = container.booking_life
    return {
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
        "add_resource": inventory.add_resource(),
        "add_sessions": container.catalogue.add_sessions(),
        "clone_resource": container.catalogue.clone_resource(),
        "calendar_views": container.catalogue.calendar_views(),
        "clock": container.clock(),
        "catalogue_views": container.catalogue.views(),
        "change_resource": container.catalogue.change_resource(),
        "delete_resource": container.catalogue.delete_resource(),
        "publish_resource": container.catalogue.publish_resource(),
        "withdraw_resource": container.catalogue.withdraw_resource(),
        "complete_resource": container.catalogue.complete_resource(),
        "restore_resource": container.catalogue.restore_resource(),
        "open_pools": inventory.open_pools(),
        "add_unit": inventory.add_unit(),
        "retire_unit": inventory.retire_unit(),
        "add_asset": inventory.add_asset(),
        "change_asset": inventory.change_asset(),
        "delete_asset": inventory.delete_asset(),
        "restore_asset": inventory.restore_asset(),
        "staff_session": inventory.staff_session(),
        "asset_views": inventory.asset_views(),
        "unit_views": inventory.unit_views(),
        "assign_units": bookings.assign_units(),
        "release_units": bookings.release_units(),
        "inventory_views": inventory.views(),
        "suggestion_views": inventory.suggestion_views(),
        "set_up": container.onboarding.set_up(),
        "set_sales_terms": bookings.set_sales_terms(),
        "create_discount_code": container.discounts.create_discount_code(),
        "change_discount_code": container.discounts.change_discount_code(),
        "discount_code_views": container.discounts.views(),
        "quote_booking": bookings.quote_booking(),
        "hold_booking": bookings.hold_booking(),
        "extend_hold": bookings.extend_hold(),
        "confirm_booking": bookings.confirm_booking(),
        "release_booking": bookings.release_booking(),
        "cancel_booking": bookings.cancel_booking(),
        "quote_cancellation": bookings.quote_cancellation(),
        "quote_change": bookings.quote_change(),
        "change_as_quoted": bookings.change_booking(),
        "change_contact": bookings.change_contact(),
        "continue_booking": life.continue_booking(),
        "continuation_links": container.continuation_links(),
        "approve_booking": life.approve_booking(),
        "decline_booking": life.decline_booking(),
        "check_in_booking": life.check_in_booking(),
        "complete_booking": life.complete_booking(),
        "mark_no_show": life.mark_no_show(),
        "update_flight": container.flights.update_flight(),
        "flight_views": container.flights.views(),
        "choose_seats": container.flights.choose_seats(),
        "record_attendance": container.attendance.record_attendance(),
        "check_in_attendee": container.attendance.check_in_attendee(),
        "check_out_attendee": container.attendance.check_out_attendee(),
        "attendance_views": container.attendance.views(),
        "export_customer": container.customers.export_customer(),
        "erase_customer": container.customers.erase_customer(),
        "booking_views": bookings.views(),
        "hold_itinerary": bookings.hold_itinerary(),
        "add_to_itinerary": bookings.add_to_itinerary(),
        "extend_itinerary": bookings.extend_itinerary(),
        "confirm_itinerary": bookings.confirm_itinerary(),
        "release_itinerary": bookings.release_itinerary(),
        "itinerary_views": bookings.itinerary_views(),
        "cancel_resource": bookings.cancel_resource(),
        "cancellation_views": bookings.cancellation_views(),
        "join_waiting_list": container.waiting.join_waiting_list(),
        "withdraw_from_waiting_list": container.waiting.withdraw_from_waiting_list(),
        "waiting_views": container.waiting.views(),
        "open_block": container.blocks.open_block(),
        "release_block": container.blocks.release_block(),
        "block_views": container.blocks.views(),
        "audit_trail": container.audit_trail(),
        "event_feed": container.event_feed(),
        "organization_views": container.identity.organization_views(),
        "settings_views": container.identity.settings_views(),
        "change_setting": container.identity.change_setting(),
        "reset_setting": container.identity.reset_setting(),
        "note_metadata": container.identity.note_metadata(),
        "rename_organization": container.identity.rename_organization(),
        "issue_ticket": container.identity.issue_ticket(),
        "issue_api_key": container.identity.issue_api_key(),
        "change_api_key": container.identity.change_api_key(),
        "rotate_api_key": container.identity.rotate_api_key(),
        "revoke_api_key": container.identity.revoke_api_key(),
        "identity_views": container.identity.views(),
        "health": container.health(),
        "fitness": fitness_of(container),
        "hear_line": container.telephony.hear_line(),
        "instruct_line": container.telephony.instruct_line(),
        "settings": container.settings(),
    }
