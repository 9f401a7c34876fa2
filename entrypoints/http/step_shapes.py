"""Steps of pipelines in JSON; each kind is told by its `kind`."""

from collections.abc import Mapping
from typing import Annotated, Any

import attrs
import msgspec
from msgspec import Meta

from domain.pipelines.casts import Into
from domain.pipelines.conditions import Comparison, Condition
from domain.pipelines.definition import Contract, Definition, Drift
from domain.pipelines.steps import STEPS, Step, kind_of
from entrypoints.http.refusals import TEXT, TEXT_OR_NOTHING
from entrypoints.http.shapes import ONE_LINE, Input

MOST_STEPS = 50
LARGEST = 10**15

Field = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=200,
        description="A name; a dot leads into a group.",
        examples=["request.contact.name"],
    ),
]
Fields = Annotated[tuple[Field, ...], Meta(min_length=1, max_length=50)]
Scalar = (
    Annotated[str, Meta(max_length=1000, pattern=TEXT_OR_NOTHING)]
    | Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
    | Annotated[float, Meta(ge=-LARGEST, le=LARGEST)]
    | bool
    | None
)
Table = Annotated[Mapping[str, Scalar], Meta(max_length=1000)]
Groups = Annotated[Mapping[str, Field], Meta(min_length=1, max_length=20)]
Separator = Annotated[str, Meta(pattern=TEXT, min_length=1, max_length=20)]
Written = Annotated[
    str,
    Meta(
        pattern=TEXT_OR_NOTHING,
        max_length=50,
        description="How days and moments are written (`%d.%m.%Y`), or the digits of minor units.",
    ),
]
ZoneOrNone = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_+/-]*$(?!\n)",
        max_length=64,
        description="Of moments that are written without their offset.",
    ),
]
Pattern = Annotated[
    str,
    Meta(
        pattern=TEXT,
        max_length=200,
        description="A regular expression for the whole text, with named groups; groups are not "
        "repeated, and it has at most three repetitions, each as good as four choices.",
        examples=["(?P<first>[^ ]+) (?P<last>.+)"],
    ),
]
Words = Annotated[str, Meta(pattern=ONE_LINE, max_length=200)]


class StepConditionInput(Input, frozen=True):
    """`values` are those it is compared with; numbers, days and moments compare as such."""

    field: Field
    test: Comparison
    values: Annotated[tuple[Scalar, ...], Meta(max_length=100)] = ()


class MoveStepInput(Input, frozen=True, tag_field="kind", tag="move"):
    field: Field
    to: Field
    enabled: bool = True


class DropStepInput(Input, frozen=True, tag_field="kind", tag="drop"):
    fields: Fields
    enabled: bool = True


class ConstantStepInput(Input, frozen=True, tag_field="kind", tag="constant"):
    field: Field
    value: Scalar
    enabled: bool = True


class DefaultStepInput(Input, frozen=True, tag_field="kind", tag="default"):
    field: Field
    value: Scalar
    enabled: bool = True


class CastStepInput(Input, frozen=True, tag_field="kind", tag="cast"):
    field: Field
    into: Into
    format: Written = ""
    zone: ZoneOrNone = ""
    enabled: bool = True


class LookUpStepInput(Input, frozen=True, tag_field="kind", tag="look_up"):
    field: Field
    table: Table
    otherwise: Scalar = None
    enabled: bool = True


class ConcatStepInput(Input, frozen=True, tag_field="kind", tag="concat"):
    fields: Fields
    to: Field
    between: Annotated[str, Meta(pattern=TEXT_OR_NOTHING, max_length=20)] = " "
    enabled: bool = True


class SplitStepInput(Input, frozen=True, tag_field="kind", tag="split"):
    field: Field
    separator: Separator
    into: Fields
    enabled: bool = True


class MatchStepInput(Input, frozen=True, tag_field="kind", tag="match"):
    field: Field
    pattern: Pattern
    into: Groups
    enabled: bool = True


class KeepStepInput(Input, frozen=True, tag_field="kind", tag="keep"):
    condition: StepConditionInput
    enabled: bool = True


class DemandStepInput(Input, frozen=True, tag_field="kind", tag="demand"):
    condition: StepConditionInput
    words: Words = "breaks a rule of the pipeline"
    enabled: bool = True


StepInput = (
    MoveStepInput
    | DropStepInput
    | ConstantStepInput
    | DefaultStepInput
    | CastStepInput
    | LookUpStepInput
    | ConcatStepInput
    | SplitStepInput
    | MatchStepInput
    | KeepStepInput
    | DemandStepInput
)


class ContractInput(Input, frozen=True):
    """The fields that records have at their top; without any, they may have what they like."""

    fields: Annotated[tuple[Field, ...], Meta(max_length=200)] = ()
    drift: Drift = Drift.IGNORE_EXTRA


class DefinitionInput(Input, frozen=True):
    """`key` is the field with the name that a record has where it comes from."""

    key: Field
    steps: Annotated[tuple[StepInput, ...], Meta(max_length=MOST_STEPS)] = ()
    contract: ContractInput = ContractInput()

    def definition(self) -> Definition:
        return Definition(
            key=self.key,
            steps=tuple(step_of(step) for step in self.steps),
            contract=Contract(fields=self.contract.fields, drift=self.contract.drift),
        )

    @classmethod
    def of(cls, definition: Definition) -> "DefinitionInput":
        contract = definition.contract
        return cls(
            key=definition.key,
            steps=tuple(shown(step) for step in definition.steps),
            contract=ContractInput(fields=contract.fields, drift=contract.drift),
        )


def step_of(said: StepInput) -> Step:
    members = {name: getattr(said, name) for name in said.__struct_fields__}
    if isinstance(condition := members.get("condition"), StepConditionInput):
        members["condition"] = Condition(
            field=condition.field, test=condition.test, values=condition.values
        )
    return STEPS[str(said.__struct_config__.tag)](**members)


def shown(step: Step) -> StepInput:
    members: dict[str, Any] = attrs.asdict(step)
    shape: StepInput = msgspec.convert(
        {"kind": kind_of(step), **members}, StepInput, strict=False, from_attributes=True
    )
    return shape
