"""Codes of a second factor, counted before they are looked at and used up by being good."""

import attrs

from application.identity.people_ports import PeopleWork, TryCounts
from application.identity.ports import Digest
from application.kernel.ports import Clock
from domain.identity.events import RecoveryCodeUsed
from domain.identity.second_factors import is_recovery_code, plain
from domain.identity.tries import TryLimits
from domain.kernel.identifiers import MemberId


@attrs.frozen(kw_only=True)
class SecondFactorCodes:
    tries: TryCounts
    try_limits: TryLimits
    clock: Clock
    digest: Digest

    async def count(self, member_id: MemberId) -> None:
        """One more try, before the transaction that uses a code. Raises RateLimited."""
        await self.tries.take(self.try_limits.of_codes(str(member_id)))

    async def give_back(self, member_id: MemberId) -> None:
        """It was good."""
        await self.tries.give_back(self.try_limits.of_codes(str(member_id)))

    def use(self, work: PeopleWork, member_id: MemberId, code: str) -> None:
        """Of the authenticator, or from the paper. Raises WrongCode or NoSecondFactor."""
        shown, now = plain(code), self.clock()
        if is_recovery_code(shown):
            work.second_factors.use_code(member_id, self.digest(shown))
            work.facts.publish([RecoveryCodeUsed(member_id=member_id, occurred_at=now)])
        else:
            self.use_authenticator(work, member_id, shown)

    def use_authenticator(self, work: PeopleWork, member_id: MemberId, code: str) -> None:
        """Raises WrongCode or NoSecondFactor."""
        factor = work.second_factors.get(member_id)
        work.second_factors.use(factor.used(plain(code), now=self.clock()))
