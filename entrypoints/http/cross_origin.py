"""Pages of other origins, which browsers let in only if an answer says so (CORS)."""

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

RawHeaders = list[tuple[bytes, bytes]]

SENT = (
    b"authorization, call-id, content-type, idempotency-key, if-match, if-none-match, "
    b"traceparent, tracestate, x-request-id"
)
SHOWN = (
    b"etag, idempotency-replayed, link, location, retry-after, ratelimit, ratelimit-policy, "
    b"deprecation, sunset, traceresponse, x-request-id"
)
TEN_MINUTES = b"600"


@attrs.frozen
class CrossOrigin:
    """`origins` are pages that may read answers; by default there are none.

    Credentials of the browser are never asked for: keys travel in a header that pages set
    themselves, so that no page can use what its visitor has.
    """

    origins: frozenset[str] = frozenset()

    def headers(
        self, asked: Mapping[str, Any], answered: Iterable[tuple[bytes, bytes]]
    ) -> RawHeaders:
        """What is added to an answer to the request `asked`, an ASGI scope."""
        if not self.origins:
            return []
        request = dict(asked["headers"])
        origin = request.get(b"origin", b"")
        if origin.decode("latin-1") not in self.origins:
            return [(b"vary", b"origin")]
        added = [(b"vary", b"origin"), (b"access-control-allow-origin", origin)]
        if asked["method"] == "OPTIONS" and b"access-control-request-method" in request:
            methods = next((value for name, value in answered if name.lower() == b"allow"), b"")
            return [
                *added,
                (b"access-control-allow-methods", methods),
                (b"access-control-allow-headers", SENT),
                (b"access-control-max-age", TEN_MINUTES),
            ]
        return [*added, (b"access-control-expose-headers", SHOWN)]
