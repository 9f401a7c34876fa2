"""Second factors in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.identity.set_up_second_factor import BegunSecondFactor
from domain.identity.members import Member
from domain.identity.second_factors import CODES, PAPER
from entrypoints.http.member_shapes import Code, Password
from entrypoints.http.shapes import Input, Moment, Output

LONGEST_LINK = 4000


class CodeInput(Input, frozen=True):
    code: Code


class PasswordAndCodeInput(Input, frozen=True):
    password: Password
    code: Code


class SecondFactorBody(Output, frozen=True):
    """`since` is null where there is none."""

    since: Moment | None
    recovery_codes: Annotated[int, Meta(ge=0, le=CODES, description="Left.", examples=[CODES])]

    @classmethod
    def of(cls, member: Member, recovery_codes: int) -> "SecondFactorBody":
        return cls(since=member.second_factor_since, recovery_codes=recovery_codes)


class BegunSecondFactorBody(Output, frozen=True):
    """Shown here and never again."""

    link: Annotated[
        str,
        Meta(
            pattern="^otpauth://totp/[!-~]+$",
            max_length=LONGEST_LINK,
            description="What an authenticator reads, mostly from a picture of it.",
            examples=["otpauth://totp/Seaside%20Hotel:ada%40example.com?secret=JBSWY3DPEHPK3PXP"],
        ),
    ]
    secret: Annotated[
        str,
        Meta(
            pattern="^[A-Z2-7]{32}$",
            max_length=32,
            description="The same, to be typed.",
            examples=["JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"],
        ),
    ]

    @classmethod
    def of(cls, begun: BegunSecondFactor) -> "BegunSecondFactorBody":
        return cls(link=begun.link, secret=begun.secret)


RecoveryCode = Annotated[
    str,
    Meta(
        pattern=f"^[{PAPER}]{{4}}(-[{PAPER}]{{4}}){{5}}$",
        max_length=29,
        examples=["k3vb-9tzq-m2xa-7hwe-p4ru-c8dn"],
    ),
]


class RecoveryCodesBody(Output, frozen=True):
    """Each is good once. Shown here and never again: for paper, or wherever passwords are kept."""

    recovery_codes: Annotated[Sequence[RecoveryCode], Meta(min_length=CODES, max_length=CODES)]
