"""Trainers in JSON."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from msgspec import Meta

from domain.inventory.assets import Asset
from domain.inventory.trainers import Qualification, Trainer
from domain.kernel.periods import Period, Zone
from entrypoints.http.hours import HoursInput
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import (
    ONE_LINE,
    Email,
    Identifier,
    Input,
    Moment,
    Output,
    PersonName,
    Version,
    ZoneName,
)

MOST_PERIODS = 400
MOST_WORDS = 50

Word = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=64, examples=["First aid at work"])
]

EXAMPLE = {
    "name": "Grace Hopper",
    "email": "grace@example.com",
    "zone": "Europe/London",
    "qualifications": [{"name": "First aid at work", "expires_on": "2028-06-30"}],
    "specialisations": ["paediatric"],
    "weekly": [{"days": ["monday", "tuesday"], "opens": "09:00:00", "closes": "17:00:00"}],
    "specific": [{"starts_at": "2027-03-06T09:00:00Z", "ends_at": "2027-03-06T17:00:00Z"}],
    "blocked": [{"starts_at": "2027-08-01T00:00:00Z", "ends_at": "2027-08-15T00:00:00Z"}],
}


class QualificationInput(Input, frozen=True):
    name: Word
    expires_on: date | None = None


class PeriodInput(Input, frozen=True):
    starts_at: Moment
    ends_at: Moment

    def period(self) -> Period:
        """Raises BadPeriod."""
        return Period(self.starts_at, self.ends_at)

    @classmethod
    def of(cls, period: Period) -> "PeriodInput":
        return cls(starts_at=period.starts_at, ends_at=period.ends_at)


Qualifications = Annotated[tuple[QualificationInput, ...], Meta(max_length=MOST_WORDS)]
Words = Annotated[tuple[Word, ...], Meta(max_length=MOST_WORDS)]
Weekly = Annotated[tuple[HoursInput, ...], Meta(max_length=21)]
Periods = Annotated[tuple[PeriodInput, ...], Meta(max_length=MOST_PERIODS)]


class TrainerInput(Input, frozen=True):
    """Whoever has neither weekly hours nor times given singly can always teach."""

    name: PersonName
    email: Email
    zone: ZoneName
    qualifications: Qualifications = ()
    specialisations: Words = ()
    weekly: Weekly = ()
    specific: Periods = ()
    blocked: Periods = ()

    def details(self) -> Trainer:
        """Raises UnknownZone, BadHours and BadPeriod."""
        return Trainer(
            name=self.name,
            email=self.email,
            zone=Zone(self.zone),
            qualifications=tuple(
                Qualification(name=one.name, expires_on=one.expires_on)
                for one in self.qualifications
            ),
            specialisations=self.specialisations,
            weekly=tuple(one.hours() for one in self.weekly),
            specific=tuple(one.period() for one in self.specific),
            blocked=tuple(one.period() for one in self.blocked),
        )


class TrainerBody(Output, frozen=True):
    id: Identifier
    version: Version
    name: PersonName
    email: Email
    zone: ZoneName
    qualifications: Qualifications
    specialisations: Words
    weekly: Weekly
    specific: Periods
    blocked: Periods
    deleted_at: Moment | None

    @classmethod
    def of(cls, asset: Asset) -> "TrainerBody":
        trainer = asset.details
        assert isinstance(trainer, Trainer)  # noqa: S101  (it was asked for by its kind)
        return cls(
            id=asset.id,
            version=asset.version,
            name=trainer.name,
            email=trainer.email,
            zone=trainer.zone.name,
            qualifications=tuple(
                QualificationInput(name=one.name, expires_on=one.expires_on)
                for one in trainer.qualifications
            ),
            specialisations=trainer.specialisations,
            weekly=tuple(HoursInput.of(one) for one in trainer.weekly),
            specific=tuple(PeriodInput.of(one) for one in trainer.specific),
            blocked=tuple(PeriodInput.of(one) for one in trainer.blocked),
            deleted_at=asset.deleted_at,
        )


class TrainerPage(Output, frozen=True):
    items: Annotated[Sequence[TrainerBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None

    @classmethod
    def of(cls, assets: Sequence[Asset], next: str | None) -> "TrainerPage":
        return cls(items=[TrainerBody.of(asset) for asset in assets], next=next)
