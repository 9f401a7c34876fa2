"""Who was refused for want of a right is noted for the trail, once the answer is out."""

import logging
from typing import Any

import attrs
from litestar import Request, Response
from litestar.background_tasks import BackgroundTask

from application.identity.denial_ports import DenialCounts
from application.kernel.refusals import TEMPORARY
from domain.identity.denials import Denial
from domain.kernel.actors import Actor, NotPermitted
from domain.kernel.refusals import Category, Refusal
from entrypoints.http.failures import on_refusal

logger = logging.getLogger(__name__)


@attrs.frozen
class Denying:
    denials: DenialCounts

    def __call__(self, request: Request[Any, Any, Any], refusal: Refusal) -> Response[bytes]:
        response = on_refusal(request, refusal)
        actor: Actor | None = request.scope.get("user")
        if actor is not None and refusal.category is Category.AUTHORIZATION:
            response.background = BackgroundTask(self._note, _denial(actor, refusal))
        return response

    async def _note(self, denial: Denial) -> None:
        try:
            await self.denials.note(denial)
        except TEMPORARY:
            logger.warning("what was refused could not be noted", extra={"refused": denial.what})


def _denial(actor: Actor, refusal: Refusal) -> Denial:
    missing = refusal.permission.value if isinstance(refusal, NotPermitted) else refusal.code
    return Denial(
        organization_id=actor.organization_id,
        subject=actor.id,
        what=missing,
        origin=actor.origin,
    )
