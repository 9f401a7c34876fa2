"""Whether the program lives, is ready, and has started."""

from collections.abc import Mapping
from typing import Annotated, Literal

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.kernel.health import Fitness, Health, Part
from entrypoints.http.answers import encode
from entrypoints.http.operations import Operation
from entrypoints.http.shapes import Output

MEDIA_TYPE = "application/health+json"
UNAVAILABLE = 503

Status = Annotated[Literal["pass", "warn", "fail"], Meta(examples=["pass"])]


WORSE: tuple[Status, ...] = ("pass", "warn", "fail")


class HealthCheckBody(Output, frozen=True):
    status: Status


class HealthBody(Output, frozen=True):
    """The shape of draft-inadarei-api-health-check, without anything internal.

    `warn` is what one can do without for a while, or what slows the rest down; the rest goes on.
    """

    status: Status
    checks: Annotated[dict[str, HealthCheckBody], Meta(max_length=20)]


PROBE = Operation(tag="health", needs=None, shows=HealthBody, media_type=MEDIA_TYPE).opt


@get("/livez", opt=PROBE)
async def is_alive() -> Response[bytes]:
    """The process answers.

    It asks nothing of anybody, so that restarting it is the cure for a no.
    """
    return _reported({})


@get("/readyz", opt=PROBE)
async def is_ready(
    health: NamedDependency[SkipValidation[Health]],
    fitness: NamedDependency[SkipValidation[Fitness]],
) -> Response[bytes]:
    """What the program depends on answers; 503 means: send requests elsewhere for now.

    The other parts are told of as well: work that is left lying, connections, the cache and each
    breaker. None of them makes it a no.
    """
    checks = await health()
    return _reported(checks, await fitness() if all(checks.values()) else None)


@get("/startupz", opt=PROBE)
async def has_started(health: NamedDependency[SkipValidation[Health]]) -> Response[bytes]:
    """The database has the schema this release works on."""
    return _reported(await health())


def _reported(
    checks: Mapping[str, bool], dispensable: Mapping[str, Part] | None = None
) -> Response[bytes]:
    said: dict[str, HealthCheckBody] = {
        **{
            name: HealthCheckBody(status="pass" if part.fit else "warn")
            for name, part in (dispensable or {}).items()
        },
        **{
            name: HealthCheckBody(status="pass" if passed else "fail")
            for name, passed in checks.items()
        },
    }
    worst = max((body.status for body in said.values()), key=WORSE.index, default=WORSE[0])
    return Response(
        encode(HealthBody(status=worst, checks=said)),
        status_code=UNAVAILABLE if worst == "fail" else 200,
        media_type=MEDIA_TYPE,
    )


router = Router("/", route_handlers=[is_alive, is_ready, has_started])
