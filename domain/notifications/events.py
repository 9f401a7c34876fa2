"""What is told of notices: to whom they are, and nobody else."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import MemberId, NoticeId


@attrs.frozen(kw_only=True)
class NoticesGiven(Event):
    """To all of these members, of the same; `kind` says of what and `about_id` of which."""

    name: ClassVar[str] = "notices_given"

    notice_id: NoticeId
    kind: str
    about_id: UUID
    heading: str
    action_url: str
    member_ids: tuple[MemberId, ...]

    @property
    def subject(self) -> UUID:
        return self.notice_id
