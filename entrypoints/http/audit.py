"""Routes of the audit trail: who changed what, and whether the record of it is whole."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.kernel.audit import Anchor, AuditFilter, AuditRecord, AuditTrail, Verified
from application.kernel.pages import BadCursor
from domain.identity.tiers import Feature, NotInTier
from domain.kernel.actors import Permission
from domain.kernel.identifiers import ActorId, OrganizationId
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.paging import LARGEST_PAGE, Cursors, Next, PageQuery
from entrypoints.http.reading import Query
from entrypoints.http.refusals import TEXT
from entrypoints.http.security import actor_of
from entrypoints.http.shapes import FarOff, Identifier, Input, Moment, Output, sensible

AnyRequest = Request[Any, Any, Any]
Trail = NamedDependency[SkipValidation[AuditTrail]]

LAST_POSITION = 2**63 - 1
NOWHERE = "0" * 64

Kind = Annotated[
    str, Meta(max_length=64, pattern=r"^[a-z_]+$(?!\n)", examples=["api_key_created"])
]
Position = Annotated[int, Meta(ge=0, le=LAST_POSITION, examples=[1200])]
Link = Annotated[
    str,
    Meta(
        min_length=64,
        max_length=64,
        pattern=r"^[0-9a-f]{64}$(?!\n)",
        description="SHA-256 over the link before and the fact, in hexadecimal digits.",
        examples=[NOWHERE],
    ),
]

Network = Annotated[
    str,
    Meta(max_length=43, pattern=r"^[0-9a-f.:]+/[0-9]{1,3}$(?!\n)", examples=["192.0.2.0/24"]),
]


class AuditQuery(PageQuery, frozen=True):
    kind: Kind | None = None
    actor_id: Identifier | None = None
    subject: Identifier | None = None
    since: Moment | None = None
    until: Moment | None = None

    def filter(self) -> AuditFilter:
        """Raises FarOff."""
        return AuditFilter(
            kind=self.kind,
            actor_id=None if self.actor_id is None else ActorId(self.actor_id),
            subject=self.subject,
            since=sensible(self.since),
            until=sensible(self.until),
        )


class AuditBody(Output, frozen=True):
    """`origin` is the network the actor asked from; null for the program itself."""

    position: Position
    id: Identifier
    kind: Kind
    subject: Identifier
    actor_id: Identifier
    occurred_at: Moment
    origin: Network | None
    changes: Annotated[Mapping[str, Any], Meta(max_length=50)]

    @classmethod
    def of(cls, record: AuditRecord) -> "AuditBody":
        event = record.event
        return cls(
            position=event.position,
            id=event.id,
            kind=event.name,
            subject=event.subject,
            actor_id=event.actor_id,
            occurred_at=event.occurred_at,
            origin=record.origin,
            changes=dict(event.payload),
        )


class AuditPage(Output, frozen=True):
    items: Annotated[Sequence[AuditBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class AnchorQuery(Input, frozen=True):
    """An anchor that was kept elsewhere; without a position there is none."""

    position: Position = 0
    link: Link = NOWHERE

    def anchor(self, organization_id: OrganizationId) -> Anchor | None:
        if self.position == 0:
            return None
        return Anchor(
            organization_id=organization_id,
            position=self.position,
            link=bytes.fromhex(self.link),
        )


class VerificationBody(Output, frozen=True):
    """`position` and `link` are an anchor: keep them elsewhere, and send them the next time."""

    intact: bool
    records: Position
    position: Position
    link: Link
    broken_at: Position | None
    detail: Annotated[str, Meta(max_length=200, pattern=TEXT)] | None

    @classmethod
    def of(cls, verified: Verified) -> "VerificationBody":
        return cls(
            intact=verified.broken_at is None,
            records=verified.records,
            position=verified.head.position,
            link=verified.head.link.hex(),
            broken_at=verified.broken_at,
            detail=verified.detail,
        )


RECORDS = Query(AuditQuery)
ANCHOR = Query(AnchorQuery)


@get(
    "/v1/audit",
    opt=Operation(
        tag="audit",
        needs=Permission.READ_AUDIT,
        query=RECORDS,
        shows=AuditPage,
        feature=Feature.AUDIT,
        refuses=(BadCursor, FarOff, NotInTier),
    ).opt,
)
async def list_audit(request: AnyRequest, audit_trail: Trail) -> Response[bytes]:
    """Who changed what about keys, people, settings and the organization itself, in order."""
    query, cursors = RECORDS.of(request), Cursors.of(request)
    page = await audit_trail.records(
        actor_of(request), filter=query.filter(), slice=cursors.slice(query)
    )
    items = [AuditBody.of(record) for record in page.items]
    return cursors.respond(AuditPage(items=items, next=cursors.write(page.next)))


@get(
    "/v1/audit/verification",
    opt=Operation(
        tag="audit",
        needs=Permission.READ_AUDIT,
        query=ANCHOR,
        shows=VerificationBody,
        feature=Feature.AUDIT,
        refuses=(NotInTier,),
    ).opt,
)
async def verify_audit(request: AnyRequest, audit_trail: Trail) -> Response[bytes]:
    """Follow the chain of everything that happened in your organization, and say if it is whole.

    With an anchor from before it is also seen whether everything was rewritten, or its end cut
    off.
    """
    actor = actor_of(request)
    anchor = ANCHOR.of(request).anchor(actor.organization_id)
    verified = await audit_trail.verified(actor, anchor=anchor)
    return respond(answer(VerificationBody.of(verified)))


router = Router("/", route_handlers=[list_audit, verify_audit])
