"""Cursors: where a list goes on, good only for the list they came from."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from typing import Annotated, Any

import attrs
import msgspec
from litestar import Request
from litestar.params import QueryParameter

from application.kernel.pages import BadCursor, Key, Slice

LARGEST_PAGE = 100
USUAL_PAGE = 50

Limit = Annotated[
    int, QueryParameter(ge=1, le=LARGEST_PAGE, description="Items on a page at the most.")
]
Cursor = Annotated[
    str | None,
    QueryParameter(
        max_length=1024, description="`next` of the page before; filters must stay the same."
    ),
]


@attrs.frozen
class Cursors:
    """Cursors of one list, told apart from others by path and filters."""

    list_id: bytes

    @classmethod
    def of(cls, request: Request[Any, Any, Any]) -> "Cursors":
        filters = sorted(
            (name, value)
            for name, value in request.query_params.items()
            if name not in ("cursor", "limit")
        )
        said = msgspec.json.encode([request.url.path, filters])
        return cls(sha256(said).digest()[:6])

    def slice(self, limit: int, cursor: str | None) -> Slice:
        """Raises BadCursor."""
        return Slice(limit=limit, after=None if cursor is None else self._read(cursor))

    def write(self, key: Key | None) -> str | None:
        if key is None:
            return None
        return urlsafe_b64encode(self.list_id + msgspec.json.encode(key)).decode().rstrip("=")

    def _read(self, cursor: str) -> Key:
        try:
            raw = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            key = msgspec.json.decode(raw[6:], type=tuple[str, ...])
        except (ValueError, msgspec.DecodeError) as error:
            raise BadCursor from error
        if raw[:6] != self.list_id or not key:
            raise BadCursor
        return key


def link(request: Request[Any, Any, Any], cursor: str | None) -> dict[str, str]:
    """The Link header (RFC 8288) to the next page, if there is one."""
    if cursor is None:
        return {}
    following = request.url.with_replacements(
        query={**dict(request.query_params.items()), "cursor": cursor}  # type: ignore[arg-type]
    )
    return {"Link": f'<{following.path}?{following.query}>; rel="next"'}
