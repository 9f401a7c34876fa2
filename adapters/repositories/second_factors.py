"""Second factors of members in SQL, sealed."""

from collections.abc import Collection
from uuid import UUID

import attrs
from sqlalchemy import delete, select, update

from adapters.schema.people import recovery_codes, second_factors
from adapters.sql.scope import Scope
from application.identity.people_ports import SecondFactors
from domain.identity.second_factors import (
    NoSecondFactor,
    SecondFactor,
    SecondFactorUnavailable,
    WrongCode,
)
from domain.kernel.identifiers import MemberId

PURPOSE = b"frontdesk second factor 1\0"


def place_of(organization_id: UUID, id: UUID) -> bytes:
    """Nobody else's row opens what was sealed here."""
    return PURPOSE + organization_id.bytes + id.bytes


@attrs.frozen
class SqlSecondFactors(SecondFactors):
    """Two who show one code at the same time both move the step on, or both delete the row, and
    one of them has done it.
    """

    scope: Scope

    def begin(self, factor: SecondFactor) -> None:
        if not self.scope.vault.is_set_up:
            raise SecondFactorUnavailable
        self._forget(factor.member_id)
        self.scope.add(
            second_factors,
            id=factor.member_id,
            wrapped=self.scope.vault.wrap(factor.secret, self._place(factor.member_id)),
            created_at=factor.created_at,
            last_step=factor.last_step,
        )

    def get(self, member_id: MemberId) -> SecondFactor:
        question = select(second_factors).where(
            self.scope.owns(second_factors), second_factors.c.id == member_id
        )
        row = self.scope.ask(question).one_or_none()
        if row is None:
            raise NoSecondFactor
        return SecondFactor(
            member_id=member_id,
            secret=self.scope.vault.unwrap(row.wrapped, self._place(member_id)),
            created_at=row.created_at,
            last_step=row.last_step,
        )

    def use(self, used: SecondFactor) -> None:
        moved_on = self.scope.execute(
            update(second_factors)
            .where(
                self.scope.owns(second_factors),
                second_factors.c.id == used.member_id,
                second_factors.c.created_at == used.created_at,
                second_factors.c.last_step < used.last_step,
            )
            .values(last_step=used.last_step)
        )
        if moved_on.rowcount != 1:
            raise WrongCode

    def give_codes(self, member_id: MemberId, digests: Collection[bytes]) -> None:
        self._forget_codes(member_id)
        for digest in digests:
            self.scope.add(recovery_codes, member_id=member_id, digest=digest)

    def use_code(self, member_id: MemberId, digest: bytes) -> None:
        used = self.scope.execute(
            delete(recovery_codes).where(
                self.scope.owns(recovery_codes),
                recovery_codes.c.member_id == member_id,
                recovery_codes.c.digest == digest,
            )
        )
        if used.rowcount != 1:
            raise WrongCode

    def remove(self, member_id: MemberId) -> None:
        self._forget_codes(member_id)
        self._forget(member_id)

    def _forget(self, member_id: MemberId) -> None:
        self.scope.execute(
            delete(second_factors).where(
                self.scope.owns(second_factors), second_factors.c.id == member_id
            )
        )

    def _forget_codes(self, member_id: MemberId) -> None:
        self.scope.execute(
            delete(recovery_codes).where(
                self.scope.owns(recovery_codes), recovery_codes.c.member_id == member_id
            )
        )

    def _place(self, member_id: MemberId) -> bytes:
        return place_of(self.scope.organization_id, member_id)
