"""Attendees: persons who take part, each known by name."""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar
from uuid import uuid5

import attrs

from domain.bookings.contacts import Contact
from domain.bookings.special_requirements import SpecialRequirement
from domain.kernel.addresses import address, is_address
from domain.kernel.claims import ExclusiveClaim
from domain.kernel.identifiers import ResourceId
from domain.kernel.names import tidied
from domain.kernel.personal import personal
from domain.kernel.refusals import Conflict, Invalid

ATTENDEE = "attendee"


@attrs.frozen
class BadAttendeeEmail(Invalid):
    code: ClassVar[str] = "bad_attendee_email"
    field: ClassVar[str] = "attendees"

    def __str__(self) -> str:
        return "the e-mail address of an attendee looks like name@example.com"


@attrs.frozen
class BirthDateNeeded(Invalid):
    """`numbers` count the attendees of the request from 1."""

    code: ClassVar[str] = "birth_date_needed"
    field: ClassVar[str] = "attendees"
    minimum_age: int
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        return f"whoever takes part is {self.minimum_age} at least: say when each was born"


@attrs.frozen
class TooYoung(Invalid):
    """`numbers` count the attendees of the request from 1."""

    code: ClassVar[str] = "too_young"
    field: ClassVar[str] = "attendees"
    minimum_age: int
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        return f"whoever takes part is {self.minimum_age} at least on the day"


@attrs.frozen
class NotBornYet(Invalid):
    code: ClassVar[str] = "not_born_yet"
    field: ClassVar[str] = "attendees"
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        return "nobody takes part who is not born yet"


@attrs.frozen
class PrerequisitesNotMet(Invalid):
    """`numbers` count the attendees of the request from 1."""

    code: ClassVar[str] = "prerequisites_not_met"
    field: ClassVar[str] = "attendees"
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        return "everybody who takes part has to meet the prerequisites of the course"


@attrs.frozen
class AlreadyBooked(Conflict):
    """`numbers` count the attendees of the request from 1."""

    code: ClassVar[str] = "already_booked"
    resource_id: ResourceId
    numbers: tuple[int, ...]

    def __str__(self) -> str:
        return f"somebody has a place in {self.resource_id} already, under another booking"


@attrs.frozen(kw_only=True)
class Attendee:
    """`prerequisites_met` is what whoever books says; nobody has looked at a certificate yet."""

    MOST_REQUIREMENTS: ClassVar[int] = 10

    name: str = attrs.field(converter=tidied, repr=False, metadata=personal("to know who comes"))
    email: str | None = attrs.field(
        default=None,
        converter=attrs.converters.optional(address),
        repr=False,
        metadata=personal("to tell persons apart"),
    )
    born_on: date | None = attrs.field(
        default=None, repr=False, metadata=personal("where a course has a minimum age")
    )
    prerequisites_met: bool = False
    special_requirements: tuple[SpecialRequirement, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.email is not None and not is_address(self.email):
            raise BadAttendeeEmail

    def known_to(self, contact: Contact) -> str:
        """Who it is, as well as can be told: two with the same are one person."""
        return self.email or f"{contact.email} {self.name.casefold()}"

    def erased(self, number: int) -> "Attendee":
        """Attendees of one booking have different names, still."""
        return Attendee(name=f"Erased {number}", prerequisites_met=self.prerequisites_met)


def places(
    resource_id: ResourceId, contact: Contact, attendees: Sequence[Attendee]
) -> tuple[ExclusiveClaim, ...]:
    """A place a person. Its name says who it is to nobody who does not know that already."""
    return tuple(
        ExclusiveClaim(
            resource_id=resource_id,
            what=ATTENDEE,
            name=uuid5(resource_id, attendee.known_to(contact)).hex,
        )
        for attendee in attendees
    )


def require_age(
    attendees: Sequence[Attendee], minimum_age: int | None, *, on: date, today: date
) -> None:
    """Raises NotBornYet, BirthDateNeeded or TooYoung."""
    numbered = [(number, attendee.born_on) for number, attendee in enumerate(attendees, 1)]
    unborn = tuple(number for number, born_on in numbered if born_on and born_on > today)
    if unborn:
        raise NotBornYet(unborn)
    if minimum_age is None:
        return
    unknown = tuple(number for number, born_on in numbered if born_on is None)
    if unknown:
        raise BirthDateNeeded(minimum_age, unknown)
    young = tuple(
        number for number, born_on in numbered if born_on and _age(born_on, on) < minimum_age
    )
    if young:
        raise TooYoung(minimum_age, young)


def require_prerequisites(attendees: Sequence[Attendee], prerequisites: Sequence[str]) -> None:
    """Raises PrerequisitesNotMet."""
    numbered = enumerate(attendees, 1)
    lacking = tuple(number for number, one in numbered if not one.prerequisites_met)
    if prerequisites and lacking:
        raise PrerequisitesNotMet(lacking)


def _age(born_on: date, day: date) -> int:
    """Whoever was born on 29 February is a year older on 1 March where there is no such day."""
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return day.year - born_on.year - (not had_birthday)
