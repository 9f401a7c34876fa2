"""Which part of a large request is to blame."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

import attrs

from domain.kernel.refusals import Forbidden, Invalid, Refusal

MOST_POOLS = 20_000


@attrs.frozen
class PartRefused(Invalid):
    """Nothing was set up: one part of the request was refused. `cause` is the code of why."""

    code: ClassVar[str] = "part_refused"
    at: str
    cause: str
    why: str

    def __str__(self) -> str:
        return f"{self.at}: {self.why}"


@attrs.frozen
class NotAnEarlierOne(Invalid):
    code: ClassVar[str] = "not_an_earlier_one"
    field: ClassVar[str] = "stock_of"

    def __str__(self) -> str:
        return "it sells the units of one before it, of the same kind, that has units of its own"


@attrs.frozen
class NotOneOfThese(Invalid):
    """A member or key that an agent acts as is not in the request, or it acts as several."""

    code: ClassVar[str] = "not_one_of_these"

    def __str__(self) -> str:
        return (
            "an agent acts as one at the most: a member or a key of this request, by its place in "
            "the list, or one that was there before"
        )


@attrs.frozen
class TooMuchAtOnce(Invalid):
    code: ClassVar[str] = "too_much_at_once"
    field: ClassVar[str] = "resources"
    most: int = MOST_POOLS

    def __str__(self) -> str:
        return f"no more than {self.most} nights, days and sessions are opened with one request"


@contextmanager
def part(*steps: str | int) -> Iterator[None]:
    """Whatever is refused here is refused for this part; who may not do it is told just that."""
    try:
        yield
    except Forbidden:
        raise
    except Refusal as refusal:
        field = refusal.field if isinstance(refusal, Invalid) else ""
        at = "/".join(["#", *map(str, steps), *([field] if field else [])])
        raise PartRefused(at=at, cause=refusal.code, why=str(refusal)) from refusal
