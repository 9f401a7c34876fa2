"""Attendees, as they are stored and as they once were."""

from typing import Any

from cattrs import Converter

from domain.bookings.attendees import Attendee


def accept_bare_names(converter: Converter) -> None:
    """Bookings of the time before more than that was asked hold a text for each attendee."""
    persons = converter.get_structure_hook(Attendee)

    def attendee(stored: Any, _: Any) -> Attendee:
        if isinstance(stored, str):
            return Attendee(name=stored)
        person: Attendee = persons(stored, Attendee)
        return person

    converter.register_structure_hook(Attendee, attendee)
