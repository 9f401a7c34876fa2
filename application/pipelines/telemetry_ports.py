"""What telemetry of others needs from storage."""

from collections.abc import Sequence
from typing import Protocol

from domain.pipelines.telemetry import Telemetry


class KeptTelemetry(Protocol):
    def put(self, said: Sequence[Telemetry]) -> int:
        """How many of them are new; of two with one id, the first one counts."""
        ...


class TelemetryWork(Protocol):
    @property
    def telemetry(self) -> KeptTelemetry: ...
