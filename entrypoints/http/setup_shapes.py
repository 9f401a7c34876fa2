"""A whole organization in JSON, and what has become of it."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any, Literal

from msgspec import Meta

from application.onboarding.new_call_desk import NewCallDesk
from application.onboarding.new_resources import NewOpening, NewResource, NewTerms
from application.onboarding.refusals import part
from domain.calls.queues import QueueTerms
from domain.inventory.resources import ResourceState
from domain.inventory.trainers import Trainer
from domain.inventory.venues import Venue
from domain.kernel.actors import Actor
from domain.kernel.periods import DateRange, Zone
from entrypoints.http.api_key_shapes import TILL, NewApiKeyInput
from entrypoints.http.dispositions import NewDispositionInput
from entrypoints.http.kinds.hotel import ROOMS
from entrypoints.http.kinds.registry import OfferingInput
from entrypoints.http.kinds.training import SESSION
from entrypoints.http.member_shapes import BERT, InvitationInput, OrganizationName
from entrypoints.http.queue_shapes import NewQueueInput
from entrypoints.http.resource_shapes import Category, Description, Keywords, LowAt
from entrypoints.http.sales_terms_shapes import SALES_TERMS, SalesTermsInput
from entrypoints.http.setting_shapes import MOST_SETTINGS
from entrypoints.http.setup_call_shapes import (
    MOST_AGENTS,
    MOST_DISPOSITIONS,
    MOST_QUEUES,
    MOST_SCORECARDS,
    MOST_SITES,
    NewAgentInput,
    NewScorecardInput,
    NewSiteInput,
    NewValueInput,
)
from entrypoints.http.setup_call_shapes import WHOLE as CALL_DESK
from entrypoints.http.shapes import LONGEST_RANGE, Capacity, Input, Name, Part, ZoneName
from entrypoints.http.trainer_shapes import EXAMPLE as TRAINER
from entrypoints.http.trainer_shapes import TrainerInput
from entrypoints.http.venue_shapes import EXAMPLE as VENUE
from entrypoints.http.venue_shapes import VenueInput

MOST_RESOURCES = 100
MOST_OPENINGS = 50
MOST_ASSETS = 50
MOST_MEMBERS = 50
MOST_KEYS = 20

WHOLE: dict[str, Any] = {
    "organization": {"name": "Seaside Hotel"},
    "resources": [
        {
            **ROOMS,
            "sales_terms": SALES_TERMS,
            "openings": [{"from": "2027-05-01", "until": "2027-06-01", "capacity": 20}],
        },
        {**SESSION, "sales_terms": SALES_TERMS, "openings": [{"capacity": 12}]},
    ],
    "venues": [VENUE],
    "trainers": [TRAINER],
    "members": [BERT],
    "api_keys": [TILL],
    **CALL_DESK,
}


class NewOrganizationInput(Input, frozen=True):
    name: OrganizationName


class NewOpeningInput(Input, frozen=True, rename={"first": "from"}):
    """Dates only for what is sold by the day; of two for one day, the later one counts."""

    capacity: Capacity
    first: date | None = None
    until: date | None = None
    part: Part | None = None
    allowance: Capacity = 0
    closed: bool = False

    def opening(self) -> NewOpening:
        """Raises BadDates."""
        ends = [day for day in (self.first, self.until) if day is not None]
        return NewOpening(
            dates=DateRange.of_at_most(LONGEST_RANGE, ends[0], ends[-1]) if ends else None,
            part=self.part,
            capacity=self.capacity,
            allowance=self.allowance,
            closed=self.closed,
        )


class NewResourceInput(Input, frozen=True):
    """Without terms or openings, its own or those of its stock, it is not on sale yet."""

    name: Name
    zone: ZoneName
    offering: OfferingInput
    state: Literal["draft", "published"] = "published"
    description: Description = ""
    category: Category | None = None
    keywords: Keywords = ()
    low_at: LowAt | None = None
    stock_of: (
        Annotated[
            int,
            Meta(
                ge=0,
                le=MOST_RESOURCES - 1,
                description="The place in this list, from 0, of an earlier one with units of its "
                "own, which it sells as well.",
                examples=[0],
            ),
        ]
        | None
    ) = None
    sales_terms: SalesTermsInput | None = None
    openings: Annotated[tuple[NewOpeningInput, ...], Meta(max_length=MOST_OPENINGS)] = ()

    def resource(self, place: int) -> NewResource:
        """Raises PartRefused."""
        with part("resources", place):
            zone, offering = Zone(self.zone), self.offering.offering()
        with part("resources", place, "sales_terms"):
            terms = _terms(self.sales_terms)
        return NewResource(
            name=self.name,
            zone=zone,
            offering=offering,
            state=ResourceState(self.state),
            description=self.description,
            category=self.category,
            keywords=self.keywords,
            low_at=self.low_at,
            stock_of=self.stock_of,
            terms=terms,
            openings=tuple(self._openings(place)),
        )

    def _openings(self, place: int) -> Iterator[NewOpening]:
        for number, opening in enumerate(self.openings):
            with part("resources", place, "openings", number):
                yield opening.opening()


def _terms(given: SalesTermsInput | None) -> NewTerms | None:
    if given is None:
        return None
    return NewTerms(
        rates=given.rates.rates(),
        cancellation=given.terms(),
        conditions=given.conditions(),
        adjustments=given.adjustments.adjustments(given.rates.currency),
    )


class SetupInput(Input, frozen=True):
    """Whatever is left out stays as it is."""

    organization: NewOrganizationInput | None = None
    resources: Annotated[tuple[NewResourceInput, ...], Meta(max_length=MOST_RESOURCES)] = ()
    venues: Annotated[tuple[VenueInput, ...], Meta(max_length=MOST_ASSETS)] = ()
    trainers: Annotated[tuple[TrainerInput, ...], Meta(max_length=MOST_ASSETS)] = ()
    members: Annotated[tuple[InvitationInput, ...], Meta(max_length=MOST_MEMBERS)] = ()
    api_keys: Annotated[tuple[NewApiKeyInput, ...], Meta(max_length=MOST_KEYS)] = ()
    settings: Annotated[tuple[NewValueInput, ...], Meta(max_length=MOST_SETTINGS)] = ()
    agents: Annotated[tuple[NewAgentInput, ...], Meta(max_length=MOST_AGENTS)] = ()
    queues: Annotated[tuple[NewQueueInput, ...], Meta(max_length=MOST_QUEUES)] = ()
    dispositions: Annotated[
        tuple[NewDispositionInput, ...], Meta(max_length=MOST_DISPOSITIONS)
    ] = ()
    scorecards: Annotated[tuple[NewScorecardInput, ...], Meta(max_length=MOST_SCORECARDS)] = ()
    sites: Annotated[tuple[NewSiteInput, ...], Meta(max_length=MOST_SITES)] = ()

    def all_venues(self) -> Iterator[Venue]:
        """Raises PartRefused."""
        for place, venue in enumerate(self.venues):
            with part("venues", place):
                yield venue.details()

    def all_trainers(self) -> Iterator[Trainer]:
        """Raises PartRefused."""
        for place, trainer in enumerate(self.trainers):
            with part("trainers", place):
                yield trainer.details()

    def call_desk(self, actor: Actor) -> NewCallDesk:
        """Raises PartRefused."""
        return NewCallDesk(
            agents=tuple(one.agent() for one in self.agents),
            queues=tuple(self._queues()),
            dispositions=tuple(one.label for one in self.dispositions),
            scorecards=tuple(one.scorecard() for one in self.scorecards),
            sites=tuple(one.site(actor, place) for place, one in enumerate(self.sites)),
        )

    def _queues(self) -> Iterator[QueueTerms]:
        for place, queue in enumerate(self.queues):
            with part("queues", place):
                yield queue.terms()
