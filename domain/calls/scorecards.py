"""Scorecards: a form that changes as a draft, and editions of it that never do."""

from datetime import datetime
from typing import ClassVar

import attrs

from domain.calls.forms import Form
from domain.calls.quality_events import (
    ScorecardActivated,
    ScorecardAdded,
    ScorecardChanged,
    ScorecardRetired,
)
from domain.kernel.events import Event
from domain.kernel.identifiers import ScorecardId
from domain.kernel.refusals import Conflict, NotFound


@attrs.frozen
class ScorecardNotFound(NotFound):
    code: ClassVar[str] = "scorecard_not_found"
    scorecard_id: ScorecardId

    def __str__(self) -> str:
        return f"no scorecard {self.scorecard_id}"


@attrs.frozen
class EditionNotFound(NotFound):
    code: ClassVar[str] = "scorecard_edition_not_found"
    scorecard_id: ScorecardId
    edition: int

    def __str__(self) -> str:
        return f"scorecard {self.scorecard_id} has no edition {self.edition}"


@attrs.frozen
class ScorecardIsRetired(Conflict):
    code: ClassVar[str] = "scorecard_retired"
    scorecard_id: ScorecardId

    def __str__(self) -> str:
        return f"scorecard {self.scorecard_id} is retired: nothing is evaluated by it any more"


@attrs.frozen
class ScorecardNotActive(Conflict):
    code: ClassVar[str] = "scorecard_not_active"
    scorecard_id: ScorecardId

    def __str__(self) -> str:
        return f"scorecard {self.scorecard_id} has no active edition: activate its draft first"


@attrs.frozen
class NothingToActivate(Conflict):
    code: ClassVar[str] = "nothing_to_activate"
    scorecard_id: ScorecardId
    edition: int

    def __str__(self) -> str:
        return f"edition {self.edition} is what the draft says already"


@attrs.frozen(kw_only=True)
class Edition:
    """A form as it was activated, numbered from 1."""

    number: int
    form: Form
    activated_at: datetime


@attrs.frozen(kw_only=True)
class Scorecard:
    """`active` is the latest edition, by which calls are evaluated until it is retired."""

    id: ScorecardId
    title: str
    draft: Form
    active: Edition | None = None
    retired_at: datetime | None = None
    version: int = 0
    events: tuple[Event, ...] = attrs.field(default=(), eq=False, repr=False)

    @classmethod
    def add(cls, id: ScorecardId, title: str, form: Form, *, now: datetime) -> "Scorecard":
        """Raises BadForm or BadBands."""
        form.demand()
        added = ScorecardAdded(scorecard_id=id, title=title, occurred_at=now)
        return cls(id=id, title=title, draft=form, events=(added,))

    def change(self, title: str, form: Form, *, now: datetime) -> "Scorecard":
        """Of the draft; what is active stays as it is.

        Raises BadForm, BadBands or ScorecardIsRetired.
        """
        self.must_be_in_use()
        form.demand()
        changed = ScorecardChanged(scorecard_id=self.id, occurred_at=now)
        return attrs.evolve(self, title=title, draft=form, events=(*self.events, changed))

    def activate(self, *, now: datetime) -> "Scorecard":
        """Raises NothingToActivate if that would make the same edition again."""
        self.must_be_in_use()
        last = 0 if self.active is None else self.active.number
        if self.active is not None and self.active.form == self.draft:
            raise NothingToActivate(self.id, last)
        edition = Edition(number=last + 1, form=self.draft, activated_at=now)
        activated = ScorecardActivated(
            scorecard_id=self.id, edition=edition.number, occurred_at=now
        )
        return attrs.evolve(self, active=edition, events=(*self.events, activated))

    def retire(self, *, now: datetime) -> "Scorecard":
        self.must_be_in_use()
        retired = ScorecardRetired(scorecard_id=self.id, occurred_at=now)
        return attrs.evolve(self, retired_at=now, events=(*self.events, retired))

    def in_force(self) -> Edition:
        """Raises ScorecardIsRetired or ScorecardNotActive."""
        self.must_be_in_use()
        if self.active is None:
            raise ScorecardNotActive(self.id)
        return self.active

    def must_be_in_use(self) -> None:
        """Raises ScorecardIsRetired."""
        if self.retired_at is not None:
            raise ScorecardIsRetired(self.id)
