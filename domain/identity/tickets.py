"""Tickets: good for opening one socket, once, within seconds.

A socket is opened by an address, and addresses end up in logs and histories; so what is shown
there is worth nothing a moment later.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

import attrs

from domain.identity.api_keys import ALPHABET, RANDOM
from domain.kernel.identifiers import ApiKeyId, OrganizationId, SessionId
from domain.kernel.refusals import Category, Refusal, Severity

GOOD_FOR = timedelta(seconds=30)
SHAPE = re.compile(rf"fd_ticket_([0-9a-f]{{32}})_[0-9A-Za-z]{{{RANDOM}}}")


@attrs.frozen
class TicketRefused(Refusal):
    """Unknown, used or too old: which of them would only help whoever guesses."""

    code: ClassVar[str] = "ticket_refused"
    category: ClassVar[Category] = Category.AUTHENTICATION
    severity: ClassVar[Severity] = Severity.MEDIUM

    def __str__(self) -> str:
        return "tickets are good once, and for 30 seconds: ask for another one"


def draw_ticket(organization_id: OrganizationId, chance: Callable[[int], int]) -> str:
    """A new secret; `chance` gives an unguessable number below its argument."""
    drawn = "".join(ALPHABET[chance(len(ALPHABET))] for _ in range(RANDOM))
    return f"fd_ticket_{organization_id.hex}_{drawn}"


def organization_on(secret: str) -> OrganizationId:
    """Whose ticket it says it is. Raises TicketRefused for what has not the shape of one."""
    shape = SHAPE.fullmatch(secret)
    if shape is None:
        raise TicketRefused
    return OrganizationId(UUID(hex=shape.group(1)))


@attrs.frozen
class ApiKeyHolder:
    api_key_id: ApiKeyId


@attrs.frozen
class SessionHolder:
    session_id: SessionId


@attrs.frozen(kw_only=True)
class Ticket:
    """The secret is shown once and never kept; `digest` is its SHA-256. Whoever asked for it has
    either a key or a session.
    """

    digest: bytes = attrs.field(repr=False)
    holder: ApiKeyHolder | SessionHolder
    expires_at: datetime
