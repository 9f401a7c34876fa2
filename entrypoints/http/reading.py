"""How bodies and query strings become values: strictly, or with everything that is wrong."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any, ClassVar, Generic, TypeVar, cast

import attrs
import msgspec
from litestar import Request

from entrypoints.http.card_numbers import card_numbers
from entrypoints.http.malformed import (
    Duplicated,
    Found,
    faults_of,
    faults_of_body,
    parsed,
    unstorable,
)
from entrypoints.http.ranges import Range, backwards, ranges_of
from entrypoints.http.refusals import (
    Fault,
    MalformedRequest,
    RunsBackwards,
    UnsupportedMediaType,
)
from entrypoints.http.shapes import Input

Shape = TypeVar("Shape")
AnyRequest = Request[Any, Any, Any]

MEDIA_TYPE = "application/json"
NUL = b"\\u0000"
WHOLE_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})")
NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,18})(?:\.[0-9]{1,18})?(?:[eE][+-]?[0-9]{1,3})?")
TRUTH = {"true": True, "false": False}
LONGEST_NAME = 100


@attrs.frozen
class Body(Generic[Shape]):
    """A JSON body of this shape; the examples are part of the description of the API."""

    REQUIRED: ClassVar[bool] = True

    shape: Any
    examples: Mapping[str, Any] = attrs.field(kw_only=True)
    decoder: Any = attrs.field(init=False, repr=False)

    @decoder.default
    def _decoder_of_shape(self) -> Any:
        return msgspec.json.Decoder(self.shape)

    async def of(self, request: AnyRequest) -> Shape:
        """Raises UnsupportedMediaType or MalformedRequest."""
        _must_be_json(request)
        body = await request.body()
        try:
            tree = parsed(body)  # msgspec takes the last of two members with one name
            request.state.said = tree
            value = self._decoded(body, tree)
        except (msgspec.MsgspecError, ValueError, RecursionError, Duplicated) as refusal:
            raise _malformed_body(faults_of_body(body, self.shape, refusal)) from None
        if NUL in body and (found := list(unstorable(tree))):
            raise _malformed_body(found)
        if found := self._out_of_place(body, tree):
            raise _malformed_body(found)
        return value

    def _out_of_place(self, body: bytes, tree: Any) -> list[Found]:
        return card_numbers(body, tree)

    def _decoded(self, body: bytes, tree: Any) -> Shape:
        try:
            decoded: Shape = self.decoder.decode(body)
        except msgspec.ValidationError:
            # To JSON Schema 2.0 is a whole number; the tree has it as one.
            return cast(Shape, msgspec.convert(tree, self.shape))
        return decoded


@attrs.frozen
class Overheard(Body[Shape]):
    """What others have said: numbers in it are masked before it is kept, and not refused."""

    def _out_of_place(self, body: bytes, tree: Any) -> list[Found]:
        return []


@attrs.frozen
class Question(Body[Shape]):
    """What would be a query, were it fit to stand in an address."""

    ranges: Sequence[Range] = attrs.field(init=False, repr=False)

    @ranges.default
    def _ranges_of_shape(self) -> Sequence[Range]:
        return ranges_of(self.shape)

    async def of(self, request: AnyRequest) -> Shape:
        """Raises RunsBackwards as well."""
        question = await super().of(request)
        if found := backwards(self.ranges, question):
            raise RunsBackwards(_in_body(found))
        return question


@attrs.frozen
class OptionalBody(Body[Shape]):
    """A body whose members may all be left out, and then it may be left out itself."""

    REQUIRED: ClassVar[bool] = False

    async def of(self, request: AnyRequest) -> Shape:
        if (await request.body()).strip():
            return await super().of(request)
        return self._decoded(b"{}", {})


async def no_body(request: AnyRequest) -> None:
    """Raises MalformedRequest for a body nobody would look at; an empty object counts as none."""
    body = await request.body()
    if body.strip() not in (b"", b"{}"):
        raise _malformed_body([((), "must be empty: this request has no body")])


def properties(shape: Any) -> Mapping[str, Any]:
    """The members of a Struct, by name, as its JSON schema describes them."""
    (_,), schemas = msgspec.json.schema_components([shape], ref_template="#/{name}")
    found: Mapping[str, Any] = schemas[shape.__name__].get("properties", {})
    return found


@attrs.frozen
class Query(Generic[Shape]):
    """The query parameters of an operation: each known, and given once."""

    shape: type[Shape]
    ranges: Sequence[Range] = attrs.field(init=False, repr=False)

    @ranges.default
    def _ranges_of_shape(self) -> Sequence[Range]:
        return ranges_of(self.shape)

    @cached_property  # a start would wait for all of them
    def types(self) -> Mapping[str, frozenset[str]]:
        return {
            name: frozenset(one.get("type", "") for one in (each, *each.get("anyOf", ())))
            for name, each in properties(self.shape).items()
        }

    def of(self, request: AnyRequest) -> Shape:
        """Raises MalformedRequest or RunsBackwards."""
        given = list(request.query_params.multi_items())
        values = {name: self._typed(name, text) for name, text in given}
        if len(values) == len(given) and not any(_unstorable(text) for _, text in given):
            with suppress(msgspec.ValidationError):  # it names one fault; below they all are
                return self._running_forwards(msgspec.convert(values, self.shape))
        raise MalformedRequest(tuple(self._faults(given, values)))

    def _running_forwards(self, question: Shape) -> Shape:
        if found := backwards(self.ranges, question):
            raise RunsBackwards(_in_query(found))
        return question

    def _typed(self, name: str, text: str) -> Any:
        types = self.types.get(name, frozenset())
        if "integer" in types and WHOLE_NUMBER.fullmatch(text):
            return int(text)
        if "number" in types and NUMBER.fullmatch(text):
            return float(text)
        return TRUTH.get(text, text) if "boolean" in types else text

    def _faults(
        self, given: Sequence[tuple[str, str]], values: Mapping[str, Any]
    ) -> Sequence[Fault]:
        names = [name for name, _ in given]
        twice = sorted({name for name in names if names.count(name) > 1})
        found: list[Found] = [
            *(((name,), "must be given once") for name in twice),
            *(((name,), words) for name, text in given for words in _unstorable(text)),
            *faults_of(dict(values), self.shape),
        ]
        return _in_query(found)


class Nothing(Input, frozen=True):
    """No parameters at all."""


NO_QUERY = Query(Nothing)


def pointer(at: Sequence[str]) -> str:
    """RFC 6901, as a fragment; the names in it may be anybody's."""
    steps = (printable(step).replace("~", "~0").replace("/", "~1") for step in at)
    return "#" + "".join(f"/{step[:LONGEST_NAME]}" for step in steps)


def printable(text: str) -> str:
    return "".join(character if character.isprintable() else "\ufffd" for character in text)


def _must_be_json(request: AnyRequest) -> None:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if (
        media_type != MEDIA_TYPE
        or request.headers.get("content-encoding", "identity") != "identity"
    ):
        raise UnsupportedMediaType


def _malformed_body(found: Sequence[Found]) -> MalformedRequest:
    return MalformedRequest(_in_body(found))


def _in_body(found: Sequence[Found]) -> tuple[Fault, ...]:
    return tuple(Fault(pointer=pointer(at), detail=words) for at, words in found)


def _in_query(found: Sequence[Found]) -> tuple[Fault, ...]:
    return tuple(
        Fault(parameter=printable(at[0])[:LONGEST_NAME], detail=words) for at, words in found
    )


def _unstorable(text: str) -> list[str]:
    return [words for _, words in unstorable(text)]
