"""The second factor of a member: an authenticator, and codes on paper for when it is lost."""

from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

import attrs

from domain.identity.one_time_codes import step_of
from domain.kernel.identifiers import MemberId
from domain.kernel.refusals import Category, Conflict, Forbidden, Refusal, Severity

NEVER = 0
CODES = 10
# Without letters and digits that are taken for each other; 24 of them hold 118 bits.
PAPER = "abcdefghjkmnpqrstuvwxyz23456789"
ON_PAPER, TOGETHER = 24, 4


@attrs.frozen
class SecondFactorNeeded(Refusal):
    """The password is right, and not enough."""

    code: ClassVar[str] = "second_factor_needed"
    category: ClassVar[Category] = Category.AUTHENTICATION
    severity: ClassVar[Severity] = Severity.MEDIUM  # somebody has the password

    def __str__(self) -> str:
        return "send the same again, with a code of your authenticator or a recovery code"


@attrs.frozen
class WrongCode(Forbidden):
    """Wrong, too old or used: which of them would only help whoever guesses."""

    code: ClassVar[str] = "wrong_code"
    category: ClassVar[Category] = Category.AUTHENTICATION

    def __str__(self) -> str:
        return "that code is not good, or not any more: each is good once"


@attrs.frozen
class SecondFactorRequired(Forbidden):
    """The organization asks every member for one."""

    code: ClassVar[str] = "second_factor_required"
    category: ClassVar[Category] = Category.AUTHENTICATION

    def __str__(self) -> str:
        return "your organization wants a second factor: set one up at /v1/me/second-factor"


@attrs.frozen
class SecondFactorSet(Conflict):
    code: ClassVar[str] = "second_factor_set"

    def __str__(self) -> str:
        return "there is a second factor: remove it before another one is set up"


@attrs.frozen
class NoSecondFactor(Conflict):
    code: ClassVar[str] = "no_second_factor"

    def __str__(self) -> str:
        return "no second factor is set up"


@attrs.frozen
class SecondFactorUnavailable(Conflict):
    """What authenticators share with the program is only ever kept sealed."""

    code: ClassVar[str] = "second_factor_unavailable"

    def __str__(self) -> str:
        return "whoever operates this desk has to set FRONTDESK_PERSONAL_KEYS first"


@attrs.frozen
class PasswordNeedsSecondFactor(Conflict):
    code: ClassVar[str] = "password_needs_second_factor"
    shortest: int

    def __str__(self) -> str:
        return f"first choose a password of at least {self.shortest} characters"


@attrs.frozen
class OwnSecondFactor(Forbidden):
    """Whoever found an open session must not get past the second factor by it."""

    code: ClassVar[str] = "own_second_factor"
    severity: ClassVar[Severity] = Severity.MEDIUM

    def __str__(self) -> str:
        return "your own is removed with a code of it, at /v1/me/second-factor/remove"


@attrs.frozen(kw_only=True)
class SecondFactor:
    """`last_step` is the latest that a code was good for: none of before is good any more."""

    member_id: MemberId
    secret: bytes = attrs.field(repr=False)
    created_at: datetime
    last_step: int = NEVER

    def used(self, code: str, *, now: datetime) -> "SecondFactor":
        """Raises WrongCode."""
        step = step_of(code, self.secret, now=now)
        if step is None or step <= self.last_step:
            raise WrongCode
        return attrs.evolve(self, last_step=step)


def draw_recovery_codes(chance: Callable[[int], int]) -> tuple[str, ...]:
    return tuple(_on_paper(chance) for _ in range(CODES))


def _on_paper(chance: Callable[[int], int]) -> str:
    drawn = "".join(PAPER[chance(len(PAPER))] for _ in range(ON_PAPER))
    return "-".join(drawn[at : at + TOGETHER] for at in range(0, ON_PAPER, TOGETHER))


def plain(code: str) -> str:
    """However its characters were put together."""
    return "".join(code.split()).replace("-", "").lower()


def is_recovery_code(code: str) -> bool:
    return len(code) == ON_PAPER
