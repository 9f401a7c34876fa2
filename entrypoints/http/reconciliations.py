"""Routes of reconciliations with payment providers."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from application.payments.gateway import NoPaymentProvider, PaymentProviderDown
from application.payments.reconcile import Reconcile
from application.payments.reconciliation_ports import ReconciliationViews
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ReconciliationId
from domain.payments.provider import Subject
from domain.payments.reconciliation import (
    BadReconciliationPeriod,
    Finding,
    FindingKind,
    Reconciliation,
    ReconciliationNotFound,
    Totals,
)
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.provider_event_shapes import ProviderName
from entrypoints.http.reading import Body, Query
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Identifier, Input, Moment, MoneyBody, Output, sensible

AnyRequest = Request[Any, Any, Any]
Count = Annotated[int, Meta(ge=0, le=10**9, examples=[12])]


class ReconciliationInput(Input, frozen=True):
    """A period that is over, of at most 31 days."""

    since: Moment
    until: Moment


class FindingBody(Output, frozen=True):
    """`reference` is the provider's name of the payment or refund."""

    kind: FindingKind
    subject: Subject
    reference: Annotated[str, Meta(max_length=255, pattern=r"^[^\x00]*$", examples=["pi_1"])]
    ours: MoneyBody | None
    theirs: MoneyBody | None

    @classmethod
    def of(cls, finding: Finding) -> "FindingBody":
        ours, theirs = finding.ours, finding.theirs
        return cls(
            kind=finding.kind,
            subject=finding.subject,
            reference=finding.reference,
            ours=None if ours is None else MoneyBody.of(ours),
            theirs=None if theirs is None else MoneyBody.of(theirs),
        )


class TotalsBody(Output, frozen=True):
    """What the provider says, in one currency."""

    payments: Count
    paid: MoneyBody
    refunds: Count
    refunded: MoneyBody
    fees: MoneyBody

    @classmethod
    def of(cls, totals: Totals) -> "TotalsBody":
        return cls(
            payments=totals.payments,
            paid=MoneyBody.of(totals.paid),
            refunds=totals.refunds,
            refunded=MoneyBody.of(totals.refunded),
            fees=MoneyBody.of(totals.fees),
        )


class ReconciliationBody(Output, frozen=True):
    """`mended` is how much had not been heard of; `findings` are for somebody to look into."""

    id: Identifier
    provider: ProviderName
    since: Moment
    until: Moment
    mended: Count
    totals: Annotated[Sequence[TotalsBody], Meta(max_length=200)]
    findings: Annotated[Sequence[FindingBody], Meta(max_length=1_000_000)]
    made_at: Moment

    @classmethod
    def of(cls, made: Reconciliation) -> "ReconciliationBody":
        return cls(
            id=made.id,
            provider=made.provider,
            since=made.since,
            until=made.until,
            mended=made.mended,
            totals=[TotalsBody.of(one) for one in made.totals],
            findings=[FindingBody.of(one) for one in made.findings],
            made_at=made.made_at,
        )


class ReconciliationPage(Output, frozen=True):
    items: Annotated[Sequence[ReconciliationBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


PERIOD: Body[ReconciliationInput] = Body(
    ReconciliationInput,
    examples={"a day": {"since": "2027-05-13T00:00:00Z", "until": "2027-05-14T00:00:00Z"}},
)
PAGE = Query(PageQuery)


@post(
    "/v1/reconciliations",
    opt=Operation(
        tag="payments",
        needs=Permission.OPERATE_PAYMENTS,
        body=PERIOD,
        shows=ReconciliationBody,
        status=201,
        refuses=(BadReconciliationPeriod, NoPaymentProvider, PaymentProviderDown, FarOff),
    ).opt,
)
async def reconcile(
    request: AnyRequest,
    reconcile: NamedDependency[SkipValidation[UseCase[Reconcile, Reconciliation]]],
) -> Response[bytes]:
    """Compare a period with the provider's account. Done every night for the day before as well.

    What was lost on the way is heard of now; what differs all the same is listed.
    """
    data = await PERIOD.of(request)
    sensible(data.since)
    sensible(data.until)
    made = await reconcile(Reconcile(actor=actor_of(request), since=data.since, until=data.until))
    location = f"/v1/reconciliations/{made.id}"
    return respond(answer(ReconciliationBody.of(made), status=201, location=location))


@get(
    "/v1/reconciliations/{reconciliation_id:uuid}",
    opt=Operation(
        tag="payments",
        needs=Permission.OPERATE_PAYMENTS,
        shows=ReconciliationBody,
        refuses=(ReconciliationNotFound,),
    ).opt,
)
async def read_reconciliation(
    request: AnyRequest,
    reconciliation_id: FromPath[UUID],
    reconciliation_views: NamedDependency[SkipValidation[ReconciliationViews]],
) -> Response[bytes]:
    """One reconciliation."""
    made = await reconciliation_views.reconciliation(
        actor_of(request), ReconciliationId(reconciliation_id)
    )
    return respond(answer(ReconciliationBody.of(made)))


@get(
    "/v1/reconciliations",
    opt=Operation(
        tag="payments",
        needs=Permission.OPERATE_PAYMENTS,
        query=PAGE,
        shows=ReconciliationPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_reconciliations(
    request: AnyRequest, reconciliation_views: NamedDependency[SkipValidation[ReconciliationViews]]
) -> Response[bytes]:
    """Reconciliations, oldest first."""
    query, cursors = PAGE.of(request), Cursors.of(request)
    page = await reconciliation_views.reconciliations(
        actor_of(request), slice=cursors.slice(query)
    )
    items = [ReconciliationBody.of(made) for made in page.items]
    return cursors.respond(ReconciliationPage(items=items, next=cursors.write(page.next)))


router = Router("/", route_handlers=[reconcile, read_reconciliation, list_reconciliations])
