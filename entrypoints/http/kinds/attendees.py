"""Attendees and what they need in JSON."""

from datetime import date
from typing import Annotated

from msgspec import Meta

from domain.bookings.attendees import (
    Attendee,
    BadAttendeeEmail,
    BirthDateNeeded,
    NotBornYet,
    PrerequisitesNotMet,
    TooYoung,
)
from domain.bookings.special_requirements import (
    BadRequirement,
    Priority,
    RequirementCategory,
    SpecialRequirement,
)
from domain.kernel.refusals import Refusal
from entrypoints.http.shapes import Email, Input, Output, PersonName

RequirementText = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]+$",
        min_length=1,
        max_length=SpecialRequirement.LONGEST,
        examples=["Uses a wheelchair"],
    ),
]
BornOn = Annotated[date, Meta(examples=["2004-02-29"])]

ATTENDEE = {
    "name": "Rui Costa",
    "email": "rui@example.com",
    "born_on": "2004-02-29",
    "prerequisites_met": True,
    "special_requirements": [{"category": "dietary", "text": "Allergic to nuts"}],
}
ATTENDEE_REFUSALS: tuple[type[Refusal], ...] = (
    BadAttendeeEmail,
    BadRequirement,
    BirthDateNeeded,
    NotBornYet,
    PrerequisitesNotMet,
    TooYoung,
)


class SpecialRequirementInput(Input, frozen=True):
    """Its priority follows from the category and the words; `priority` can only raise it."""

    category: RequirementCategory
    text: RequirementText
    priority: Priority = Priority.STANDARD
    confidential: bool = False

    def requirement(self) -> SpecialRequirement:
        return SpecialRequirement(
            category=self.category,
            text=self.text,
            raised_to=self.priority,
            confidential=self.confidential,
        )


class SpecialRequirementBody(Output, frozen=True):
    """The text of what is confidential is null: it is in the report of the session alone."""

    category: RequirementCategory
    priority: Priority
    confidential: bool
    text: RequirementText | None

    @classmethod
    def of(cls, requirement: SpecialRequirement) -> "SpecialRequirementBody":
        return cls(
            category=requirement.category,
            priority=requirement.priority,
            confidential=requirement.confidential,
            text=None if requirement.confidential else requirement.text,
        )


class AttendeeInput(Input, frozen=True):
    """`prerequisites_met` says that whoever books has made sure of it."""

    name: PersonName
    email: Email | None = None
    born_on: BornOn | None = None
    prerequisites_met: bool = False
    special_requirements: Annotated[
        tuple[SpecialRequirementInput, ...], Meta(max_length=Attendee.MOST_REQUIREMENTS)
    ] = ()

    def attendee(self) -> Attendee:
        return Attendee(
            name=self.name,
            email=self.email,
            born_on=self.born_on,
            prerequisites_met=self.prerequisites_met,
            special_requirements=tuple(one.requirement() for one in self.special_requirements),
        )


class AttendeeBody(Output, frozen=True):
    name: PersonName
    email: Email | None
    born_on: BornOn | None
    prerequisites_met: bool
    special_requirements: Annotated[
        tuple[SpecialRequirementBody, ...], Meta(max_length=Attendee.MOST_REQUIREMENTS)
    ]

    @classmethod
    def of(cls, attendee: Attendee) -> "AttendeeBody":
        return cls(
            name=attendee.name,
            email=attendee.email,
            born_on=attendee.born_on,
            prerequisites_met=attendee.prerequisites_met,
            special_requirements=tuple(
                map(SpecialRequirementBody.of, attendee.special_requirements)
            ),
        )


def attendee_of(written: str | AttendeeInput) -> Attendee:
    """A name alone stands for somebody of whom no more is known."""
    return Attendee(name=written) if isinstance(written, str) else written.attendee()
