"""What notifications need from outside."""

from datetime import datetime
from typing import Protocol

from application.kernel.jobs import PassingTrouble
from domain.kernel.actors import Actor
from domain.kernel.identifiers import BlockId, BookingId, CallId, WaitingId
from domain.notifications.called_off import CalledOffNotice
from domain.notifications.desks import DeskCard
from domain.notifications.low_scores import LowScore
from domain.notifications.messages import Attachment, Message
from domain.notifications.notices import BookingNotice, Occasion
from domain.notifications.released_blocks import ReleasedBlockNotice
from domain.notifications.urgent_needs import UrgentNeeds


class NotSent(PassingTrouble):
    """The message did not leave for sure; sending it again may succeed. Says nothing personal."""


class NotReached(NotSent):
    """Whoever should have taken the message said nothing of it, as if nobody were there."""


class Mailer(Protocol):
    async def send(self, message: Message, /) -> None:
        """Returns once somebody else has taken responsibility for the message.

        A message that was sent before, by its id, is not sent again where the transport can tell;
        otherwise it carries the same `Message-ID`, by which readers can. Raises Undeliverable if
        trying again is pointless, NotSent if it is not.
        """
        ...


class CalendarFiles(Protocol):
    def of(self, notice: BookingNotice, occasion: Occasion, *, stamped_at: datetime) -> Attachment:
        """An iCalendar file that makes the customer's calendar agree with the notice.

        All files about one booking are about one entry, which the one with the highest version
        wins; `stamped_at` decides between files of the same version.
        """
        ...


class Desks(Protocol):
    async def of(self, actor: Actor) -> DeskCard:
        """That of the actor's organization."""
        ...


class NeedsToTell(Protocol):
    async def of_booking(self, actor: Actor, booking_id: BookingId) -> UrgentNeeds | None:
        """None if there is nobody to tell, nothing urgent, or no such booking any more."""
        ...


class LowScores(Protocol):
    async def of_call(self, actor: Actor, call_id: CallId) -> LowScore | None:
        """With everybody who owns the organization; None if the call's score is not low now."""
        ...


class CalledOffNotices(Protocol):
    async def of_entry(self, actor: Actor, waiting_id: WaitingId) -> CalledOffNotice | None:
        """None if there is no such entry any more, or what it waits for was not called off."""
        ...


class ReleasedBlockNotices(Protocol):
    async def of_block(self, actor: Actor, block_id: BlockId) -> ReleasedBlockNotice | None:
        """None if there is no such block, or nobody any longer for whom it was."""
        ...


class Notices(Protocol):
    async def of_booking(self, actor: Actor, booking_id: BookingId) -> BookingNotice:
        """As the booking stands now. Raises NothingToTell."""
        ...
