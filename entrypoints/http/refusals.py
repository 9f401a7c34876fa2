"""What the edge itself says no to, before anybody inside is asked."""

from typing import Annotated, ClassVar

import attrs
from msgspec import Meta, Struct

from domain.kernel.refusals import Category, Invalid, NotFound, Refusal, Severity

TEXT = r"^[^\x00]+$"
TEXT_OR_NOTHING = r"^[^\x00]*$"


class Fault(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that is wrong, and where: in the body (RFC 6901), or in a named parameter."""

    detail: Annotated[str, Meta(max_length=1000, pattern=TEXT, examples=["must be a date"])]
    pointer: Annotated[str, Meta(max_length=500, pattern="^(#.*)?$", examples=["#/check_out"])] = (
        ""
    )
    parameter: Annotated[
        str, Meta(max_length=100, pattern=TEXT_OR_NOTHING, examples=["until"])
    ] = ""


@attrs.frozen
class MalformedRequest(Refusal):
    """The request does not have the form that the description of the API demands."""

    code: ClassVar[str] = "malformed_request"
    category: ClassVar[Category] = Category.VALIDATION
    errors: tuple[Fault, ...]

    def __str__(self) -> str:
        return "the request does not have the form described at /openapi.json; see errors"


@attrs.frozen
class ImpossibleTimes(Invalid):
    """What is told happened at times at which it cannot have happened."""

    code: ClassVar[str] = "impossible_times"
    errors: tuple[Fault, ...]

    def __str__(self) -> str:
        return "some of it cannot have happened at such times; see errors"


@attrs.frozen
class RunsBackwards(Invalid):
    """A range ends before it begins, so nothing could ever be found in it."""

    code: ClassVar[str] = "runs_backwards"
    errors: tuple[Fault, ...]

    def __str__(self) -> str:
        return "a range ends before it begins; see errors"


@attrs.frozen
class UnsupportedMediaType(Refusal):
    """Bodies are JSON, neither compressed nor in any other format."""

    code: ClassVar[str] = "unsupported_media_type"
    category: ClassVar[Category] = Category.VALIDATION

    def __str__(self) -> str:
        return "send the body as application/json, without a content encoding"


@attrs.frozen
class BodyTooLarge(Refusal):
    """The body is larger than this server reads."""

    code: ClassVar[str] = "body_too_large"
    category: ClassVar[Category] = Category.VALIDATION

    def __str__(self) -> str:
        return "the body is larger than this server reads"


@attrs.frozen
class AddressTooLong(Refusal):
    """The address, with its query, is longer than this server reads."""

    code: ClassVar[str] = "address_too_long"
    category: ClassVar[Category] = Category.VALIDATION

    def __str__(self) -> str:
        return "the address, with its query, is longer than this server reads"


@attrs.frozen
class HeadersTooLarge(Refusal):
    """The request has more headers than this server reads, or longer ones."""

    code: ClassVar[str] = "headers_too_large"
    category: ClassVar[Category] = Category.VALIDATION

    def __str__(self) -> str:
        return "the headers are more, or longer, than this server reads"


@attrs.frozen
class Overloaded(Refusal):
    """The process answers as many requests as it may at once; nothing was done."""

    code: ClassVar[str] = "overloaded"
    category: ClassVar[Category] = Category.SYSTEM
    severity: ClassVar[Severity] = Severity.HIGH
    retry_after: int = 1

    def __str__(self) -> str:
        return "too much is asked at once; nothing was done, try again shortly"


@attrs.frozen
class TookTooLong(Refusal):
    """The answer was not ready in time. Repeating the request with its key tells how it ended."""

    code: ClassVar[str] = "took_too_long"
    category: ClassVar[Category] = Category.SYSTEM
    severity: ClassVar[Severity] = Severity.HIGH
    retry_after: int = 1

    def __str__(self) -> str:
        return (
            "the answer was not ready in time, and whether anything was done is not known; a "
            "request with an Idempotency-Key may be repeated with the same key"
        )


@attrs.frozen
class NoSuchRoute(NotFound):
    """Nothing can ever be found at this address; identifiers are UUIDs."""

    code: ClassVar[str] = "no_such_route"
    category: ClassVar[Category] = Category.VALIDATION

    def __str__(self) -> str:
        return "nothing is found at this address"


@attrs.frozen
class NoLongerServed(Refusal):
    """The operation was announced to go, and its last day has passed."""

    code: ClassVar[str] = "no_longer_served"
    category: ClassVar[Category] = Category.VALIDATION

    def __str__(self) -> str:
        return "this operation is no longer served; the Link header names what came after it"


@attrs.frozen
class MethodNotAllowed(Refusal):
    """The address exists, but does not know the method of the request."""

    code: ClassVar[str] = "method_not_allowed"
    category: ClassVar[Category] = Category.VALIDATION
    allowed: tuple[str, ...]

    def __str__(self) -> str:
        return f"this address knows {', '.join(self.allowed)}"


@attrs.frozen
class InternalError(Refusal):
    """A fault of ours, of which we know. Repeating the request with its key is harmless."""

    code: ClassVar[str] = "internal_error"
    category: ClassVar[Category] = Category.SYSTEM
    severity: ClassVar[Severity] = Severity.CRITICAL

    def __str__(self) -> str:
        return (
            "something went wrong on our side; a request with an Idempotency-Key may be repeated "
            "with the same key"
        )
