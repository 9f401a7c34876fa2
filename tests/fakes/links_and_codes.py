"""Links in letters and second factors of members in memory."""

from collections.abc import Collection
from datetime import datetime

import attrs

from application.identity.people_ports import MailTokens, SecondFactors
from domain.identity.mail_tokens import MailToken, MailTokenRefused, Purpose
from domain.identity.second_factors import NoSecondFactor, SecondFactor, WrongCode
from domain.kernel.identifiers import MemberId


@attrs.frozen
class MemoryMailTokens(MailTokens):
    tokens: dict[bytes, MailToken]

    def add(self, token: MailToken) -> None:
        self.tokens[token.digest] = token

    def redeem(self, digest: bytes, purpose: Purpose, *, now: datetime) -> MailToken:
        token = self.tokens.get(digest)
        if token is None or token.purpose is not purpose or token.expires_at <= now:
            raise MailTokenRefused
        for one in list(self.tokens.values()):
            if (one.member_id, one.purpose) == (token.member_id, purpose):
                del self.tokens[one.digest]
        return token

    def forget(self, member_id: MemberId) -> None:
        for one in list(self.tokens.values()):
            if one.member_id == member_id:
                del self.tokens[one.digest]

    def forget_expired(self, *, now: datetime) -> None:
        for one in list(self.tokens.values()):
            if one.expires_at <= now:
                del self.tokens[one.digest]


@attrs.frozen
class MemorySecondFactors(SecondFactors):
    factors: dict[MemberId, SecondFactor]
    codes: set[tuple[MemberId, bytes]]

    def begin(self, factor: SecondFactor) -> None:
        self.factors[factor.member_id] = factor

    def get(self, member_id: MemberId) -> SecondFactor:
        if member_id not in self.factors:
            raise NoSecondFactor
        return self.factors[member_id]

    def use(self, used: SecondFactor) -> None:
        if self.get(used.member_id).last_step >= used.last_step:
            raise WrongCode
        self.factors[used.member_id] = used

    def give_codes(self, member_id: MemberId, digests: Collection[bytes]) -> None:
        self._forget_codes(member_id)
        self.codes.update((member_id, digest) for digest in digests)

    def use_code(self, member_id: MemberId, digest: bytes) -> None:
        if (member_id, digest) not in self.codes:
            raise WrongCode
        self.codes.remove((member_id, digest))

    def remove(self, member_id: MemberId) -> None:
        self._forget_codes(member_id)
        self.factors.pop(member_id, None)

    def _forget_codes(self, member_id: MemberId) -> None:
        theirs = {one for one in self.codes if one[0] == member_id}
        self.codes.difference_update(theirs)
