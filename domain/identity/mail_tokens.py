"""Secrets sent by mail: whoever can show one reads the mail of that address."""

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import ClassVar

import attrs

from domain.identity.secrets import drawn, organization_on
from domain.kernel.identifiers import MemberId, OrganizationId
from domain.kernel.personal import personal
from domain.kernel.refusals import Category, Invalid, Severity

WORD = "mail"


class Purpose(Enum):
    INVITATION = "invitation"
    EMAIL = "email"
    RESET = "reset"

    @property
    def good_for(self) -> timedelta:
        return _GOOD_FOR[self]


_GOOD_FOR = {
    Purpose.INVITATION: timedelta(days=7),
    Purpose.EMAIL: timedelta(days=1),
    Purpose.RESET: timedelta(minutes=30),
}


@attrs.frozen
class MailTokenRefused(Invalid):
    """Unknown, used, too old or for something else: which would only help whoever guesses."""

    code: ClassVar[str] = "mail_token_refused"
    field: ClassVar[str] = "token"
    category: ClassVar[Category] = Category.AUTHENTICATION
    severity: ClassVar[Severity] = Severity.MEDIUM

    def __str__(self) -> str:
        return "links in mails are good once and for a time: ask for another one"


def draw_mail_token(organization_id: OrganizationId, chance: Callable[[int], int]) -> str:
    return drawn(WORD, organization_id, chance)


def organization_of_mail_token(secret: str) -> OrganizationId:
    """Raises MailTokenRefused for what has not the shape of one."""
    found = organization_on(WORD, secret)
    if found is None:
        raise MailTokenRefused
    return found


@attrs.frozen(kw_only=True)
class MailToken:
    """`email` is where it was sent; the secret is never kept, `digest` is its SHA-256."""

    digest: bytes = attrs.field(repr=False)
    member_id: MemberId
    purpose: Purpose
    email: str = attrs.field(repr=False, metadata=personal("to know what address is proved"))
    expires_at: datetime
