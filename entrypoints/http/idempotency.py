"""The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07)."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Annotated, Any, ClassVar, TypeVar

import attrs
import msgspec
from litestar import Request
from litestar.params import HeaderParameter

from application.kernel.once import Answer, Once
from domain.kernel.refusals import Invalid

Decision = TypeVar("Decision")

HEADER = "Idempotency-Key"
SHAPE = re.compile(r'"?([\x21\x23-\x7e]{1,255})"?')  # a structured-field string, or bare


KeyHeader = Annotated[
    str | None,
    HeaderParameter(
        name=HEADER,
        description="Required. Repeat a request with the same key: it has one effect, and the "
        "answer comes again with `Idempotency-Replayed: true`.",
    ),
]


@attrs.frozen
class KeyMissing(Invalid):
    code: ClassVar[str] = "idempotency_key_missing"

    def __str__(self) -> str:
        return (
            f"send an {HEADER} of 1 to 255 visible characters, such as a UUID, and the same one "
            "again when you repeat the request"
        )


@attrs.frozen
class IdempotencyKey:
    """The key and what the request says, independent of how it was spelt."""

    key: str
    fingerprint: bytes

    @classmethod
    async def of(cls, request: Request[Any, Any, Any], header: str | None) -> "IdempotencyKey":
        """Raises KeyMissing."""
        shown = SHAPE.fullmatch((header or "").strip())
        if shown is None:
            raise KeyMissing
        body = await request.body()
        said = msgspec.json.decode(body) if body else None
        conditions = request.headers.get("If-Match")
        everything = [request.method, request.url.path, conditions, said]
        canonical = msgspec.json.encode(everything, order="sorted")
        return cls(shown.group(1), sha256(canonical).digest())

    def once(self, answer: Callable[[Decision], Answer]) -> Once[Decision]:
        return Once(key=self.key, fingerprint=self.fingerprint, answer=answer)
