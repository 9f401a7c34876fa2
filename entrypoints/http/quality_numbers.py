"""Scores and sentiments in JSON: shares of one, exact to three decimals."""

from typing import Annotated

from msgspec import Meta

from domain.calls.thousandths import WHOLE

Score = Annotated[
    float,
    Meta(ge=0, le=1, description="From 0 to 1, in thousandths.", examples=[0.925]),
]
Sentiment = Annotated[
    float,
    Meta(
        ge=-1,
        le=1,
        description="From -1 to 1, in thousandths; 0 is neutral, and null that nobody knows.",
        examples=[0.25],
    ),
]


def share(thousandths: int | None) -> float | None:
    return None if thousandths is None else thousandths / WHOLE


def thousandths(share: float) -> int:
    return round(share * WHOLE)
