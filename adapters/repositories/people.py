"""Sessions and links of members in SQL, and the transaction about people."""

from datetime import datetime

import attrs
from sqlalchemy import delete, update

from adapters.mapping.people import mail_token_of
from adapters.repositories.api_keys import SqlAccess
from adapters.repositories.identity import SqlOrganizations
from adapters.repositories.members import SqlMembers
from adapters.repositories.queued_jobs import SqlJobQueue
from adapters.repositories.second_factors import SqlSecondFactors
from adapters.schema.people import mail_tokens, member_sessions
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from application.identity.people_ports import MailTokens, PeopleWork, Sessions
from domain.identity.mail_tokens import MailToken, MailTokenRefused, Purpose
from domain.identity.sessions import Session, SessionNotFound
from domain.kernel.identifiers import MemberId, SessionId


@attrs.frozen
class SqlSessions(Sessions):
    scope: Scope

    def add(self, session: Session) -> None:
        self.scope.add(member_sessions, **attrs.asdict(session, recurse=False))

    def seen(self, session_id: SessionId, *, at: datetime) -> None:
        self._change(session_id, seen_at=at)

    def renew(self, session_id: SessionId, *, digest: bytes, at: datetime) -> None:
        self._change(session_id, digest=digest, authenticated_at=at)

    def end(self, member_id: MemberId, session_id: SessionId) -> None:
        ended = self.scope.execute(
            delete(member_sessions).where(
                self.scope.owns(member_sessions),
                member_sessions.c.member_id == member_id,
                member_sessions.c.id == session_id,
            )
        )
        if ended.rowcount != 1:
            raise SessionNotFound(session_id)

    def end_all(self, member_id: MemberId, *, but: SessionId | None = None) -> int:
        theirs = delete(member_sessions).where(
            self.scope.owns(member_sessions), member_sessions.c.member_id == member_id
        )
        if but is not None:
            theirs = theirs.where(member_sessions.c.id != but)
        return self.scope.execute(theirs).rowcount

    def forget_expired(self, member_id: MemberId, *, now: datetime) -> None:
        self.scope.execute(
            delete(member_sessions).where(
                self.scope.owns(member_sessions),
                member_sessions.c.member_id == member_id,
                member_sessions.c.expires_at <= now,
            )
        )

    def _change(self, session_id: SessionId, **values: bytes | datetime) -> None:
        self.scope.execute(
            update(member_sessions)
            .where(self.scope.owns(member_sessions), member_sessions.c.id == session_id)
            .values(**values)
        )


@attrs.frozen
class SqlMailTokens(MailTokens):
    """Two who follow one link at the same time both delete its row, and one of them has it."""

    scope: Scope

    def add(self, token: MailToken) -> None:
        self.scope.add(
            mail_tokens,
            digest=token.digest,
            member_id=token.member_id,
            purpose=token.purpose.value,
            email=token.email,
            expires_at=token.expires_at,
        )

    def redeem(self, digest: bytes, purpose: Purpose, *, now: datetime) -> MailToken:
        redeemed = self.scope.execute(
            delete(mail_tokens)
            .where(
                self.scope.owns(mail_tokens),
                mail_tokens.c.digest == digest,
                mail_tokens.c.purpose == purpose.value,
                mail_tokens.c.expires_at > now,
            )
            .returning(mail_tokens)
        )
        row = redeemed.one_or_none()
        if row is None:
            raise MailTokenRefused
        token = mail_token_of(row)
        self.scope.execute(
            delete(mail_tokens).where(
                self.scope.owns(mail_tokens),
                mail_tokens.c.member_id == token.member_id,
                mail_tokens.c.purpose == purpose.value,
            )
        )
        return token

    def forget(self, member_id: MemberId) -> None:
        self.scope.execute(
            delete(mail_tokens).where(
                self.scope.owns(mail_tokens), mail_tokens.c.member_id == member_id
            )
        )

    def forget_expired(self, *, now: datetime) -> None:
        self.scope.execute(
            delete(mail_tokens).where(
                self.scope.owns(mail_tokens), mail_tokens.c.expires_at <= now
            )
        )


@attrs.frozen
class SqlPeopleWork(PeopleWork):
    organizations: SqlOrganizations
    members: SqlMembers
    access: SqlAccess
    sessions: SqlSessions
    mail_tokens: SqlMailTokens
    second_factors: SqlSecondFactors
    jobs: SqlJobQueue
    facts: EventLog

    @classmethod
    def on(cls, scope: Scope) -> "SqlPeopleWork":
        return cls(
            organizations=SqlOrganizations(scope),
            members=SqlMembers(scope),
            access=SqlAccess(scope),
            sessions=SqlSessions(scope),
            mail_tokens=SqlMailTokens(scope),
            second_factors=SqlSecondFactors(scope),
            jobs=SqlJobQueue(scope),
            facts=EventLog(scope),
        )
