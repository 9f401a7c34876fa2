"""Routes of problems: where their `type` leads."""

from functools import lru_cache
from typing import Annotated, Any, ClassVar

import attrs
from litestar import Response, Router, get
from litestar.params import FromPath
from msgspec import Meta

from domain.kernel.refusals import Category, NotFound, Severity
from entrypoints.http.answers import answer, respond
from entrypoints.http.operations import Operation
from entrypoints.http.problem_catalogue import catalogue, meaning_of, problem_of
from entrypoints.http.problems import address_of, status_of, title_of
from entrypoints.http.refusals import TEXT
from entrypoints.http.resolutions import RESOLUTIONS
from entrypoints.http.shapes import Output

MOST = 500

Text = Annotated[str, Meta(max_length=1000, pattern=TEXT)]
Code = Annotated[str, Meta(max_length=64, pattern="^[a-z_]+$", examples=["sold_out"])]


@attrs.frozen
class NoSuchProblem(NotFound):
    """No problem has this code, or no longer."""

    code: ClassVar[str] = "no_such_problem"

    def __str__(self) -> str:
        return "no problem has this code; see /problems"


class ProblemKind(Output, frozen=True):
    """`example` is a problem of this kind; its members beyond those of RFC 9457 are its own.

    `resolution` is what to do about it, and about all problems of its category.
    """

    type: Annotated[str, Meta(max_length=100, extra_json_schema={"format": "uri-reference"})]
    title: Text
    status: Annotated[int, Meta(ge=400, le=599)]
    code: Code
    category: Category
    severity: Severity
    meaning: Text
    resolution: Text
    example: Annotated[dict[str, Any], Meta(max_length=50)]


class ProblemKinds(Output, frozen=True):
    items: Annotated[tuple[ProblemKind, ...], Meta(max_length=MOST)]


@lru_cache(maxsize=1)
def kinds() -> dict[str, ProblemKind]:
    return {
        code: ProblemKind(
            type=address_of(code),
            title=title_of(code),
            status=status_of(refusal),
            code=code,
            category=refusal.category,
            severity=refusal.severity,
            meaning=meaning_of(refusal),
            resolution=RESOLUTIONS[refusal.category],
            example=problem_of(refusal),
        )
        for code, refusal in catalogue().items()
    }


@get("/problems", opt=Operation(tag="description", needs=None, shows=ProblemKinds).opt)
async def list_problems() -> Response[bytes]:
    """Every problem there is."""
    return respond(answer(ProblemKinds(items=tuple(kinds().values()))))


@get(
    "/problems/{code:str}",
    opt=Operation(tag="description", needs=None, shows=ProblemKind, refuses=(NoSuchProblem,)).opt,
)
async def read_problem(code: FromPath[str]) -> Response[bytes]:
    """What a problem means: the page behind its `type`."""
    kind = kinds().get(code)
    if kind is None:
        raise NoSuchProblem
    return respond(answer(kind))


router = Router("/", route_handlers=[list_problems, read_problem])
