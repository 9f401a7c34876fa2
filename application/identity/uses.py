"""When keys were used last: noted at once, written later."""

from datetime import datetime
from typing import Protocol

from domain.identity.api_keys import ApiKey


class Uses(Protocol):
    def note(self, api_key: ApiKey, *, at: datetime) -> None:
        """Takes no time and never fails; what is lost in a crash is no loss."""
        ...
