"""Facts: things the business knows have happened."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

import attrs


@attrs.frozen(kw_only=True)
class Event:
    """Named in the past tense; carries identifiers and values, never aggregates.

    `name` is stored and published, so it outlives any renaming of the class. Members are part of
    the API: add, never rename.
    """

    name: ClassVar[str]

    occurred_at: datetime

    @property
    def subject(self) -> UUID:
        """The identifier of what the fact is about; facts about one subject stay in order."""
        raise NotImplementedError


@attrs.frozen(kw_only=True)
class SecurityEvent(Event):
    """About who may do what, or what an organization goes by: kept on its audit trail.

    It says what was before and after, and neither secrets nor what people write.
    """
