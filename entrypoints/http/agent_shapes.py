"""Agents in JSON."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from msgspec import Meta

from application.calls.people_views import AgentUsage
from application.calls.show_presence import Wish
from domain.calls.agents import BEST_RATING, Agent, AgentDetails, AgentKind, AgentPresence, Pause
from domain.kernel.identifiers import ActorId
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.shapes import (
    ONE_LINE,
    Identifier,
    Input,
    Moment,
    Output,
    PersonName,
    Version,
)

MOST_TAGS = 30
MOST_CALLS = 2**31 - 1
LONGEST_MEAN = 10**9

Extension = Annotated[
    str,
    Meta(
        pattern=r"^\+?[0-9*#]{1,16}$(?!\n)",
        min_length=1,
        max_length=17,
        description="What the telephone line rings: an extension, or a number in E.164.",
        examples=["+442079460958"],
    ),
]
Tag = Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=60, examples=["first aid"])]
Tags = Annotated[tuple[Tag, ...], Meta(max_length=MOST_TAGS)]
ShownTags = Annotated[Sequence[Tag], Meta(max_length=MOST_TAGS)]
Level = Annotated[
    int,
    Meta(ge=1, le=3, description="1 for whoever answers first, 3 for the last resort."),
]
Rating = Annotated[int, Meta(ge=1, le=BEST_RATING, description="5 is the best.", examples=[5])]
Count = Annotated[int, Meta(ge=0, le=MOST_CALLS, examples=[12])]
Seconds = Annotated[
    float, Meta(ge=0, le=LONGEST_MEAN, description="A mean, in seconds.", examples=[17.5])
]

ANA = {
    "name": "Ana Sousa",
    "kind": "person",
    "acts_as": "01920f6e-5f3b-7c3a-9c0a-2f6b8f6f2a10",
    "extension": "+351210000000",
    "skills": ["german", "first aid"],
    "departments": ["billing"],
    "level": 2,
}
BOT = {"name": "Night desk", "kind": "bot"}


class AgentInput(Input, frozen=True, kw_only=True):
    """`acts_as` is the member or the API key by which the agent accepts calls."""

    name: PersonName
    kind: AgentKind
    acts_as: Identifier | None = None
    extension: Extension | None = None
    skills: Tags = ()
    departments: Tags = ()
    level: Level = 1

    def details(self) -> AgentDetails:
        return AgentDetails(
            name=self.name,
            kind=self.kind,
            acts_as=None if self.acts_as is None else ActorId(self.acts_as),
            extension=self.extension,
            skills=tuple(dict.fromkeys(self.skills)),
            departments=tuple(dict.fromkeys(self.departments)),
            level=self.level,
        )


class PresenceInput(Input, frozen=True, kw_only=True):
    """`pause` is why somebody is paused."""

    presence: Wish
    pause: Pause = Pause.OTHER


class AgentQuery(PageQuery, frozen=True):
    presence: AgentPresence | None = None
    skill: Tag | None = None
    department: Tag | None = None


class AgentBody(Output, frozen=True):
    """`until` is when an offer or the time to write something up runs out.

    `load` is how many callers there were since the agent came.
    """

    id: Identifier
    version: Version
    name: PersonName
    kind: AgentKind
    acts_as: Identifier | None
    extension: Extension | None
    skills: ShownTags
    departments: ShownTags
    level: Level
    presence: AgentPresence
    pause: Pause | None
    since: Moment
    until: Moment | None
    escalation_id: Identifier | None
    load: Count
    calls_handled: Count
    rating: Annotated[float, Meta(ge=1, le=BEST_RATING, examples=[4.5])] | None
    ratings: Count

    @classmethod
    def of(cls, agent: Agent) -> "AgentBody":
        details = agent.details
        return cls(
            id=agent.id,
            version=agent.version,
            name=details.name,
            kind=details.kind,
            acts_as=details.acts_as,
            extension=details.extension,
            skills=details.skills,
            departments=details.departments,
            level=details.level,
            presence=agent.presence,
            pause=agent.pause,
            since=agent.since,
            until=agent.until,
            escalation_id=agent.escalation_id,
            load=agent.load,
            calls_handled=agent.calls_handled,
            rating=agent.rating,
            ratings=agent.ratings,
        )


class AgentPage(Output, frozen=True):
    items: Annotated[Sequence[AgentBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class SpanQuery(Input, frozen=True, rename={"since": "from"}):
    """From one moment until just before another; the last seven days, if none is given."""

    since: Moment | None = None
    until: Moment | None = None


class OffersBody(Output, frozen=True):
    accepted: Count
    declined: Count
    no_answer: Count
    voicemail: Count
    rescinded: Count

    @classmethod
    def of(cls, offers: Mapping[str, int]) -> "OffersBody":
        return cls(
            accepted=offers["accepted"],
            declined=offers["declined"],
            no_answer=offers["no_answer"],
            voicemail=offers["voicemail"],
            rescinded=offers["rescinded"],
        )


class AgentUsageBody(Output, frozen=True, rename={"since": "from"}):
    """What came of what the agent was offered; no mean where there is nothing to take it of."""

    since: Moment
    until: Moment
    offers: OffersBody
    completed: Count
    handed_back: Count
    seconds_to_accept: Seconds | None
    seconds_to_complete: Seconds | None

    @classmethod
    def of(cls, usage: AgentUsage, since: Moment, until: Moment) -> "AgentUsageBody":
        return cls(
            since=since,
            until=until,
            offers=OffersBody.of(usage.offers),
            completed=usage.completed,
            handed_back=usage.handed_back,
            seconds_to_accept=usage.seconds_to_accept,
            seconds_to_complete=usage.seconds_to_complete,
        )
