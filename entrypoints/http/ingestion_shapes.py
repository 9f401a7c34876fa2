"""What all that programs post has in common, in JSON."""

from typing import Annotated

from msgspec import Meta

from application.pipelines.post_events import Posted
from entrypoints.http.run_shapes import Rows
from entrypoints.http.shapes import ONE_LINE, Output

MOST_AT_ONCE = 100

SenderId = Annotated[
    str,
    Meta(
        pattern=ONE_LINE,
        min_length=1,
        max_length=100,
        description="Of its sender: posted twice with one id, it is one; events, if of one kind.",
        examples=["evt-4711"],
    ),
]


class PostedBody(Output, frozen=True):
    """All of them are stored; those `known` had been before."""

    accepted: Rows
    known: Rows

    @classmethod
    def of(cls, posted: Posted) -> "PostedBody":
        return cls(accepted=posted.new + posted.known, known=posted.known)
