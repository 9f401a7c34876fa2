"""One key, one effect: a command carries the key under which its answer is remembered."""

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

import attrs

from domain.kernel.refusals import Invalid

Decision = TypeVar("Decision")


@attrs.frozen(kw_only=True)
class Answer:
    """What the caller was told, as it was told."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


@attrs.frozen(kw_only=True)
class Once(Generic[Decision]):
    """`fingerprint` stands for all that the request says; `answer` puts the decision into words.

    `answer` runs inside the transaction, which stores its result beside the effect: what is
    replayed later is what was committed, to the byte.
    """

    key: str
    fingerprint: bytes
    answer: Callable[[Decision], Answer]


class Replayed(Exception):
    """The work was done before, under this key; nothing has been done now."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


@attrs.frozen
class KeyReused(Invalid):
    """The key stands for another request; replaying its answer would be a lie."""

    code: ClassVar[str] = "idempotency_key_reused"

    def __str__(self) -> str:
        return "this idempotency key was used for another request; use a new one"
