"""Routes that take a paper one step further: sent once more, issued again, revoked."""

from typing import Any
from uuid import UUID

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.kernel.ports import UseCase
from application.paperwork.paper_steps import ReissuePaper, RevokeCertificate, SendPaper
from domain.kernel.actors import Permission
from domain.kernel.identifiers import PaperId
from domain.paperwork.papers import Paper
from domain.paperwork.refusals import (
    AlreadyWithdrawn,
    NobodyToSendTo,
    NoCertificate,
    PaperNotFound,
    TooManyReissues,
)
from entrypoints.http.answers import respond, worded
from entrypoints.http.etags import IF_MATCH, seen_version
from entrypoints.http.idempotency import IDEMPOTENCY_KEY, IdempotencyKey
from entrypoints.http.operations import Operation
from entrypoints.http.paper_shapes import REVOCATION, PaperStepBody, RevocationInput
from entrypoints.http.reading import Body, no_body
from entrypoints.http.security import actor_of

AnyRequest = Request[Any, Any, Any]

REVOKE: Body[RevocationInput] = Body(RevocationInput, examples={"a mix-up": REVOCATION})

_sent = worded(PaperStepBody.of, status=202, version=lambda paper: paper.version)
_changed = worded(PaperStepBody.of, version=lambda paper: paper.version)


@post(
    "/v1/papers/{paper_id:uuid}/send",
    status_code=202,
    opt=Operation(
        tag="papers",
        needs=Permission.WRITE_PAPERS,
        sends=(IDEMPOTENCY_KEY,),
        shows=PaperStepBody,
        status=202,
        refuses=(PaperNotFound, AlreadyWithdrawn, NobodyToSendTo),
    ).opt,
)
async def send_paper(
    request: AnyRequest,
    paper_id: FromPath[UUID],
    send_paper: NamedDependency[SkipValidation[UseCase[SendPaper, Paper]]],
) -> Response[bytes]:
    """Send it by e-mail once more, for nothing: it did not arrive."""
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = SendPaper(actor=actor_of(request), paper_id=PaperId(paper_id), once=key.once(_sent))
    return respond(_sent(await send_paper(command)))


@post(
    "/v1/papers/{paper_id:uuid}/reissues",
    status_code=200,
    opt=Operation(
        tag="papers",
        needs=Permission.WRITE_PAPERS,
        sends=(IDEMPOTENCY_KEY,),
        shows=PaperStepBody,
        refuses=(PaperNotFound, AlreadyWithdrawn, NobodyToSendTo, TooManyReissues),
    ).opt,
)
async def reissue_paper(
    request: AnyRequest,
    paper_id: FromPath[UUID],
    reissue_paper: NamedDependency[SkipValidation[UseCase[ReissuePaper, Paper]]],
) -> Response[bytes]:
    """Issue it again, under the same number, and send it.

    That is free for some time after what was booked, then there is a fee, which is recorded; and
    it is done a few times at the most. See the settings `papers.…`.
    """
    await no_body(request)
    key = await IdempotencyKey.of(request)
    command = ReissuePaper(
        actor=actor_of(request), paper_id=PaperId(paper_id), once=key.once(_changed)
    )
    return respond(_changed(await reissue_paper(command)))


@post(
    "/v1/papers/{paper_id:uuid}/revoke",
    status_code=200,
    opt=Operation(
        tag="papers",
        needs=Permission.WRITE_PAPERS,
        sends=(IDEMPOTENCY_KEY, IF_MATCH),
        body=REVOKE,
        shows=PaperStepBody,
        refuses=(PaperNotFound, NoCertificate, AlreadyWithdrawn),
    ).opt,
)
async def revoke_certificate(
    request: AnyRequest,
    paper_id: FromPath[UUID],
    revoke_certificate: NamedDependency[SkipValidation[UseCase[RevokeCertificate, Paper]]],
) -> Response[bytes]:
    """Put an end to a certificate, for good: whoever looks it up sees that from now on."""
    data = await REVOKE.of(request)
    key = await IdempotencyKey.of(request)
    command = RevokeCertificate(
        actor=actor_of(request),
        paper_id=PaperId(paper_id),
        reason=data.reason,
        version=seen_version(request),
        once=key.once(_changed),
    )
    return respond(_changed(await revoke_certificate(command)))


router = Router("/", route_handlers=[send_paper, reissue_paper, revoke_certificate])
