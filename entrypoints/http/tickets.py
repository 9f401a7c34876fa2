"""The route of tickets for sockets."""

from typing import Annotated, Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.identity.issue_ticket import IssuedTicket, IssueTicket
from application.kernel.ports import UseCase
from domain.identity.tiers import Feature, NotInTier
from domain.kernel.actors import Permission
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.reading import no_body
from entrypoints.http.security import actor_of, session_id_of
from entrypoints.http.shapes import Moment, Output


class TicketBody(Output, frozen=True):
    ticket: Annotated[
        str,
        Meta(
            pattern="^fd_ticket_[0-9a-f]{32}_[0-9A-Za-z]{30}$",
            max_length=73,
            examples=[f"fd_ticket_{'0' * 32}_{'x' * 30}"],
        ),
    ]
    expires_at: Moment


@post(
    "/v1/realtime/tickets",
    opt=Operation(
        tag="realtime",
        needs=Permission.READ_EVENTS,
        shows=TicketBody,
        status=201,
        feature=Feature.REALTIME,
        refuses=(NotInTier,),
    ).opt,
)
async def issue_ticket(
    request: Request[Any, Any, Any],
    issue_ticket: NamedDependency[SkipValidation[UseCase[IssueTicket, IssuedTicket]]],
) -> Response[bytes]:
    """Get a ticket that opens one socket at `/v1/realtime`, once, within 30 seconds.

    The socket is closed when the key or session that asked for it ends, or may do less.

    It takes no `Idempotency-Key`: an answer that is kept for a week would keep the ticket in it,
    and one ticket too many does no harm.
    """
    await no_body(request)
    command = IssueTicket(actor=actor_of(request), session_id=session_id_of(request))
    issued = await issue_ticket(command)
    body = TicketBody(ticket=issued.secret, expires_at=issued.expires_at)
    return respond(answer(body, status=201))


router = Router("/", route_handlers=[issue_ticket])
