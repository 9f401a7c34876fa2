"""Excursions, and places in them, in JSON."""

from datetime import timedelta
from typing import Annotated, ClassVar

from msgspec import Meta

from domain.bookings.excursion import (
    BadExcursion,
    BadParty,
    ChildTooYoung,
    Excursion,
    ExcursionBookingRequest,
    LanguageNotOffered,
    PartyDoesNotFit,
)
from domain.kernel.offerings import SoldWhole
from domain.kernel.periods import BadPeriod, Period
from domain.kernel.refusals import Refusal
from entrypoints.http.kinds.every_request import Place, RequestBaseInput
from entrypoints.http.shapes import ONE_LINE, Input, Moment, Output

LARGEST_PARTY = 500

Language = Annotated[
    str,
    Meta(
        pattern=r"^[a-z]{2,3}(-[A-Z]{2})?$(?!\n)",
        min_length=2,
        max_length=6,
        description="BCP 47.",
        examples=["en", "pt-BR"],
    ),
]
Languages = Annotated[tuple[Language, ...], Meta(min_length=1, max_length=50)]
Keyword = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=50, examples=["whale watching"])
]
Keywords = Annotated[
    tuple[Keyword, ...], Meta(max_length=50, description="Words it is looked for by.")
]
Party = Annotated[int, Meta(ge=1, le=LARGEST_PARTY, examples=[10])]
Age = Annotated[int, Meta(ge=0, le=120, description="From which age one may come.", examples=[6])]
ClosesBeforeMinutes = Annotated[
    int,
    Meta(
        ge=0,
        le=100_000,
        description="Minutes before the start at which booking closes.",
        examples=[60],
    ),
]
Adults = Annotated[int, Meta(ge=1, le=LARGEST_PARTY, examples=[2])]
Children = Annotated[
    tuple[Annotated[int, Meta(ge=0, le=17, examples=[9])], ...],
    Meta(max_length=LARGEST_PARTY, description="Their ages."),
]

EXCURSION = {
    "name": "Dolphins of the Sado, 14 May 2027, morning",
    "zone": "Europe/Lisbon",
    "offering": {
        "kind": "excursion",
        "starts_at": "2027-05-14T08:30:00Z",
        "ends_at": "2027-05-14T12:00:00Z",
        "location": "Setúbal",
        "meeting_point": "Doca dos Pescadores, by the blue kiosk",
        "languages": ["en", "pt"],
        "keywords": ["dolphins", "boat", "family"],
        "largest_party": 8,
        "youngest": 4,
        "closes_before_minutes": 60,
    },
}
PARTY = {
    "kind": "excursion",
    "resource_id": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "contact": {"name": "Ana Sousa", "email": "ana@example.com"},
    "adults": 2,
    "children": [9, 6],
    "language": "pt",
}
OPENING_REFUSALS: tuple[type[Refusal], ...] = (SoldWhole,)
OFFERING_REFUSALS: tuple[type[Refusal], ...] = (BadPeriod, BadExcursion)
REQUEST_REFUSALS: tuple[type[Refusal], ...] = (
    BadParty,
    PartyDoesNotFit,
    ChildTooYoung,
    LanguageNotOffered,
)


class ExcursionInput(Input, frozen=True, tag_field="kind", tag="excursion"):
    starts_at: Moment
    ends_at: Moment
    location: Place
    meeting_point: Place
    languages: Languages
    keywords: Keywords = ()
    smallest_party: Party = 1
    largest_party: Party = 50
    youngest: Age = 0
    closes_before_minutes: ClosesBeforeMinutes = 0

    def offering(self) -> Excursion:
        return Excursion(
            period=Period(self.starts_at, self.ends_at),
            location=self.location,
            meeting_point=self.meeting_point,
            languages=self.languages,
            keywords=self.keywords,
            smallest_party=self.smallest_party,
            largest_party=self.largest_party,
            youngest=self.youngest,
            closes_before=timedelta(minutes=self.closes_before_minutes),
        )


class ExcursionBody(Output, frozen=True, tag_field="kind", tag="excursion"):
    SHOWS: ClassVar = Excursion

    starts_at: Moment
    ends_at: Moment
    location: Place
    meeting_point: Place
    languages: Languages
    keywords: Keywords
    smallest_party: Party
    largest_party: Party
    youngest: Age
    closes_before_minutes: ClosesBeforeMinutes

    @classmethod
    def of(cls, excursion: Excursion) -> "ExcursionBody":
        return cls(
            starts_at=excursion.period.starts_at,
            ends_at=excursion.period.ends_at,
            location=excursion.location,
            meeting_point=excursion.meeting_point,
            languages=excursion.languages,
            keywords=excursion.keywords,
            smallest_party=excursion.smallest_party,
            largest_party=excursion.largest_party,
            youngest=excursion.youngest,
            closes_before_minutes=excursion.closes_before // timedelta(minutes=1),
        )


class ExcursionRequestInput(
    RequestBaseInput, frozen=True, kw_only=True, tag_field="kind", tag="excursion"
):
    adults: Adults
    children: Children = ()
    language: Language

    def request(self) -> ExcursionBookingRequest:
        return ExcursionBookingRequest(
            **self.common(),
            adults=self.adults,
            children=self.children,
            language=self.language,
        )


class ExcursionRequestBody(Output, frozen=True, tag_field="kind", tag="excursion"):
    SHOWS: ClassVar = ExcursionBookingRequest

    adults: Adults
    children: Children
    language: Language

    @classmethod
    def of(cls, request: ExcursionBookingRequest) -> "ExcursionRequestBody":
        return cls(adults=request.adults, children=request.children, language=request.language)
