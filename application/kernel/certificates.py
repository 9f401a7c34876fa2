"""Certificates by which others know that it is us."""

from datetime import datetime
from typing import Protocol


class Certificates(Protocol):
    def ends_at(self) -> datetime | None:
        """When the one that is shown at our public address holds no longer.

        None where none is needed. Raises OSError if nobody shows one. Waits for the network.
        """
        ...
