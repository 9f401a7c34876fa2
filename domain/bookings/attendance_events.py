"""What other features may know about lists of attendance."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import ResourceId


@attrs.frozen(kw_only=True)
class AttendanceRecorded(Event):
    """So many marks were made or changed on the list of a session."""

    name: ClassVar[str] = "attendance_recorded"
    resource_id: ResourceId
    marks: int

    @property
    def subject(self) -> UUID:
        return self.resource_id
