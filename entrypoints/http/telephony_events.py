"""Routes for whoever carries the calls: how they go, and what to do with one that is up."""

from typing import Annotated, Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.calls.hear_line import HearLine
from application.calls.telephony import NoTelephony
from application.calls.telephony_news import (
    BadTelephonyNews,
    BadTelephonySignature,
    Message,
    UnknownCall,
)
from application.identity.people_ports import Slugs
from application.kernel.ports import UseCase
from domain.identity.request_limits import Counted
from domain.kernel.actors import Actor
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Header, Operation
from entrypoints.http.reading import Query
from entrypoints.http.shapes import ONE_LINE, Input, Output
from entrypoints.wiring.settings import Settings

AnyRequest = Request[Any, Any, Any]
Name = Annotated[str, Meta(pattern=ONE_LINE, max_length=255, examples=["CA1"])]

SIGNATURE = Header(
    name="X-Twilio-Signature",
    description="As Twilio signs; the simulator's is `Telephony-Signature`.",
    schema={"type": "string", "pattern": "^[!-~]+$", "maxLength": 200, "examples": ["AA=="]},
    refuses=(BadTelephonySignature,),
)
XML = "text/xml"


class HeardBody(Output, frozen=True):
    """Whether it is new; not if it came before."""

    accepted: bool


Instructions = Annotated[
    bytes, Meta(extra_json_schema={"type": "string", "format": "binary", "maxLength": 100_000})
]


class NewsQuery(Input, frozen=True):
    """What the address was given when a call was placed: which it is, or which it belongs to."""

    call: Name | None = None
    of: Name | None = None
    bodySHA256: Name | None = None  # noqa: N815  (Twilio's spelling)


REFUSES = (NoTelephony, BadTelephonyNews, UnknownCall)
HearUseCase = NamedDependency[SkipValidation[UseCase[HearLine, bool]]]
InstructUseCase = NamedDependency[SkipValidation[UseCase[HearLine, bytes]]]
KnownSlugs = NamedDependency[SkipValidation[Slugs]]
Set = NamedDependency[SkipValidation[Settings]]


@post(
    "/v1/telephony-events/{provider:str}/{organization:str}",
    status_code=200,
    opt=Operation(
        tag="telephony",
        needs=None,
        counts_as=Counted.PROVIDER,
        sends=(SIGNATURE,),
        query=Query(NewsQuery),
        shows=HeardBody,
        refuses=REFUSES,
    ).opt,
)
async def receive_telephony_event(
    request: AnyRequest,
    provider: FromPath[str],
    organization: FromPath[str],
    hear_line: HearUseCase,
    slugs: KnownSlugs,
    settings: Set,
) -> Response[bytes]:
    """For telephony providers: how a call goes on, signed.

    It is kept once, however often it comes, and applied in whatever order it comes. What cannot
    be taken in is never answered as if it were.
    """
    command = await _command(request, "events", provider, organization, slugs, settings)
    return respond(answer(HeardBody(accepted=await hear_line(command))))


@post(
    "/v1/telephony-voice/{provider:str}/{organization:str}",
    status_code=200,
    opt=Operation(
        tag="telephony",
        needs=None,
        counts_as=Counted.PROVIDER,
        sends=(SIGNATURE,),
        shows=Instructions,
        media_type=XML,
        refuses=REFUSES,
    ).opt,
)
async def instruct_call(
    request: AnyRequest,
    provider: FromPath[str],
    organization: FromPath[str],
    instruct_line: InstructUseCase,
    slugs: KnownSlugs,
    settings: Set,
) -> Response[bytes]:
    """For Twilio: a call is up, or rings, and asks what to do.

    One that comes in is registered, once however often it asks, and sent into a room of its own.
    """
    command = await _command(request, "voice", provider, organization, slugs, settings)
    return Response(await instruct_line(command), status_code=200, media_type=XML)


async def _command(
    request: AnyRequest,
    door: str,
    provider: str,
    organization: str,
    slugs: Slugs,
    settings: Settings,
) -> HearLine:
    """Raises NoTelephony. The address is the one we have given away, whoever stands before us."""
    organization_id = await slugs(organization)
    if organization_id is None:
        raise NoTelephony
    base = settings.public_url.rstrip("/")
    asked = request.scope["query_string"].decode("latin-1")
    path = f"/v1/telephony-{door}/{provider}/{organization}"
    message = Message(
        url=f"{base}{path}?{asked}" if asked else f"{base}{path}",
        headers={
            name.decode("latin-1"): value.decode("latin-1")
            for name, value in request.scope["headers"]
        },
        body=await request.body(),
    )
    return HearLine(actor=Actor.system(organization_id), provider=provider, message=message)


router = Router("/", route_handlers=[receive_telephony_event, instruct_call])
