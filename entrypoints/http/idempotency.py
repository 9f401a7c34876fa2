"""The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-07)."""

import re
from collections.abc import Callable
from hashlib import sha256
from typing import Any, ClassVar, TypeVar

import attrs
import msgspec
from litestar import Request

from application.kernel.once import Answer, KeyReused, Once
from domain.kernel.refusals import Category, Refusal
from entrypoints.http.etags import IF_MATCH
from entrypoints.http.operations import Header

Decision = TypeVar("Decision")

# A string of structured fields (RFC 9651) in quotation marks, or bare, as most clients send it.
SHAPE = re.compile(r'"([\x20\x21\x23-\x5b\x5d-\x7e]{1,255})"|([\x21\x23-\x7e]{1,255})')


@attrs.frozen
class KeyMissing(Refusal):
    """A request that creates or acts has to say under which key it may be repeated."""

    code: ClassVar[str] = "idempotency_key_missing"
    category: ClassVar[Category] = Category.VALIDATION

    def __str__(self) -> str:
        return (
            "send an Idempotency-Key of 1 to 255 visible characters, such as a UUID, and the same "
            "one again when you repeat the request"
        )


IDEMPOTENCY_KEY = Header(
    name="Idempotency-Key",
    description="Repeat a request with the same key: it has one effect, and the answer comes "
    "again with `Idempotency-Replayed: true`. Keys are good for a week.",
    schema={
        "type": "string",
        "pattern": r'^("[ !#-\[\]-~]{1,255}"|[!#-~]{1,255})$',
        "maxLength": 257,
        "examples": ["5c2d1a7e-0d4b-4a36-9f0e-7a0f3a6d2b11"],
    },
    required=True,
    refuses=(KeyMissing, KeyReused),
)


@attrs.frozen
class IdempotencyKey:
    """The key and what the request says, independent of how it was spelt."""

    key: str
    fingerprint: bytes

    @classmethod
    async def of(cls, request: Request[Any, Any, Any]) -> "IdempotencyKey":
        """Raises KeyMissing. Comes after the body has been read, which has to be JSON or empty."""
        shown = SHAPE.fullmatch(request.headers.get(IDEMPOTENCY_KEY.name, "").strip())
        if shown is None:
            raise KeyMissing
        body = await request.body()
        said = msgspec.json.decode(body) if body else None
        condition = request.headers.get(IF_MATCH.name)
        everything = [request.method, request.url.path, condition, said]
        canonical = msgspec.json.encode(everything, order="sorted")
        return cls(shown.group(1) or shown.group(2), sha256(canonical).digest())

    def once(self, answer: Callable[[Decision], Answer]) -> Once[Decision]:
        return Once(key=self.key, fingerprint=self.fingerprint, answer=answer)
