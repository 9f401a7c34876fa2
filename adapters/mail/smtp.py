"""Mail by SMTP (RFC 5321), encrypted unless somebody insists otherwise."""

import ssl
from collections.abc import Callable
from contextlib import closing, suppress
from email.message import EmailMessage
from enum import Enum
from functools import partial
from smtplib import (
    SMTP,
    SMTP_SSL,
    SMTPDataError,
    SMTPException,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
)

import attrs
from anyio import CapacityLimiter, to_thread

from adapters.mail.mime import Sender, mailbox, mime
from application.kernel.ports import Clock
from application.notifications.ports import Mailer, NotReached, NotSent
from domain.notifications.messages import Message, Undeliverable

PERMANENT = 500
CONNECTIONS = 4


class Security(Enum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@attrs.frozen(kw_only=True)
class SmtpServer:
    """`timeout` is how many seconds the server may be silent. Raises ValueError.

    The password is asked for with every connection: it may have been changed.
    """

    host: str
    port: int = 587
    security: Security = Security.STARTTLS
    username: str | None = attrs.field(default=None, repr=False)
    password: Callable[[], str] | None = attrs.field(default=None, repr=False)
    timeout: float = 10.0

    def __attrs_post_init__(self) -> None:
        if (self.username is None) != (self.password is None):
            raise ValueError("a user name and a password come together or not at all")
        if self.username is not None and self.security is Security.NONE:
            raise ValueError("a password is not sent to a mail server in the clear")


@attrs.frozen(kw_only=True)
class SmtpMailer(Mailer):
    """One connection a message, at most a few at once.

    SMTP cannot tell whether a message was sent before, so a crash at the wrong moment sends it
    twice, under the same `Message-ID`.
    """

    server: SmtpServer
    sender: Sender
    clock: Clock
    tls: ssl.SSLContext = attrs.field(factory=ssl.create_default_context, repr=False)
    limiter: CapacityLimiter = attrs.field(
        factory=partial(CapacityLimiter, CONNECTIONS), repr=False
    )

    async def send(self, message: Message, /) -> None:
        mail = mime(message, sender=self.sender, sent_at=self.clock())
        recipient = mailbox(message.to).addr_spec
        await to_thread.run_sync(self._deliver, mail, recipient, limiter=self.limiter)

    def _deliver(self, mail: EmailMessage, recipient: str) -> None:
        # Raised from None: the errors of smtplib quote addresses.
        try:
            with closing(self._connected()) as connection:
                self._log_in(connection)
                self._hand_over(connection, mail, recipient)
                # The server has the message: no failure to say goodbye may send it again.
                with suppress(SMTPException, OSError):
                    connection.quit()
        except (SMTPRecipientsRefused, SMTPDataError) as error:
            raise NotSent(
                f"the mail server does not take it now: {type(error).__name__}"
            ) from None
        except (SMTPException, OSError) as error:
            raise NotReached(
                f"the mail server could not be used: {type(error).__name__}"
            ) from None

    def _connected(self) -> SMTP:
        # Names itself by the sender's domain: looking up the own host name may take long.
        connect = partial(
            SMTP_SSL if self.server.security is Security.TLS else SMTP,
            self.server.host,
            self.server.port,
            local_hostname=self.sender.domain,
            timeout=self.server.timeout,
        )
        return connect(context=self.tls) if self.server.security is Security.TLS else connect()

    def _log_in(self, connection: SMTP) -> None:
        if self.server.security is Security.STARTTLS:
            connection.starttls(context=self.tls)
        if self.server.username is not None and self.server.password is not None:
            connection.login(self.server.username, self.server.password())

    def _hand_over(self, connection: SMTP, mail: EmailMessage, recipient: str) -> None:
        try:
            connection.send_message(mail, mailbox(self.sender.address).addr_spec, [recipient])
        except SMTPRecipientsRefused as refused:
            code, _ = refused.recipients[recipient]
            _give_up_if_permanent(code)
            raise
        except SMTPDataError as refused:
            _give_up_if_permanent(refused.smtp_code)
            raise
        except SMTPNotSupportedError:
            raise Undeliverable("the mail server takes ASCII addresses only") from None


def _give_up_if_permanent(code: int) -> None:
    if code >= PERMANENT:
        raise Undeliverable(f"the mail server refused it with {code}") from None
