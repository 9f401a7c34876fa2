"""What payment providers say by themselves, in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.payments.ports import StoredEvent, Treatment
from domain.payments.provider import Subject
from entrypoints.http.paging import LARGEST_PAGE, Next, PageQuery
from entrypoints.http.shapes import ONE_LINE, Moment, Output

ProviderName = Annotated[str, Meta(pattern="^[a-z]{1,16}$", max_length=16, examples=["stripe"])]
EventId = Annotated[str, Meta(pattern=ONE_LINE, max_length=255, examples=["evt_1"])]


class ProviderEventQuery(PageQuery, frozen=True):
    state: Treatment | None = None


class ReceivedBody(Output, frozen=True):
    """Whether there is something to do because of it; not if it came before."""

    accepted: bool


class ProviderEventBody(Output, frozen=True):
    """`attempts` are those that failed, `problem` why; what is `parked` waits for somebody."""

    provider: ProviderName
    id: EventId
    type: Annotated[
        str, Meta(pattern=ONE_LINE, max_length=100, examples=["payment_intent.succeeded"])
    ]
    subject: Subject | None
    reference: Annotated[str, Meta(max_length=255, pattern=r"^[^\x00]*$", examples=["pi_1"])]
    created_at: Moment
    received_at: Moment
    state: Treatment
    attempts: Annotated[int, Meta(ge=0, le=1000, examples=[0])]
    problem: Annotated[str, Meta(max_length=1000, pattern=r"^[^\x00]*$", examples=["…"])] | None

    @classmethod
    def of(cls, stored: StoredEvent) -> "ProviderEventBody":
        event = stored.event
        return cls(
            provider=stored.provider,
            id=event.id,
            type=event.type,
            subject=event.subject,
            reference=event.reference,
            created_at=event.created_at,
            received_at=stored.received_at,
            state=stored.treatment,
            attempts=stored.attempts,
            problem=stored.problem,
        )


class ProviderEventPage(Output, frozen=True):
    items: Annotated[Sequence[ProviderEventBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None
