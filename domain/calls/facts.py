"""What is heard of a call: never changed, never thrown away."""

from collections.abc import Mapping
from datetime import datetime

import attrs

from domain.calls.status import CallStatus
from domain.kernel.personal import personal

OURS = "frontdesk"
"""The provider of what the desk itself does to a call."""

PROVIDER_REASON = "reason"
"""The member of `details` with one of our reasons, where an adapter knows it."""


@attrs.frozen(kw_only=True)
class Heard:
    """`provider_call` is the provider's name for the call, `event` its word for what happened.

    `status` is None for what no status follows from, or for a word nobody here knows. A fact
    about a `leg` is about that one line, not about the call.
    """

    provider: str
    provider_call: str
    event: str
    sequence: int | None = None
    status: CallStatus | None
    at: datetime
    leg: str | None = None
    details: Mapping[str, str] = attrs.field(
        factory=dict, metadata=personal("what the provider said, for reconciliation")
    )

    @property
    def key(self) -> str:
        """The same for the same fact, however often it is delivered."""
        told = self.at.isoformat() if self.sequence is None else str(self.sequence)
        return f"{self.event}:{self.leg or ''}:{told}"
