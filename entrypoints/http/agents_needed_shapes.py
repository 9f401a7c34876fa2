"""Targets of staffing and what comes of them, in JSON."""

from typing import Annotated

from msgspec import Meta

HOUR = 3600

Answered = Annotated[
    float,
    Meta(ge=0.01, le=0.999, description="The share of all calls to be answered in time."),
]
Within = Annotated[float, Meta(ge=0, le=HOUR, description="What in time is, in seconds.")]
Occupancy = Annotated[
    float, Meta(ge=0.01, le=1, description="How busy agents may be, as a share of their time.")
]
Shrinkage = Annotated[
    float,
    Meta(ge=0, le=0.95, description="The share of paid time in which agents take no calls."),
]
Patience = Annotated[
    float,
    Meta(
        ge=1,
        le=HOUR,
        description="How long callers wait on average before they hang up, in seconds; "
        "without it nobody is thought to.",
    ),
]
Share = Annotated[float, Meta(ge=0, le=1, examples=[0.888])]
Agents = Annotated[int, Meta(ge=0, le=10**6, examples=[14])]
Seconds = Annotated[float, Meta(ge=0, le=10**9, examples=[7.8])]
