"""Where everybody can see whether a certificate is good, without signing in."""

from datetime import date
from html import escape
from typing import Annotated

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation
from msgspec import Meta

from application.kernel.ports import Clock
from application.paperwork.views import PaperViews
from domain.paperwork.certifying import read
from domain.paperwork.contents import Certificate
from domain.paperwork.papers import Paper
from domain.paperwork.refusals import CertificateNotFound
from domain.paperwork.standing import standing
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.paper_shapes import Number, State
from entrypoints.http.refusals import TEXT
from entrypoints.http.shapes import Output

Views = NamedDependency[SkipValidation[PaperViews]]
Now = NamedDependency[SkipValidation[Clock]]

LONGEST_NUMBER = 40

Said = Annotated[str, Meta(max_length=200, pattern=TEXT)]

PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="robots" content="noindex">
<title>Certificate {number}</title>
<h1>Certificate {number}</h1>
<p>This certificate is <strong>{state}</strong>.</p>
<dl>
{facts}</dl>
</html>
"""


class VerificationOfCertificate(Output, frozen=True):
    """What it certifies, and nothing else about anybody."""

    number: Number
    state: State
    holder: Said
    course: Said
    level: Said
    completed_on: date
    expires_on: date
    trainer: Said
    issuer: Said

    @classmethod
    def of(cls, paper: Paper, content: Certificate, *, today: date) -> "VerificationOfCertificate":
        state = standing(paper, credited=None, settlement=None, today=today).state
        return cls(
            number=paper.number,
            state=state,
            holder=content.recipient.name,
            course=content.title,
            level=content.level,
            completed_on=content.completed_on,
            expires_on=content.expires_on,
            trainer=content.trainer,
            issuer=content.issuer.name,
        )


async def _verified(number: str, views: PaperViews, clock: Clock) -> VerificationOfCertificate:
    found = await views.certificate(read(number)) if len(number) <= LONGEST_NUMBER else None
    if found is None:
        raise CertificateNotFound
    _, paper = found
    content = paper.content
    if not isinstance(content, Certificate):
        raise CertificateNotFound
    return VerificationOfCertificate.of(paper, content, today=content.zone.date_at(clock()))


@get(
    "/v1/certificates/{number:str}/verification",
    opt=Operation(
        tag="certificates",
        needs=None,
        shows=VerificationOfCertificate,
        refuses=(CertificateNotFound,),
    ).opt,
)
async def verify_certificate(
    number: FromPath[str], paper_views: Views, clock: Now
) -> Response[bytes]:
    """Whether a certificate is good, for whoever has its number."""
    return respond(answer(await _verified(number, paper_views, clock)))


@get("/certificates/{number:str}", opt=Operation(tag="certificates", needs=None, shows=None).opt)
async def show_certificate(number: FromPath[str], paper_views: Views, clock: Now) -> Response[str]:
    """The same for people: where the QR code of a certificate leads."""
    return Response(page(await _verified(number, paper_views, clock)), media_type="text/html")


def page(said: VerificationOfCertificate) -> str:
    facts = {
        "Holder": said.holder,
        "Course": said.course,
        "Level": said.level,
        "Completed on": said.completed_on.isoformat(),
        "Good until": said.expires_on.isoformat(),
        "Trainer": said.trainer,
        "Issued by": said.issuer,
    }
    rows = (f"<dt>{name}</dt><dd>{escape(text)}</dd>\n" for name, text in facts.items() if text)
    return PAGE.format(number=escape(said.number), state=escape(said.state), facts="".join(rows))


router = Router("/", route_handlers=[verify_certificate, show_certificate])
