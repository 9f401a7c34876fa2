"""Whether the program lives, is ready, and has started."""

from typing import Annotated, Any, Literal

from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.params import SkipValidation
from msgspec import Meta

from application.kernel.health import Health
from entrypoints.http.security import PUBLIC
from entrypoints.http.shapes import Output

MEDIA_TYPE = "application/health+json"
UNAVAILABLE = 503

Status = Annotated[Literal["pass", "fail"], Meta(examples=["pass"])]


class CheckBody(Output):
    status: Status


class HealthBody(Output):
    """The shape of draft-inadarei-api-health-check, without anything internal."""

    status: Status
    checks: dict[str, CheckBody]


@get("/livez", tags=["health"], opt=PUBLIC, media_type=MEDIA_TYPE)
async def is_alive() -> HealthBody:
    """The process answers. It asks nothing of anybody, so restarting it is the cure for a no."""
    return HealthBody(status="pass", checks={})


@get("/readyz", tags=["health"], opt=PUBLIC, media_type=MEDIA_TYPE)
async def is_ready(health: NamedDependency[SkipValidation[Health]]) -> Response[HealthBody]:
    """What the program depends on answers; 503 means: send requests elsewhere for now."""
    return _reported(await health())


@get("/startupz", tags=["health"], opt=PUBLIC, media_type=MEDIA_TYPE)
async def has_started(health: NamedDependency[SkipValidation[Health]]) -> Response[HealthBody]:
    """The database has the schema this release works on."""
    return _reported(await health())


def _reported(checks: Any) -> Response[HealthBody]:
    said: dict[str, CheckBody] = {
        name: CheckBody(status="pass" if passed else "fail") for name, passed in checks.items()
    }
    well = all(checks.values())
    return Response(
        HealthBody(status="pass" if well else "fail", checks=said),
        status_code=200 if well else UNAVAILABLE,
        media_type=MEDIA_TYPE,
    )


router = Router("/", route_handlers=[is_alive, is_ready, has_started])
