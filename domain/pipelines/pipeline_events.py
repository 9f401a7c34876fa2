"""What other features may know about pipelines and their runs."""

from typing import ClassVar
from uuid import UUID

import attrs

from domain.kernel.events import Event
from domain.kernel.identifiers import PipelineId, RunId


@attrs.frozen(kw_only=True)
class PipelineEvent(Event):
    pipeline_id: PipelineId

    @property
    def subject(self) -> UUID:
        return self.pipeline_id


@attrs.frozen(kw_only=True)
class PipelineAdded(PipelineEvent):
    name: ClassVar[str] = "pipeline_added"
    edition: int


@attrs.frozen(kw_only=True)
class PipelineChanged(PipelineEvent):
    name: ClassVar[str] = "pipeline_changed"
    edition: int


@attrs.frozen(kw_only=True)
class PipelineRestored(PipelineEvent):
    """As it was in the edition `restored`."""

    name: ClassVar[str] = "pipeline_restored"
    edition: int
    restored: int


@attrs.frozen(kw_only=True)
class PipelineStateChanged(PipelineEvent):
    name: ClassVar[str] = "pipeline_state_changed"
    was: str
    state: str


@attrs.frozen(kw_only=True)
class RunEvent(Event):
    pipeline_id: PipelineId
    run_id: RunId

    @property
    def subject(self) -> UUID:
        return self.run_id


@attrs.frozen(kw_only=True)
class RunQueued(RunEvent):
    name: ClassVar[str] = "run_queued"
    kind: str


@attrs.frozen(kw_only=True)
class RunPaused(RunEvent):
    name: ClassVar[str] = "run_paused"


@attrs.frozen(kw_only=True)
class RunResumed(RunEvent):
    name: ClassVar[str] = "run_resumed"


@attrs.frozen(kw_only=True)
class RunEnded(RunEvent):
    """Counts are of rows; `reason` is why it came to no good end."""

    name: ClassVar[str] = "run_ended"
    state: str
    reason: str | None
    new: int
    changed: int
    unchanged: int
    conflicts: int
    quarantined: int
    deleted: int
    left_out: int
