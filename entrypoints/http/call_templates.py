"""Routes of call templates: which kinds of calls there are, and how each is to go."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.calls.keep_templates import (
    AddCallTemplate,
    ChangeCallTemplate,
    DeleteCallTemplate,
)
from application.calls.template_ports import CallTemplateViews
from application.kernel.pages import BadCursor
from application.kernel.ports import Clock, UseCase
from domain.calls.templates import (
    CallTemplate,
    CallTemplateInUse,
    CallTemplateNotFound,
    CallTemplateTaken,
    Wording,
)
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallTemplateId
from domain.kernel.periods import BadPeriod
from entrypoints.http.agent_shapes import SpanQuery
from entrypoints.http.answers import answer, respond, tagged, worded
from entrypoints.http.etags import IF_MATCH, IF_NONE_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.refusals import TEXT_OR_NOTHING
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import (
    ONE_LINE,
    FarOff,
    Identifier,
    Input,
    Moment,
    Output,
    Version,
)
from entrypoints.http.spans import span_of

AnyRequest = Request[Any, Any, Any]
Label = Annotated[str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["sales"])]
Greeting = Annotated[
    str,
    Meta(pattern=TEXT_OR_NOTHING, max_length=1000, examples=["Seaside Hotel, how may I help?"]),
]
Instructions = Annotated[
    str,
    Meta(pattern=TEXT_OR_NOTHING, max_length=4000, examples=["Offer the room with a view first."]),
]
Many = Annotated[int, Meta(ge=0, le=10**12, examples=[12])]
SALES = {
    "label": "sales",
    "greeting": "Seaside Hotel, how may I help?",
    "instructions": "Offer the room with a view first.",
}


class CallTemplateInput(Input, frozen=True):
    """`label` is what calls and numbers name as their `template`."""

    label: Label
    greeting: Greeting = ""
    instructions: Instructions = ""

    def wording(self) -> Wording:
        return Wording(label=self.label, greeting=self.greeting, instructions=self.instructions)


class CallTemplateBody(Output, frozen=True):
    id: Identifier
    label: Label
    greeting: Greeting
    instructions: Instructions
    version: Version

    @classmethod
    def of(cls, one: CallTemplate) -> "CallTemplateBody":
        return cls(
            id=one.id,
            label=one.wording.label,
            greeting=one.wording.greeting,
            instructions=one.wording.instructions,
            version=one.version,
        )


class CallTemplatePage(Output, frozen=True):
    items: Annotated[Sequence[CallTemplateBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class CallTemplateUsageBody(Output, frozen=True, rename={"since": "from"}):
    """`calls` began in the span, the `latest_at`. Calls are open and numbers ring for it now."""

    since: Moment
    until: Moment
    calls: Many
    latest_at: Moment | None
    open_calls: Many
    phone_numbers: Many


NEW: Body[CallTemplateInput] = Body(CallTemplateInput, examples={"sales": SALES})
CHANGED: Body[CallTemplateInput] = Body(
    CallTemplateInput, examples={"reworded": {**SALES, "greeting": "Seaside Hotel, hello."}}
)
LIST, SPAN = Query(PageQuery), Query(SpanQuery)
Views = NamedDependency[SkipValidation[CallTemplateViews]]

_added = worded(
    CallTemplateBody.of,
    status=201,
    version=lambda one: one.version,
    location=lambda one: f"/v1/call-templates/{one.id}",
)
_changed = worded(CallTemplateBody.of, version=lambda one: one.version)


@post(
    "/v1/call-templates",
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_AGENTS,
        sends=(IDEMPOTENCY_KEY,),
        body=NEW,
        shows=CallTemplateBody,
        status=201,
        refuses=(CallTemplateTaken,),
        then={"read_call_template": {"call_template_id": "$response.body#/id"}},
    ).opt,
)
async def add_call_template(
    request: AnyRequest,
    add_call_template: NamedDependency[SkipValidation[UseCase[AddCallTemplate, CallTemplate]]],
) -> Response[bytes]:
    """Add a kind of calls."""
    data = await NEW.of(request)
    key = await IdempotencyKey.of(request)
    command = AddCallTemplate(
        actor=actor_of(request), wording=data.wording(), once=key.once(_added)
    )
    return respond(_added(await add_call_template(command)))


@put(
    "/v1/call-templates/{call_template_id:uuid}",
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_AGENTS,
        sends=(IF_MATCH,),
        body=CHANGED,
        shows=CallTemplateBody,
        refuses=(CallTemplateNotFound, CallTemplateTaken, CallTemplateInUse),
    ).opt,
)
async def change_call_template(
    request: AnyRequest,
    call_template_id: FromPath[UUID],
    change_call_template: NamedDependency[
        SkipValidation[UseCase[ChangeCallTemplate, CallTemplate]]
    ],
) -> Response[bytes]:
    """Say in other words how calls of a kind go; its label as long as nobody uses it."""
    data = await CHANGED.of(request)
    command = ChangeCallTemplate(
        actor=actor_of(request),
        call_template_id=CallTemplateId(call_template_id),
        wording=data.wording(),
        version=seen_version(request),
    )
    return respond(_changed(await change_call_template(command)))


@delete(
    "/v1/call-templates/{call_template_id:uuid}",
    status_code=200,
    opt=Operation(
        tag="calls",
        needs=Permission.WRITE_AGENTS,
        sends=(IF_MATCH,),
        shows=CallTemplateBody,
        refuses=(CallTemplateNotFound, CallTemplateInUse),
    ).opt,
)
async def delete_call_template(
    request: AnyRequest,
    call_template_id: FromPath[UUID],
    delete_call_template: NamedDependency[
        SkipValidation[UseCase[DeleteCallTemplate, CallTemplate]]
    ],
) -> Response[bytes]:
    """Delete a kind of calls for which no number rings and of which no call is open."""
    await no_body(request)
    command = DeleteCallTemplate(
        actor=actor_of(request),
        call_template_id=CallTemplateId(call_template_id),
        version=seen_version(request),
    )
    return respond(_changed(await delete_call_template(command)))


@get(
    "/v1/call-templates/{call_template_id:uuid}",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(IF_NONE_MATCH,),
        shows=CallTemplateBody,
        refuses=(CallTemplateNotFound,),
    ).opt,
)
async def read_call_template(
    request: AnyRequest, call_template_id: FromPath[UUID], call_template_views: Views
) -> Response[bytes]:
    """One kind of calls."""
    one = await call_template_views.call_template(
        actor_of(request), CallTemplateId(call_template_id)
    )
    return tagged(request, CallTemplateBody.of(one), version=one.version)


@get(
    "/v1/call-templates",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        query=LIST,
        shows=CallTemplatePage,
        refuses=(BadCursor,),
    ).opt,
)
async def list_call_templates(request: AnyRequest, call_template_views: Views) -> Response[bytes]:
    """All kinds of calls, by label."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await call_template_views.call_templates(actor_of(request), slice=cursors.slice(query))
    items = [CallTemplateBody.of(one) for one in page.items]
    return cursors.respond(CallTemplatePage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/call-templates/{call_template_id:uuid}/usage",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        query=SPAN,
        shows=CallTemplateUsageBody,
        refuses=(CallTemplateNotFound, BadPeriod, FarOff),
    ).opt,
)
async def read_call_template_usage(
    request: AnyRequest,
    call_template_id: FromPath[UUID],
    call_template_views: Views,
    clock: NamedDependency[SkipValidation[Clock]],
) -> Response[bytes]:
    """How many calls of a kind began in a span of time, and who uses it now."""
    span = span_of(SPAN.of(request), clock)
    usage = await call_template_views.usage(
        actor_of(request),
        CallTemplateId(call_template_id),
        since=span.starts_at,
        until=span.ends_at,
    )
    body = CallTemplateUsageBody(
        since=span.starts_at,
        until=span.ends_at,
        calls=usage.calls,
        latest_at=usage.latest_at,
        open_calls=usage.open_calls,
        phone_numbers=usage.phone_numbers,
    )
    return respond(answer(body))


router = Router(
    "/",
    route_handlers=[
        add_call_template,
        change_call_template,
        delete_call_template,
        read_call_template,
        list_call_templates,
        read_call_template_usage,
    ],
)
