"""Routes of what people note of a call."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.calls.note_call import ChangeNote, NoteCall, RemoveNote
from application.calls.note_ports import NoteViews
from application.kernel.pages import BadCursor
from application.kernel.ports import UseCase
from domain.calls.notes import CallNote, CallNoteNotFound, SomebodyElsesNote, Wording
from domain.calls.refusals import CallNotFound
from domain.kernel.actors import Permission
from domain.kernel.identifiers import CallId, CallNoteId
from domain.kernel.refusals import Refusal
from entrypoints.http.answers import answer, respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Header, Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Body, Query, no_body
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import ONE_LINE, Identifier, Input, Moment, Output, Version

AnyRequest = Request[Any, Any, Any]

LONGEST_TEXT = 10_000
MOST_TAGS = 20
MOST_WORDINGS = 10_000

Text = Annotated[
    str,
    Meta(pattern=r"^[^\x00]*$", min_length=1, max_length=LONGEST_TEXT, examples=["Asks for two."]),
]
Category = Annotated[str, Meta(pattern=ONE_LINE, max_length=64, examples=["complaint"])]
Tags = Annotated[
    Sequence[Annotated[str, Meta(pattern=ONE_LINE, max_length=64)]],
    Meta(max_length=MOST_TAGS, examples=[["refund", "urgent"]]),
]


class NoteInput(Input, frozen=True):
    text: Text
    category: Category | None = None
    tags: Tags = ()


class WordingBody(Output, frozen=True):
    """What a note said from `at` on."""

    text: Text
    category: Category | None
    tags: Tags
    at: Moment

    @classmethod
    def of(cls, wording: Wording) -> "WordingBody":
        return cls(text=wording.text, category=wording.category, tags=wording.tags, at=wording.at)


class NoteBody(Output, frozen=True):
    id: Identifier
    version: Version
    author_id: Identifier
    text: Text
    category: Category | None
    tags: Tags
    written_at: Moment
    changed_at: Moment | None
    removed_at: Moment | None

    @classmethod
    def of(cls, note: CallNote) -> "NoteBody":
        return cls(
            id=note.id,
            version=note.version,
            author_id=note.author_id,
            text=note.says.text,
            category=note.says.category,
            tags=note.says.tags,
            written_at=note.written_at,
            changed_at=note.says.at if len(note.wordings) > 1 else None,
            removed_at=note.removed_at,
        )


class NotePage(Output, frozen=True):
    items: Annotated[Sequence[NoteBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class NoteHistoryBody(Output, frozen=True):
    """All that a note ever said, the first first."""

    note: NoteBody
    wordings: Annotated[Sequence[WordingBody], Meta(max_length=MOST_WORDINGS)]

    @classmethod
    def of(cls, note: CallNote) -> "NoteHistoryBody":
        return cls(
            note=NoteBody.of(note),
            wordings=[WordingBody.of(wording) for wording in note.wordings],
        )


NOTE: Body[NoteInput] = Body(
    NoteInput,
    examples={"note": {"text": "Asks for two.", "category": "sales", "tags": ["thursday"]}},
)
LIST = Query(PageQuery)

_noted = worded(
    NoteBody.of,
    status=201,
    version=lambda note: note.version,
    location=lambda note: f"/v1/calls/{note.call_id}/notes/{note.id}",
)


def _writing(
    *refuses: type[Refusal], sends: Header, body: Body[Any] | None = None, status: int = 200
) -> Any:
    return Operation(
        tag="calls",
        needs=Permission.WRITE_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        sends=(sends,),
        body=body,
        shows=NoteBody,
        status=status,
        refuses=(CallNotFound, *refuses),
    ).opt


@post(
    "/v1/calls/{call_id:uuid}/notes",
    opt=_writing(sends=IDEMPOTENCY_KEY, body=NOTE, status=201),
)
async def note_call(
    request: AnyRequest,
    call_id: FromPath[UUID],
    note_call: NamedDependency[SkipValidation[UseCase[NoteCall, CallNote]]],
) -> Response[bytes]:
    """Note something of a call, while it lasts or after."""
    data = await NOTE.of(request)
    key = await IdempotencyKey.of(request)
    note = await note_call(
        NoteCall(
            actor=actor_of(request),
            call_id=CallId(call_id),
            text=data.text,
            category=data.category,
            tags=tuple(data.tags),
            once=key.once(_noted),
        )
    )
    return respond(_noted(note))


@get(
    "/v1/calls/{call_id:uuid}/notes",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        query=LIST,
        shows=NotePage,
        refuses=(CallNotFound, BadCursor),
    ).opt,
)
async def list_notes(
    request: AnyRequest,
    call_id: FromPath[UUID],
    note_views: NamedDependency[SkipValidation[NoteViews]],
) -> Response[bytes]:
    """Notes of a call, the latest first."""
    query, cursors = LIST.of(request), Cursors.of(request)
    page = await note_views.notes(actor_of(request), CallId(call_id), slice=cursors.slice(query))
    items = [NoteBody.of(note) for note in page.items]
    return cursors.respond(NotePage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/calls/{call_id:uuid}/notes/{call_note_id:uuid}",
    opt=Operation(
        tag="calls",
        needs=Permission.READ_CALLS,
        or_needs=Permission.HANDLE_OWN_CALLS,
        shows=NoteHistoryBody,
        refuses=(CallNotFound, CallNoteNotFound),
    ).opt,
)
async def read_note(
    request: AnyRequest,
    call_id: FromPath[UUID],
    call_note_id: FromPath[UUID],
    note_views: NamedDependency[SkipValidation[NoteViews]],
) -> Response[bytes]:
    """One note and all that it ever said, removed or not."""
    note = await note_views.note(actor_of(request), CallId(call_id), CallNoteId(call_note_id))
    return respond(answer(NoteHistoryBody.of(note), version=note.version))


@put(
    "/v1/calls/{call_id:uuid}/notes/{call_note_id:uuid}",
    opt=_writing(CallNoteNotFound, SomebodyElsesNote, sends=IF_MATCH, body=NOTE),
)
async def change_note(
    request: AnyRequest,
    call_id: FromPath[UUID],
    call_note_id: FromPath[UUID],
    change_note: NamedDependency[SkipValidation[UseCase[ChangeNote, CallNote]]],
) -> Response[bytes]:
    """Change one's own note; what it said before is kept."""
    data = await NOTE.of(request)
    note = await change_note(
        ChangeNote(
            actor=actor_of(request),
            call_id=CallId(call_id),
            call_note_id=CallNoteId(call_note_id),
            text=data.text,
            category=data.category,
            tags=tuple(data.tags),
            version=seen_version(request),
        )
    )
    return respond(answer(NoteBody.of(note), version=note.version))


@delete(
    "/v1/calls/{call_id:uuid}/notes/{call_note_id:uuid}",
    status_code=200,
    opt=_writing(CallNoteNotFound, SomebodyElsesNote, sends=IF_MATCH),
)
async def remove_note(
    request: AnyRequest,
    call_id: FromPath[UUID],
    call_note_id: FromPath[UUID],
    remove_note: NamedDependency[SkipValidation[UseCase[RemoveNote, CallNote]]],
) -> Response[bytes]:
    """Take one's own note out of the list; what it said is kept."""
    await no_body(request)
    note = await remove_note(
        RemoveNote(
            actor=actor_of(request),
            call_id=CallId(call_id),
            call_note_id=CallNoteId(call_note_id),
            version=seen_version(request),
        )
    )
    return respond(answer(NoteBody.of(note), version=note.version))


router = Router("/", route_handlers=[note_call, list_notes, read_note, change_note, remove_note])
