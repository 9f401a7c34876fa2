"""What whoever carries the calls says by itself, and what it is to be told then."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar, Protocol

import attrs

from domain.calls.facts import Heard
from domain.kernel.identifiers import OrganizationId
from domain.kernel.refusals import Category, Forbidden, Invalid, NotFound, Severity


@attrs.frozen
class BadTelephonySignature(Forbidden):
    code: ClassVar[str] = "bad_telephony_signature"
    severity: ClassVar[Severity] = Severity.HIGH

    def __str__(self) -> str:
        return "nobody who knows the secret has signed this"


@attrs.frozen
class BadTelephonyNews(Invalid):
    code: ClassVar[str] = "bad_telephony_news"
    category: ClassVar[Category] = Category.EXTERNAL_SERVICE

    def __str__(self) -> str:
        return "this is no news of a call"


@attrs.frozen
class UnknownCall(NotFound):
    """News of a call that nobody here has placed, and that has not come in here."""

    code: ClassVar[str] = "unknown_call"

    def __str__(self) -> str:
        return "no call of that name was placed or has come in here"


@attrs.frozen(kw_only=True)
class Message:
    """To the byte as it came; `url` as the provider was told it, names of `headers` in small
    letters.
    """

    url: str
    headers: Mapping[str, str] = attrs.field(repr=False)
    body: bytes = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Incoming:
    """Who calls whom, as the provider writes it; None where it is withheld."""

    caller: str | None = attrs.field(repr=False)
    called: str | None = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Told:
    """`incoming` is there if the call came from outside and may not be known yet."""

    fact: Heard
    incoming: Incoming | None


class Line(Protocol):
    """One organization's line, as it speaks to us.

    Raises BadTelephonySignature, and ValueError for what makes no sense.
    """

    def told(self, message: Message, /, *, now: datetime) -> Told:
        """How a call goes on."""
        ...

    def rung(self, message: Message, /, *, now: datetime) -> Told:
        """A call is up and asks what to do."""
        ...

    def instructions(self, provider_call: str, /) -> bytes:
        """For a call that has asked."""
        ...


class Lines(Protocol):
    def line(self, organization_id: OrganizationId, provider: str, /) -> Line:
        """Raises NoTelephony if it has no line there, or no secret to check with."""
        ...
