"""The routes of the program, which all applications of a process share.

Building three hundred routes costs more than anything else a start does, so they are built once
and know nothing of any one application; what they use comes with the request (`binding.py`).
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from litestar import Litestar, Request, Response
from litestar.exceptions import HTTPException

from application.kernel.once import Replayed
from domain.kernel.refusals import Refusal
from entrypoints.http import payment_page
from entrypoints.http.binding import used
from entrypoints.http.failures import allowed, on_bug, on_http_exception, on_replay
from entrypoints.http.providing import given_in_turn, provided
from entrypoints.http.routers import ROUTERS

AnyRequest = Request[Any, Any, Any]


@cache
def routes(*, names: frozenset[str], body_bytes: int, simulated_payments: bool) -> Litestar:
    """`names` are those of all that an application gives to routes.

    A payment page of ours is there only where payments are simulated: a real provider has its own.
    """
    routers = (*ROUTERS, payment_page.router) if simulated_payments else ROUTERS
    app = Litestar(
        route_handlers=[provided(router, names) for router in routers],
        before_request=_before,
        exception_handlers={
            Refusal: _on_refusal,
            Replayed: on_replay,
            HTTPException: on_http_exception,
            Exception: on_bug,
        },
        openapi_config=None,  # it knows neither our errors nor our headers
        request_max_body_size=body_bytes,
        logging_config=None,  # Litestar would otherwise reconfigure the root logger
    )
    given_in_turn(app.routes)
    return app


@cache
def methods_of(app: Litestar) -> Mapping[str, tuple[str, ...]]:
    """By the template of the path.

    Litestar's own answers to OPTIONS know only one of several routes with the same path.
    """
    return {route.path_format: allowed(",".join(sorted(route.methods))) for route in app.routes}


async def _before(request: AnyRequest) -> Response[bytes] | None:
    """Nothing of a request but its head has been looked at.

    Litestar has guards for this, but makes a copy of the handler for each request to give them.
    """
    uses = used()
    await uses.guard(request, request.scope["route_handler"])
    return uses.strictness(request)


def _on_refusal(request: AnyRequest, refusal: Refusal) -> Response[bytes]:
    return used().denying(request, refusal)
