"""Entity tags (RFC 9110): a resource changes exactly when its version does."""

import re
from typing import Annotated, ClassVar

import attrs
from litestar.params import HeaderParameter

from domain.kernel.refusals import Category, Conflict

TAG = re.compile(r'"(\d{1,9})"')


@attrs.frozen
class PreconditionRequired(Conflict):
    """RFC 6585: changing without saying what was seen is how updates get lost."""

    code: ClassVar[str] = "precondition_required"
    category: ClassVar[Category] = Category.CONCURRENCY

    def __str__(self) -> str:
        return (
            "send If-Match with the ETag you have seen, or If-Match: * to take whatever is there"
        )


@attrs.frozen
class PreconditionFailed(Conflict):
    code: ClassVar[str] = "precondition_failed"
    category: ClassVar[Category] = Category.CONCURRENCY

    def __str__(self) -> str:
        return "no such version exists; read it again and send its ETag"


def etag(version: int) -> str:
    return f'"{version}"'


def seen_version(if_match: str | None) -> int | None:
    """The version named by If-Match; None for `*`.

    Raises PreconditionRequired without the header, PreconditionFailed for a tag that is none of
    ours. Only strong tags match.
    """
    if if_match is None:
        raise PreconditionRequired
    if if_match.strip() == "*":
        return None
    found = TAG.fullmatch(if_match.strip())
    if found is None:
        raise PreconditionFailed
    return int(found.group(1))


def version_to_replace(*, if_match: str | None, if_none_match: str | None) -> int:
    """The version a PUT replaces: 0 for `If-None-Match: *`, which creates.

    Raises PreconditionRequired unless one of the two is there and names a version.
    """
    if if_match is None and (if_none_match or "").strip() == "*":
        return 0
    version = seen_version(if_match)
    if version is None:
        raise PreconditionRequired
    return version


def already_known(version: int, if_none_match: str | None) -> bool:
    """Whether the client has this version; weak comparison, as reading asks for."""
    known = {tag.strip().removeprefix("W/") for tag in (if_none_match or "").split(",")}
    return not known.isdisjoint({etag(version), "*"})


IfMatch = Annotated[
    str | None,
    HeaderParameter(name="If-Match", description="The ETag you have seen, or `*`.", max_length=64),
]
IfNoneMatch = Annotated[
    str | None,
    HeaderParameter(
        name="If-None-Match", description="The ETags you have; 304 if it is one.", max_length=1024
    ),
]
