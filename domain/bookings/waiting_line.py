"""Who of those who wait is offered what has come free.

First come, first served, and a party gets all it asked for or nothing. What is too little for
the first may go to a smaller party behind it, but not for ever: a party that has been passed over
often enough has whatever comes free saved up until it fits.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import attrs

from domain.bookings.waiting import PassedOver, Reason, Rule, WaitingEntry, WaitingRules
from domain.kernel.identifiers import PoolId


@attrs.frozen(kw_only=True)
class Offered:
    entry: WaitingEntry
    reason: Reason


@attrs.frozen(kw_only=True)
class Shares:
    """`saving` and `passed` are entries as they are from now on; none is in both."""

    offered: tuple[Offered, ...] = ()
    saving: tuple[WaitingEntry, ...] = ()
    passed: tuple[WaitingEntry, ...] = ()


@attrs.frozen(kw_only=True)
class _Line:
    """How far the sharing has come: what is left, and who was too large so far."""

    rules: WaitingRules
    now: datetime
    left: Mapping[PoolId, int]
    behind: tuple[WaitingEntry, ...] = ()

    def fits(self, entry: WaitingEntry) -> bool:
        return all(self.left.get(id, 0) >= units for id, units in entry.missing.items())

    def without(self, units: Mapping[PoolId, int]) -> "_Line":
        left = {id: number - units.get(id, 0) for id, number in self.left.items()}
        return attrs.evolve(self, left=left)

    def skip(self, entry: WaitingEntry) -> "_Line":
        """Too large: what is there is saved up for it, if it has been passed over enough."""
        units = {
            id: min(number, self.left.get(id, 0))
            for id, number in entry.missing.items()
            if self.left.get(id, 0) > 0
        }
        if not units or not entry.may_save(self.rules, self.now):
            return attrs.evolve(self, behind=(*self.behind, entry))
        passing = self.passing(units)
        saver = entry.save_up(units, rules=self.rules, now=self.now)
        return attrs.evolve(passing, behind=(*passing.behind, saver))

    def passing(self, units: Mapping[PoolId, int]) -> "_Line":
        """These units go to somebody behind all who were too large and miss some of the same."""
        line = attrs.evolve(self.without(units), behind=())
        for party in self.behind:
            line = line.skip(party.pass_over() if competes(party, units) else party)
        return line


def competes(party: WaitingEntry, units: Mapping[PoolId, int]) -> bool:
    return bool(party.missing.keys() & units.keys())


def shared_out(
    waiting: Sequence[WaitingEntry],
    free: Mapping[PoolId, int],
    *,
    rules: WaitingRules,
    may_have: Callable[[WaitingEntry], bool],
    now: datetime,
) -> Shares:
    """`waiting` is in the order of joining; `may_have` is asked only about those who fit."""
    line = _Line(rules=rules, now=now, left=free)
    offered: list[Offered] = []
    for place, entry in enumerate(waiting, start=1):
        if not line.fits(entry):
            line = line.skip(entry)
        elif may_have(entry):
            before = line.behind
            line = line.passing(entry.missing)
            offered.append(Offered(entry=entry, reason=_reason(entry, place, before)))
    line = _left_to_the_public(line, waiting)
    return _shares(line, offered, waiting)


def _reason(entry: WaitingEntry, place: int, ahead: Sequence[WaitingEntry]) -> Reason:
    passed_over = tuple(
        PassedOver(waiting_id=party.id, times=party.passed + 1)
        for party in ahead
        if competes(party, entry.missing)
    )
    if entry.saved:
        rule = Rule.SAVED_UP
    else:
        rule = Rule.FITS_SOONER if passed_over else Rule.FIRST_IN_LINE
    return Reason(rule=rule, position=place, passed_over=passed_over)


def _left_to_the_public(line: _Line, waiting: Sequence[WaitingEntry]) -> _Line:
    """What nobody can use goes on sale, which passes over those who wait for it as well."""
    left = {id: units for id, units in line.left.items() if units > 0}
    before = {entry.id: entry for entry in waiting}
    behind = tuple(
        party.pass_over()
        if party.passed == before[party.id].passed < line.rules.passes and competes(party, left)
        else party
        for party in line.behind
    )
    return attrs.evolve(line, behind=behind)


def _shares(line: _Line, offered: list[Offered], waiting: Sequence[WaitingEntry]) -> Shares:
    before = {entry.id: entry for entry in waiting}
    changed = [party for party in line.behind if party != before[party.id]]
    saving = tuple(party for party in changed if party.saved != before[party.id].saved)
    passed = tuple(party for party in changed if party.saved == before[party.id].saved)
    return Shares(offered=tuple(offered), saving=saving, passed=passed)
