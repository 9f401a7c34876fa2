"""Members and sessions in JSON."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from application.identity.open_session import OpenedSession
from application.identity.renewed_sessions import RenewedSession
from domain.identity.mail_tokens import WORD
from domain.identity.members import Member, MemberState
from domain.identity.roles import Role
from domain.identity.secrets import LENGTH_WITHOUT_WORD, pattern
from domain.identity.sessions import LONGEST_DEVICE, Session
from domain.identity.sessions import WORD as SESSION
from domain.kernel.actors import Permission
from entrypoints.http.paging import LARGEST_PAGE, Next
from entrypoints.http.shapes import (
    ONE_LINE,
    Email,
    Identifier,
    Input,
    Moment,
    Output,
    PersonName,
    Version,
)

MOST_SESSIONS = 10_000
MOST_PERMISSIONS = 100
LONGEST_PASSWORD = 1000
ZEROS, DRAWN = "0" * 32, "x" * 43

Slug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$(?!\n)",
        min_length=1,
        max_length=63,
        examples=["seaside"],
    ),
]
OrganizationName = Annotated[
    str, Meta(pattern=ONE_LINE, min_length=1, max_length=100, examples=["Seaside Hotel"])
]
Password = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=LONGEST_PASSWORD,
        pattern=r"^[^\x00]+$",
        description="15 to 128 characters of any kind, 8 beside a second factor; none that "
        "anybody would try first.",
        examples=["seven green doors and a gate"],
    ),
]
Code = Annotated[
    str,
    Meta(
        pattern="^[0-9A-Za-z -]+$",
        min_length=6,
        max_length=40,
        description="Six digits of an authenticator, or a recovery code; each is good once.",
        examples=["287082"],
    ),
]
MailTokenText = Annotated[
    str,
    Meta(
        pattern=f"^{pattern(WORD)}$",
        max_length=LENGTH_WITHOUT_WORD + len(WORD),
        description="From the link in the letter.",
        examples=[f"fd_{WORD}_{ZEROS}_{DRAWN}"],
    ),
]
SessionToken = Annotated[
    str,
    Meta(
        pattern=f"^{pattern(SESSION)}$",
        max_length=LENGTH_WITHOUT_WORD + len(SESSION),
        description="Shown here and never again: `Authorization: Bearer fd_session_…`.",
        examples=[f"fd_{SESSION}_{ZEROS}_{DRAWN}"],
    ),
]

BERT = {"email": "bert@example.com", "name": "Bert Brecht", "role": "viewer"}
ADA = {"organization": "seaside", "email": "ada@example.com", "password": "seven green doors ajar"}
NEW = {"token": f"fd_{WORD}_{ZEROS}_{DRAWN}", "password": "seven green doors and a gate"}


class InvitationInput(Input, frozen=True):
    email: Email
    name: PersonName
    role: Role


class RoleInput(Input, frozen=True):
    role: Role


class NameInput(Input, frozen=True):
    name: PersonName


class EmailInput(Input, frozen=True):
    email: Email


class CredentialsInput(Input, frozen=True):
    organization: Slug
    email: Email
    password: Password
    code: Code | None = None


class ResetInput(Input, frozen=True):
    organization: Slug
    email: Email


class NewPasswordInput(Input, frozen=True):
    token: MailTokenText
    password: Password


class TokenInput(Input, frozen=True):
    token: MailTokenText


class PasswordInput(Input, frozen=True):
    password: Password
    code: Code | None = None


class ChangedPasswordInput(Input, frozen=True):
    current: Password
    password: Password


class OwnerInput(Input, frozen=True):
    email: Email
    name: PersonName


class RegistrationInput(Input, frozen=True):
    slug: Slug
    name: OrganizationName
    owner: OwnerInput


class MemberBody(Output, frozen=True):
    """Who is `invited` has not followed the link in the letter yet."""

    id: Identifier
    version: Version
    email: Email
    name: PersonName
    role: Role
    state: MemberState
    second_factor: bool
    created_at: Moment

    @classmethod
    def of(cls, member: Member) -> "MemberBody":
        return cls(
            id=member.id,
            version=member.version,
            email=member.email,
            name=member.name,
            role=member.role,
            state=member.state,
            second_factor=member.has_second_factor,
            created_at=member.created_at,
        )


class MemberPage(Output, frozen=True):
    items: Annotated[Sequence[MemberBody], Meta(max_length=LARGEST_PAGE)]
    next: Next | None


class SessionBody(Output, frozen=True):
    """Where a member has signed in. `current` is the one this request came with."""

    id: Identifier
    device: Annotated[str, Meta(max_length=LONGEST_DEVICE, pattern=r"^[^\x00]*$")]
    address: Annotated[str, Meta(max_length=45, pattern=r"^[0-9a-fA-F.:]*$")]
    created_at: Moment
    seen_at: Moment
    expires_at: Moment
    current: bool

    @classmethod
    def of(cls, session: Session, *, current: Session) -> "SessionBody":
        return cls(
            id=session.id,
            device=session.device,
            address=session.address,
            created_at=session.created_at,
            seen_at=session.seen_at,
            expires_at=session.expires_at,
            current=session.id == current.id,
        )


class SessionList(Output, frozen=True):
    items: Annotated[Sequence[SessionBody], Meta(max_length=MOST_SESSIONS)]


class OpenedSessionBody(Output, frozen=True):
    token: SessionToken
    expires_at: Moment
    session_id: Identifier
    member: MemberBody

    @classmethod
    def of(cls, opened: OpenedSession) -> "OpenedSessionBody":
        return cls(
            token=opened.secret,
            expires_at=opened.session.expires_at,
            session_id=opened.session.id,
            member=MemberBody.of(opened.member),
        )

    @classmethod
    def renewed(cls, session: Session, renewed: RenewedSession) -> "OpenedSessionBody":
        return cls(
            token=renewed.secret,
            expires_at=session.expires_at,
            session_id=session.id,
            member=MemberBody.of(renewed.member),
        )


class AccountBody(Output, frozen=True):
    """Oneself, and what one may do."""

    version: Version
    member: MemberBody
    new_email: Email | None
    permissions: Annotated[Sequence[Permission], Meta(max_length=MOST_PERMISSIONS)]

    @classmethod
    def of(cls, member: Member) -> "AccountBody":
        return cls(
            version=member.version,
            member=MemberBody.of(member),
            new_email=member.new_email,
            permissions=sorted(member.role.permissions, key=lambda one: one.value),
        )


class EndedBody(Output, frozen=True):
    ended: Annotated[int, Meta(ge=0, le=MOST_SESSIONS, description="Sessions.", examples=[1])]


class LetterBody(Output, frozen=True):
    """The same for everybody, so that nobody learns who there is."""

    detail: Annotated[str, Meta(max_length=200, pattern=ONE_LINE)]
