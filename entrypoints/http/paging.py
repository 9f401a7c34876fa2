"""Pages of lists, and the cursors between them, each good only for the list it came from."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Annotated, Any
from urllib.parse import urlencode

import attrs
import msgspec
from litestar import Request, Response
from msgspec import Meta

from application.kernel.pages import BadCursor, Key, Slice
from entrypoints.http.answers import JSON, encode
from entrypoints.http.malformed import unstorable
from entrypoints.http.shapes import Input

AnyRequest = Request[Any, Any, Any]

LARGEST_PAGE = 100
USUAL_PAGE = 50
LONGEST_CURSOR = 1024
TURNING = ("cursor", "limit")  # what differs from page to page
LIST = 6  # bytes of a digest that tells lists apart

Limit = Annotated[
    int, Meta(ge=1, le=LARGEST_PAGE, description="Items on a page at the most.", examples=[20])
]
Cursor = Annotated[
    str,
    Meta(
        max_length=LONGEST_CURSOR,
        pattern="^[A-Za-z0-9_-]+$",
        description="`next` of the page before; the filters must stay the same.",
    ),
]
Next = Annotated[
    str,
    Meta(
        max_length=LONGEST_CURSOR,
        pattern="^[A-Za-z0-9_-]+$",
        description="The `cursor` of the page that follows; null on the last one.",
    ),
]


class PageQuery(Input, frozen=True):
    limit: Limit = USUAL_PAGE
    cursor: Cursor | None = None


@attrs.frozen
class Cursors:
    """Cursors of one list, told apart from others by path and filters."""

    request: AnyRequest
    list_id: bytes

    @classmethod
    def of(cls, request: AnyRequest) -> "Cursors":
        return cls.among(request, _filters(request))

    @classmethod
    def among(cls, request: AnyRequest, filters: Mapping[str, Any]) -> "Cursors":
        """Of a list that is asked for with a body."""
        same = sorted((name, said) for name, said in filters.items() if name not in TURNING)
        said = msgspec.json.encode([request.url.path, same])
        return cls(request, sha256(said).digest()[:LIST])

    def slice(self, page: PageQuery) -> Slice:
        """Raises BadCursor."""
        after = None if page.cursor is None else self._read(page.cursor)
        return Slice(limit=page.limit, after=after)

    def write(self, key: Key | None) -> str | None:
        if key is None:
            return None
        return urlsafe_b64encode(self.list_id + encode(key)).decode().rstrip("=")

    def respond(self, page: Any) -> Response[bytes]:
        """The page, with a Link (RFC 8288) to the next one if there is one."""
        headers = {}
        if page.next is not None:
            limit = self.request.query_params.get("limit")
            given = {**_filters(self.request), **({"limit": limit} if limit else {})}
            query = urlencode({**given, "cursor": page.next})
            headers["Link"] = f'<{self.request.url.path}?{query}>; rel="next"'
        return Response(encode(page), media_type=JSON, headers=headers)

    def _read(self, cursor: str) -> Key:
        try:
            raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            key = msgspec.json.decode(raw[LIST:], type=tuple[str, ...])
        except (binascii.Error, UnicodeDecodeError, msgspec.MsgspecError) as error:
            raise BadCursor from error
        if raw[:LIST] != self.list_id or not key or list(unstorable(list(key))):
            raise BadCursor
        return key


def _filters(request: AnyRequest) -> dict[str, str]:
    return {name: value for name, value in request.query_params.items() if name not in TURNING}
