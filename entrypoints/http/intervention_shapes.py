"""How people stepped in while a call went on, in JSON."""

from typing import Annotated

from msgspec import Meta

from domain.calls.interventions import Intervening, Intervention
from entrypoints.http.shapes import Identifier, Input, Moment, Output

InterventionText = Annotated[
    str,
    Meta(pattern=r"^[^\x00]*$", max_length=500, examples=["Offer the room with a view instead."]),
]


class InterveneInput(Input, frozen=True):
    """`text` is said, or tells the machine what to do; with the rest it is why, for the record."""

    kind: Intervening
    text: InterventionText = ""


class InterventionBody(Output, frozen=True):
    """Nobody knows the words any more of calls with whoever was forgotten."""

    kind: Intervening
    text: InterventionText
    by: Identifier
    at: Moment

    @classmethod
    def of(cls, intervention: Intervention) -> "InterventionBody":
        return cls(
            kind=intervention.kind,
            text=intervention.text,
            by=intervention.by,
            at=intervention.at,
        )
