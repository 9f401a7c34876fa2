"""Routes for what payment providers say by themselves."""

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.identity.people_ports import Slugs
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from application.payments.apply_event import ApplyEvent
from application.payments.gateway import NoPaymentProvider
from application.payments.ports import StoredEvent
from application.payments.receive_event import ReceiveEvent
from application.payments.views import PaymentViews
from domain.identity.request_limits import Counted
from domain.kernel.actors import Actor, Permission
from domain.payments.refusals import (
    BadProviderEvent,
    BadProviderSignature,
    ProviderEventNotFound,
)
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Header, Operation
from entrypoints.http.paging import Cursors
from entrypoints.http.provider_event_shapes import (
    ProviderEventBody,
    ProviderEventPage,
    ProviderEventQuery,
    ReceivedBody,
)
from entrypoints.http.reading import Query, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

SIGNATURE = Header(
    name="Stripe-Signature",
    description="`t=<seconds>,v1=<HMAC-SHA256 of `t.body`>`, as Stripe signs.",
    schema={
        "type": "string",
        "pattern": "^[!-~]+$",
        "maxLength": 1000,
        "examples": ["t=1,v1=00"],
    },
    required=True,
    refuses=(BadProviderSignature,),
)
SEARCH = Query(ProviderEventQuery)


@post(
    "/v1/provider-events/{provider:str}/{organization:str}",
    status_code=200,
    opt=Operation(
        tag="provider events",
        needs=None,
        counts_as=Counted.PROVIDER,
        sends=(SIGNATURE,),
        shows=ReceivedBody,
        refuses=(NoPaymentProvider, BadProviderEvent),
    ).opt,
)
async def receive_provider_event(
    request: AnyRequest,
    provider: FromPath[str],
    organization: FromPath[str],
    receive_event: NamedDependency[SkipValidation[UseCase[ReceiveEvent, bool]]],
    slugs: NamedDependency[SkipValidation[Slugs]],
) -> Response[bytes]:
    """For payment providers: what they say by themselves, signed.

    It is kept and dealt with shortly; what is done about it is what the provider says when it is
    asked. Sent again, it is dealt with again only if it has not been yet.
    """
    signature = request.headers.get(SIGNATURE.name, "")
    if not signature:
        raise BadProviderSignature
    organization_id = await slugs(organization)
    if organization_id is None:
        raise NoPaymentProvider
    accepted = await receive_event(
        ReceiveEvent(
            actor=Actor.system(organization_id),
            provider=provider,
            body=await request.body(),
            signature=signature,
        )
    )
    return respond(answer(ReceivedBody(accepted=accepted)))


@get(
    "/v1/provider-events",
    opt=Operation(
        tag="provider events",
        needs=Permission.OPERATE_PAYMENTS,
        query=SEARCH,
        shows=ProviderEventPage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_provider_events(
    request: AnyRequest, payment_views: NamedDependency[SkipValidation[PaymentViews]]
) -> Response[bytes]:
    """What payment providers have said, oldest first; what is `parked` waits for somebody."""
    query, cursors = SEARCH.of(request), Cursors.of(request)
    page = await payment_views.provider_events(
        actor_of(request), treatment=query.state, slice=cursors.slice(query)
    )
    items = [ProviderEventBody.of(stored) for stored in page.items]
    return cursors.respond(ProviderEventPage(items=items, next=cursors.write(page.next)))


@post(
    "/v1/provider-events/{provider:str}/events/{event_id:str}/replay",
    status_code=202,
    opt=Operation(
        tag="provider events",
        needs=Permission.OPERATE_PAYMENTS,
        shows=ProviderEventBody,
        status=202,
        refuses=(ProviderEventNotFound,),
    ).opt,
)
async def replay_provider_event(
    request: AnyRequest,
    provider: FromPath[str],
    event_id: FromPath[str],
    replay_event: NamedDependency[SkipValidation[UseCase[ApplyEvent, StoredEvent]]],
) -> Response[bytes]:
    """Deal once more with what was parked."""
    await no_body(request)
    stored = await replay_event(
        ApplyEvent(actor=actor_of(request), provider=provider, event_id=event_id)
    )
    return respond(answer(ProviderEventBody.of(stored), status=202))


router = Router(
    "/",
    route_handlers=[receive_provider_event, list_provider_events, replay_provider_event],
)
