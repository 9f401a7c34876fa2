"""Who answers: people and bots, what they can do, and whether they are free."""

from datetime import datetime
from enum import Enum
from typing import ClassVar

import attrs

from domain.calls.agent_events import (
    AgentAdded,
    AgentChanged,
    AgentDeleted,
    AgentPresenceChanged,
)
from domain.calls.needs import Needs
from domain.kernel.events import Event
from domain.kernel.identifiers import ActorId, AgentId, EscalationId
from domain.kernel.personal import personal
from domain.kernel.refusals import Conflict, Forbidden, Invalid, NotFound

BEST_RATING = 5


@attrs.frozen
class AgentNotFound(NotFound):
    code: ClassVar[str] = "agent_not_found"
    agent_id: AgentId

    def __str__(self) -> str:
        return f"no agent {self.agent_id}"


@attrs.frozen
class NoAgentOfYours(NotFound):
    code: ClassVar[str] = "no_agent_of_yours"

    def __str__(self) -> str:
        return "you are no agent: whoever manages agents can name you as who one acts as"


@attrs.frozen
class AgentTaken(Conflict):
    """Whoever signs in is one agent, and an extension rings in one place."""

    code: ClassVar[str] = "agent_taken"

    def __str__(self) -> str:
        return "there is another agent with that extension, or who acts as that member or key"


@attrs.frozen
class AgentEngaged(Conflict):
    code: ClassVar[str] = "agent_engaged"
    agent_id: AgentId
    escalation_id: EscalationId

    def __str__(self) -> str:
        return f"{self.agent_id} has the escalation {self.escalation_id}: end it first"


@attrs.frozen
class AgentNotAvailable(Conflict):
    code: ClassVar[str] = "agent_not_available"
    agent_id: AgentId
    presence: str

    def __str__(self) -> str:
        return f"{self.agent_id} is {self.presence}"


@attrs.frozen
class NotYourAgent(Forbidden):
    code: ClassVar[str] = "not_your_agent"
    agent_id: AgentId

    def __str__(self) -> str:
        return f"{self.agent_id} is somebody else"


@attrs.frozen
class BadRating(Invalid):
    code: ClassVar[str] = "bad_rating"
    field: ClassVar[str] = "rating"

    def __str__(self) -> str:
        return f"a rating is from 1 to {BEST_RATING}"


class AgentKind(Enum):
    PERSON = "person"
    BOT = "bot"


class AgentPresence(Enum):
    OFFLINE = "offline"
    AVAILABLE = "available"
    RESERVED = "reserved"
    ON_CALL = "on_call"
    WRAPPING = "wrapping"
    PAUSED = "paused"


class Pause(Enum):
    """`unanswered` is how somebody is paused who was offered a call and did not react."""

    BREAK = "break"
    LUNCH = "lunch"
    MEETING = "meeting"
    TRAINING = "training"
    OTHER = "other"
    UNANSWERED = "unanswered"


@attrs.frozen(kw_only=True)
class AgentDetails:
    """`acts_as` is the member or the API key by which the agent signs in."""

    name: str = attrs.field(metadata=personal("to know who answers"))
    kind: AgentKind
    acts_as: ActorId | None = None
    extension: str | None = None
    skills: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    level: int = 1

    @property
    def tags(self) -> frozenset[str]:
        return Needs.tags_of(self.skills, self.departments)

    @property
    def marks(self) -> frozenset[ActorId | str]:
        """What no two agents share: as whom they act, and where they are rung."""
        return frozenset(mark for mark in (self.acts_as, self.extension) if mark is not None)


@attrs.frozen(kw_only=True)
class Agent:
    """Has an escalation exactly while reserved or on a call, and one at the most.

    `until` is when the program takes it back by itself; `load` is how many calls there were since
    the agent came.
    """

    id: AgentId
    details: AgentDetails
    presence: AgentPresence
    since: datetime
    pause: Pause | None = None
    escalation_id: EscalationId | None = None
    until: datetime | None = None
    load: int = 0
    calls_handled: int = 0
    ratings: int = 0
    rated: int = 0
    deleted_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(cls, id: AgentId, details: AgentDetails, *, now: datetime) -> "Agent":
        added = AgentAdded(agent_id=id, occurred_at=now)
        return cls(
            id=id, details=details, presence=AgentPresence.OFFLINE, since=now, events=(added,)
        )

    @property
    def rating(self) -> float | None:
        return None if self.ratings == 0 else self.rated / self.ratings

    def change(self, details: AgentDetails, *, now: datetime) -> "Agent":
        changed = AgentChanged(agent_id=self.id, occurred_at=now)
        return attrs.evolve(self, details=details, events=(*self.events, changed))

    def delete(self, *, now: datetime) -> "Agent":
        """Raises AgentEngaged."""
        self._must_be_idle()
        gone = self._shown(AgentPresence.OFFLINE, now=now)
        deleted = AgentDeleted(agent_id=self.id, occurred_at=now)
        return attrs.evolve(gone, deleted_at=now, events=(*gone.events, deleted))

    def come(self, *, now: datetime) -> "Agent":
        """Raises AgentEngaged."""
        self._must_be_idle()
        load = 0 if self.presence is AgentPresence.OFFLINE else self.load
        return attrs.evolve(self._shown(AgentPresence.AVAILABLE, now=now), load=load)

    def rest(self, pause: Pause, *, now: datetime) -> "Agent":
        """Raises AgentEngaged."""
        self._must_be_idle()
        return self._shown(AgentPresence.PAUSED, pause=pause, now=now)

    def leave(self, *, now: datetime) -> "Agent":
        """Raises AgentEngaged."""
        self._must_be_idle()
        return self._shown(AgentPresence.OFFLINE, now=now)

    def reserve(self, escalation_id: EscalationId, *, until: datetime, now: datetime) -> "Agent":
        """Raises AgentNotAvailable."""
        if self.presence is not AgentPresence.AVAILABLE:
            raise AgentNotAvailable(self.id, self.presence.value)
        return attrs.evolve(
            self._shown(AgentPresence.RESERVED, escalation_id=escalation_id, until=until, now=now),
            load=self.load + 1,
        )

    def begin(self, *, until: datetime, now: datetime) -> "Agent":
        """The escalation it is reserved for is accepted."""
        return self._shown(
            AgentPresence.ON_CALL, escalation_id=self.escalation_id, until=until, now=now
        )

    def finish(self, *, wrapped_up_at: datetime, now: datetime) -> "Agent":
        """A call was handled, and there may be something left to write about it."""
        wraps = wrapped_up_at > now
        done = self._shown(
            AgentPresence.WRAPPING if wraps else AgentPresence.AVAILABLE,
            until=wrapped_up_at if wraps else None,
            now=now,
        )
        return attrs.evolve(done, calls_handled=self.calls_handled + 1)

    def spare(self, *, now: datetime) -> "Agent":
        """What it was offered came to nothing, by no fault of its own."""
        return self._shown(AgentPresence.AVAILABLE, now=now)

    def lapse(self, *, now: datetime) -> "Agent":
        """It did not react: nothing more is offered to it until it says that it is there."""
        return self._shown(AgentPresence.PAUSED, pause=Pause.UNANSWERED, now=now)

    def rate(self, stars: int) -> "Agent":
        """Raises BadRating."""
        if not 1 <= stars <= BEST_RATING:
            raise BadRating
        return attrs.evolve(self, ratings=self.ratings + 1, rated=self.rated + stars)

    def must_be_there(self) -> None:
        """Raises AgentNotFound."""
        if self.deleted_at is not None:
            raise AgentNotFound(self.id)

    def must_be(self, actor_id: ActorId) -> None:
        """Raises NotYourAgent."""
        if self.details.acts_as != actor_id:
            raise NotYourAgent(self.id)

    def _must_be_idle(self) -> None:
        if self.escalation_id is not None:
            raise AgentEngaged(self.id, self.escalation_id)

    def _shown(
        self,
        presence: AgentPresence,
        *,
        now: datetime,
        pause: Pause | None = None,
        escalation_id: EscalationId | None = None,
        until: datetime | None = None,
    ) -> "Agent":
        changed = AgentPresenceChanged(
            agent_id=self.id,
            presence=presence.value,
            pause=pause and pause.value,
            escalation_id=escalation_id,
            occurred_at=now,
        )
        return attrs.evolve(
            self,
            presence=presence,
            since=now,
            pause=pause,
            escalation_id=escalation_id,
            until=until,
            events=(*self.events, changed),
        )
