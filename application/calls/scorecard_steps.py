"""Add scorecards, change their drafts, activate and retire them."""

import attrs

from application.calls.quality_ports import QualityWork
from application.kernel.once import Once
from application.kernel.ports import Clock, NewId, UnitOfWork
from application.kernel.versions import require_version
from domain.calls.forms import Form
from domain.calls.scorecards import Scorecard
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ScorecardId


@attrs.frozen(kw_only=True)
class AddScorecard:
    actor: Actor
    title: str
    form: Form
    once: Once[Scorecard] | None = None


@attrs.frozen(kw_only=True)
class AddScorecardHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock
    new_id: NewId

    async def __call__(self, command: AddScorecard, /) -> Scorecard:
        def add(work: QualityWork) -> Scorecard:
            new = Scorecard.add(
                ScorecardId(self.new_id()), command.title, command.form, now=self.clock()
            )
            return work.scorecards.save(new)

        return await self.unit_of_work(command.actor, add, once=command.once)


@attrs.frozen(kw_only=True)
class ScorecardStep:
    """`version` is the one the caller has seen, or None for whatever is there."""

    actor: Actor
    scorecard_id: ScorecardId
    version: int | None = None
    once: Once[Scorecard] | None = None


@attrs.frozen(kw_only=True)
class ChangeScorecard(ScorecardStep):
    """From now on the draft is this."""

    title: str
    form: Form


@attrs.frozen(kw_only=True)
class ActivateScorecard(ScorecardStep):
    """From now on calls are evaluated by what the draft says now."""


@attrs.frozen(kw_only=True)
class RetireScorecard(ScorecardStep):
    """What was evaluated by it stays."""


@attrs.frozen(kw_only=True)
class ChangeScorecardHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock

    async def __call__(self, command: ChangeScorecard, /) -> Scorecard:
        def change(work: QualityWork) -> Scorecard:
            found = _seen(work, command)
            changed = found.change(command.title, command.form, now=self.clock())
            return work.scorecards.save(changed)

        return await self.unit_of_work(command.actor, change, once=command.once)


@attrs.frozen(kw_only=True)
class ActivateScorecardHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock

    async def __call__(self, command: ActivateScorecard, /) -> Scorecard:
        def activate(work: QualityWork) -> Scorecard:
            return work.scorecards.save(_seen(work, command).activate(now=self.clock()))

        return await self.unit_of_work(command.actor, activate, once=command.once)


@attrs.frozen(kw_only=True)
class RetireScorecardHandler:
    unit_of_work: UnitOfWork[QualityWork]
    clock: Clock

    async def __call__(self, command: RetireScorecard, /) -> Scorecard:
        def retire(work: QualityWork) -> Scorecard:
            return work.scorecards.save(_seen(work, command).retire(now=self.clock()))

        return await self.unit_of_work(command.actor, retire, once=command.once)


def _seen(work: QualityWork, command: ScorecardStep) -> Scorecard:
    """Raises ScorecardNotFound or VersionChanged."""
    found = work.scorecards.get(command.scorecard_id)
    require_version(found.version, command.version)
    return found
