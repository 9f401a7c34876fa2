"""Entity tags (RFC 9110): a resource changes exactly when its version does."""

import re
from typing import Any, ClassVar

import attrs
from litestar import Request

from application.kernel.refusals import VersionChanged
from domain.kernel.refusals import Category, Conflict
from entrypoints.http.operations import Header
from entrypoints.http.refusals import Fault, MalformedRequest

AnyRequest = Request[Any, Any, Any]

TAG = re.compile(r'"([0-9]{1,9})"')
TAGS = re.compile(r"[\x21-\x7e]( ?[\x21-\x7e])*")
LONGEST_LIST = 1024


@attrs.frozen
class PreconditionRequired(Conflict):
    """Changing something without saying what was seen is how updates get lost (RFC 6585)."""

    code: ClassVar[str] = "precondition_required"
    category: ClassVar[Category] = Category.CONCURRENCY

    def __str__(self) -> str:
        return (
            "send If-Match with the ETag you have seen, or If-Match: * to take whatever is there"
        )


@attrs.frozen
class PreconditionFailed(Conflict):
    """The ETag is none that this resource ever had."""

    code: ClassVar[str] = "precondition_failed"
    category: ClassVar[Category] = Category.CONCURRENCY

    def __str__(self) -> str:
        return "no such version exists; read it again and send its one ETag"


IF_MATCH = Header(
    name="If-Match",
    description="The ETag you have seen, or `*` to take whatever is there. Required.",
    schema={"type": "string", "pattern": r'^(\*|"[0-9]{1,9}")$', "maxLength": 11},
    required=True,
    refuses=(PreconditionRequired, PreconditionFailed, VersionChanged),
)
IF_NONE_MATCH = Header(
    name="If-None-Match",
    description="The ETags you have; the answer is 304 if one of them is the latest.",
    schema={"type": "string", "pattern": f"^{TAGS.pattern}$", "maxLength": LONGEST_LIST},
)


def etag(version: int) -> str:
    return f'"{version}"'


def seen_version(request: AnyRequest) -> int | None:
    """The version named by If-Match; None for `*`.

    Raises PreconditionRequired without the header, PreconditionFailed for a tag that is none of
    ours. Only strong tags match.
    """
    shown = request.headers.get(IF_MATCH.name)
    if shown is None:
        raise PreconditionRequired
    if shown.strip() == "*":
        return None
    found = TAG.fullmatch(shown.strip())
    if found is None:
        raise PreconditionFailed
    return int(found.group(1))


def version_to_replace(request: AnyRequest) -> int:
    """The version a PUT replaces: 0 for `If-None-Match: *`, which creates.

    Raises PreconditionRequired unless one of the two is there and names a version.
    """
    creates = _known_tags(request) == "*"
    if creates and IF_MATCH.name not in request.headers:
        return 0
    version = seen_version(request)
    if version is None or creates:
        raise PreconditionRequired
    return version


def already_known(request: AnyRequest, version: int) -> bool:
    """Whether the client has this version; weak comparison, as reading asks for.

    Raises MalformedRequest.
    """
    known = {tag.strip().removeprefix("W/") for tag in _known_tags(request).split(",")}
    return not known.isdisjoint({etag(version), "*"})


def _known_tags(request: AnyRequest) -> str:
    shown = request.headers.get(IF_NONE_MATCH.name)
    if shown is None:
        return ""
    if len(shown) > LONGEST_LIST or not TAGS.fullmatch(shown.strip()):
        raise MalformedRequest(
            (Fault(parameter=IF_NONE_MATCH.name, detail="must be a list of ETags, or *"),)
        )
    return shown.strip()
