"""Telephone numbers of the desk: at which it is called, and which it shows."""

from datetime import datetime
from enum import Enum
from typing import ClassVar
from uuid import UUID

import attrs

from domain.calls.refusals import BadPhoneNumber
from domain.kernel.events import Event
from domain.kernel.identifiers import AgentId, DeskNumberId, QueueId
from domain.kernel.phone_numbers import is_phone_number
from domain.kernel.refusals import Conflict, Invalid, NotFound


@attrs.frozen
class PhoneNumberNotFound(NotFound):
    code: ClassVar[str] = "phone_number_not_found"
    desk_number_id: DeskNumberId

    def __str__(self) -> str:
        return f"no telephone number {self.desk_number_id}"


@attrs.frozen
class PhoneNumberTaken(Conflict):
    code: ClassVar[str] = "phone_number_taken"

    def __str__(self) -> str:
        return "that telephone number is one of the desk's already"


@attrs.frozen
class PhoneNumberInUse(Conflict):
    """A call goes on at it."""

    code: ClassVar[str] = "phone_number_in_use"
    desk_number_id: DeskNumberId

    def __str__(self) -> str:
        return f"a call goes on at telephone number {self.desk_number_id}"


@attrs.frozen
class PhoneNumberBought(Conflict):
    """It is paid for at whoever carries its calls."""

    code: ClassVar[str] = "phone_number_bought"
    desk_number_id: DeskNumberId

    def __str__(self) -> str:
        return f"telephone number {self.desk_number_id} is bought, or is being: release it"


@attrs.frozen
class PhoneNumberNotBought(Conflict):
    code: ClassVar[str] = "phone_number_not_bought"
    desk_number_id: DeskNumberId

    def __str__(self) -> str:
        return f"telephone number {self.desk_number_id} was not bought here: change its status"


@attrs.frozen
class PrimaryNotActive(Invalid):
    code: ClassVar[str] = "primary_not_active"
    field: ClassVar[str] = "primary"

    def __str__(self) -> str:
        return "the primary number is one that is active"


class NumberStatus(Enum):
    """Pending: not connected yet. Released: it is the desk's no more, and may come back."""

    PENDING = "pending"
    ACTIVE = "active"
    RELEASED = "released"


class Capability(Enum):
    VOICE = "voice"
    SMS = "sms"
    MMS = "mms"
    FAX = "fax"


@attrs.frozen(kw_only=True)
class RingsFor:
    """Whose calls they are that come in at a number; of the agent's own, nobody else's."""

    agent_id: AgentId | None = None
    queue_id: QueueId | None = None
    department: str | None = None
    template: str | None = None


@attrs.frozen(kw_only=True)
class NumberTerms:
    """`primary` is the one that is shown for whoever has no number of their own."""

    label: str
    status: NumberStatus = NumberStatus.ACTIVE
    capabilities: tuple[Capability, ...] = (Capability.VOICE,)
    primary: bool = False
    rings_for: RingsFor = attrs.field(factory=RingsFor)

    def __attrs_post_init__(self) -> None:
        if self.primary and self.status is not NumberStatus.ACTIVE:
            raise PrimaryNotActive


class Ordered(Enum):
    PURCHASE = "purchase"
    RELEASE = "release"


@attrs.frozen
class Order:
    """Written down before whoever carries the calls is asked, and until it is known what came."""

    what: Ordered
    asked_at: datetime


@attrs.frozen(kw_only=True)
class DeskNumberEvent(Event):
    desk_number_id: DeskNumberId

    @property
    def subject(self) -> UUID:
        return self.desk_number_id


@attrs.frozen(kw_only=True)
class PhoneNumberAdded(DeskNumberEvent):
    name: ClassVar[str] = "phone_number_added"
    status: str


@attrs.frozen(kw_only=True)
class PhoneNumberChanged(DeskNumberEvent):
    name: ClassVar[str] = "phone_number_changed"
    status: str


@attrs.frozen(kw_only=True)
class PhoneNumberDeleted(DeskNumberEvent):
    name: ClassVar[str] = "phone_number_deleted"


@attrs.frozen(kw_only=True)
class DeskNumber:
    """`provider` carries its calls; None is a telephone system of the desk's own.

    `reference` is what it calls a number that was bought of it, for as long as that is paid for.
    """

    id: DeskNumberId
    number: str
    provider: str | None = None
    terms: NumberTerms
    order: Order | None = None
    reference: str | None = None
    deleted_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(
        cls,
        id: DeskNumberId,
        number: str,
        terms: NumberTerms,
        *,
        provider: str | None,
        now: datetime,
    ) -> "DeskNumber":
        """Raises BadPhoneNumber."""
        if not is_phone_number(number):
            raise BadPhoneNumber
        added = PhoneNumberAdded(desk_number_id=id, status=terms.status.value, occurred_at=now)
        return cls(id=id, number=number, provider=provider, terms=terms, events=(added,))

    @property
    def is_bought(self) -> bool:
        """Or is being, or may be: somebody is paid for it."""
        return self.order is not None or self.reference is not None

    def change(self, terms: NumberTerms, *, now: datetime) -> "DeskNumber":
        """Raises PhoneNumberBought for a status that is not for the desk to say."""
        if terms == self.terms:
            return self
        if self.is_bought and terms.status is not self.terms.status:
            raise PhoneNumberBought(self.id)
        changed = PhoneNumberChanged(
            desk_number_id=self.id, status=terms.status.value, occurred_at=now
        )
        return attrs.evolve(self, terms=terms, events=(*self.events, changed))

    def step_back(self, *, now: datetime) -> "DeskNumber":
        """Another one is the primary number."""
        return self.change(attrs.evolve(self.terms, primary=False), now=now)

    def delete(self, *, now: datetime) -> "DeskNumber":
        """Raises PhoneNumberBought."""
        if self.is_bought:
            raise PhoneNumberBought(self.id)
        deleted = PhoneNumberDeleted(desk_number_id=self.id, occurred_at=now)
        terms = attrs.evolve(self.terms, primary=False)
        return attrs.evolve(self, terms=terms, deleted_at=now, events=(*self.events, deleted))
