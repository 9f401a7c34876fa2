"""Events that others post, in what they say of them."""

from datetime import datetime
from uuid import UUID, uuid5

import attrs

from domain.kernel.identifiers import OrganizationId
from domain.pipelines.records import Record


@attrs.frozen(kw_only=True)
class PostedEvent:
    """Of two with one id and kind, the second is the first again."""

    id: str
    kind: str
    occurred_at: datetime
    said: Record = attrs.field(repr=False)

    def key(self, owner: OrganizationId) -> UUID:
        return uuid5(owner, f"{self.kind}\n{self.id}")

    @property
    def record(self) -> Record:
        """As pipelines see it."""
        return {
            "id": self.id,
            "kind": self.kind,
            "occurred_at": self.occurred_at.isoformat(),
            "said": self.said,
        }
