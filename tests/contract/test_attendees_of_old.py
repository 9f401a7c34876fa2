"""Documents of the time before attendees were more than names."""

import pytest

from adapters.mapping.kinds import converter
from domain.bookings.agreement import Agreement
from domain.bookings.attendees import Attendee
from domain.bookings.requests import BaseBookingRequest
from domain.bookings.special_requirements import (
    Priority,
    RequirementCategory,
    SpecialRequirement,
)
from domain.bookings.training import CourseSession
from domain.kernel.offerings import Offering
from tests.samples import ADA, FIRST_AID, agreement, seats_for, training

NEEDS = SpecialRequirement(
    category=RequirementCategory.MEDICAL,
    text="insulin\nat noon",
    raised_to=Priority.HIGH,
    confidential=True,
)


def test_bare_names_are_attendees() -> None:
    stored = converter.unstructure(agreement(training("Ada Lovelace", "Bert Brecht")))
    stored["request"]["attendees"] = ["Ada Lovelace", "Bert Brecht"]
    stored["request"]["contact"] = {"name": ADA.name, "email": ADA.email}
    del stored["exclusives"]

    found = converter.structure(stored, Agreement)

    assert found.request == training("Ada Lovelace", "Bert Brecht")
    assert found.exclusives == ()


def test_all_that_is_known_of_a_person_is_kept() -> None:
    request = seats_for(Attendee(name="Zoë", email="z@example.com", special_requirements=(NEEDS,)))

    stored = converter.unstructure(request, unstructure_as=BaseBookingRequest)

    assert converter.structure(stored, BaseBookingRequest) == request  # type: ignore[type-abstract]


@pytest.mark.parametrize("member", ["course", "minimum_age", "prerequisites", "instructor_email"])
def test_sessions_of_old_have_no_conditions(member: str) -> None:
    stored = converter.unstructure(FIRST_AID.offering, unstructure_as=Offering)
    del stored[member]

    found = converter.structure(stored, Offering)  # type: ignore[type-abstract]

    assert isinstance(found, CourseSession)
    assert found == FIRST_AID.offering
