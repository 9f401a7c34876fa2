"""What the routes of bookings, itineraries, attendance and the waiting list are given."""

from collections.abc import Mapping
from typing import Any

from entrypoints.wiring.container import Container


def used_by_bookings(container: Container) -> Mapping[str, Any]:
    bookings, life = container.bookings, container.booking_life
    return {
        "assign_units": bookings.assign_units(),
        "release_units": bookings.release_units(),
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
    }
