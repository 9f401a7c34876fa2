"""Excursions: places for a party in one departure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar, Self

import attrs

from domain.bookings.attendees import Attendee
from domain.bookings.requests import BaseBookingRequest, BookingClosed, Charge, Demand
from domain.kernel.claims import Claim, whole_pool
from domain.kernel.identifiers import PoolId, ResourceId
from domain.kernel.offerings import NotSoldInParts, Offering, SoldWhole
from domain.kernel.periods import DateRange, Period, Zone
from domain.kernel.personal import personal
from domain.kernel.refusals import Invalid


@attrs.frozen
class BadExcursion(Invalid):
    code: ClassVar[str] = "bad_excursion"
    field: ClassVar[str] = "offering"

    def __str__(self) -> str:
        return (
            "an excursion is led in one language at least, takes parties from one person up, "
            "and closes before it starts, or when it does"
        )


@attrs.frozen
class BadParty(Invalid):
    code: ClassVar[str] = "bad_party"
    field: ClassVar[str] = "adults"

    def __str__(self) -> str:
        return "a party has an adult; children are under 18"


@attrs.frozen
class PartyDoesNotFit(Invalid):
    code: ClassVar[str] = "party_does_not_fit"
    field: ClassVar[str] = "adults"
    party: int
    smallest: int
    largest: int

    def __str__(self) -> str:
        return f"parties of {self.smallest} to {self.largest} are taken, not of {self.party}"


@attrs.frozen
class ChildTooYoung(Invalid):
    code: ClassVar[str] = "child_too_young"
    field: ClassVar[str] = "children"
    youngest: int

    def __str__(self) -> str:
        return f"everybody who comes is {self.youngest} years old at least"


@attrs.frozen
class LanguageNotOffered(Invalid):
    code: ClassVar[str] = "language_not_offered"
    field: ClassVar[str] = "language"
    languages: tuple[str, ...]

    def __str__(self) -> str:
        return f"it is led in {', '.join(self.languages)}"


@attrs.frozen(kw_only=True)
class Excursion(Offering):
    """One departure. `youngest` is the age from which children may come."""

    kind: ClassVar[str] = "excursion"
    sold_by_day: ClassVar[bool] = False

    period: Period
    location: str
    meeting_point: str
    languages: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    smallest_party: int = 1
    largest_party: int = 50
    youngest: int = 0
    closes_before: timedelta = timedelta()

    def __attrs_post_init__(self) -> None:
        if not (
            self.languages
            and 1 <= self.smallest_party <= self.largest_party
            and self.closes_before >= timedelta()
        ):
            raise BadExcursion

    @property
    def takes_place(self) -> Period:
        return self.period

    def moved_to(self, period: Period) -> Offering:
        return attrs.evolve(self, period=period)

    @property
    def facets(self) -> Mapping[str, str]:
        return {"location": self.location}

    def pools(
        self,
        resource_id: ResourceId,
        *,
        dates: DateRange | None,
        zone: Zone,
        part: str | None = None,
    ) -> Mapping[PoolId, date]:
        if part is not None:
            raise NotSoldInParts
        if dates is not None:
            raise SoldWhole
        return {whole_pool(resource_id): zone.date_at(self.period.starts_at)}


@attrs.frozen(kw_only=True)
class ExcursionBookingRequest(BaseBookingRequest):
    """`children` are the ages of those who come along; everybody takes a place."""

    OF_AGE: ClassVar[int] = 18

    kind: ClassVar[str] = "excursion"

    adults: int
    children: tuple[int, ...] = attrs.field(default=(), metadata=personal("to see who may come"))
    language: str

    def __attrs_post_init__(self) -> None:
        if self.adults < 1 or not all(0 <= age < self.OF_AGE for age in self.children):
            raise BadParty

    def erased(self) -> Self:
        return attrs.evolve(super().erased(), children=(0,) * len(self.children))

    @property
    def participants(self) -> Sequence[Attendee]:
        """All go by the name of whoever booked; on lists their numbers tell them apart."""
        return (Attendee(name=self.contact.name),) * self.party

    @property
    def party(self) -> int:
        return self.adults + len(self.children)

    def demand(self, offering: Offering, zone: Zone, *, now: datetime) -> Demand:
        if not isinstance(offering, Excursion):
            raise self.wrong_kind(offering)
        self._require_welcome(offering)
        closed_at = offering.period.starts_at - offering.closes_before
        if now >= closed_at:
            raise BookingClosed(closed_at)
        day = zone.date_at(offering.period.starts_at)
        party = {"adult": self.adults, "child": len(self.children)}
        return Demand(
            claims=(Claim(whole_pool(self.resource_id), sum(party.values())),),
            charges=tuple(
                Charge(day=day, units=persons, label=who, rate=who)
                for who, persons in party.items()
                if persons
            ),
            period=offering.period,
            closes_at=closed_at,
        )

    def _require_welcome(self, excursion: Excursion) -> None:
        if not excursion.smallest_party <= self.party <= excursion.largest_party:
            raise PartyDoesNotFit(self.party, excursion.smallest_party, excursion.largest_party)
        if any(age < excursion.youngest for age in self.children):
            raise ChildTooYoung(excursion.youngest)
        if self.language not in excursion.languages:
            raise LanguageNotOffered(excursion.languages)
