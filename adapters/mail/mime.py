"""Messages as RFC 5322 and MIME have them: seven bits wide, except for addresses that are not."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import attrs

from domain.notifications.messages import Attachment, Message, Undeliverable, is_address, one_line


@attrs.frozen(kw_only=True)
class Sender:
    """Raises ValueError."""

    name: str = attrs.field(converter=one_line)
    address: str

    def __attrs_post_init__(self) -> None:
        if not is_address(self.address):
            raise ValueError("mail needs the address of its sender, bare as in desk@example.com")

    @property
    def domain(self) -> str:
        return mailbox(self.address).domain


def mailbox(address: str, *, name: str = "") -> Address:
    """Splits an address, the domain in its ASCII form. Raises Undeliverable."""
    local, _, domain = address.rpartition("@")
    try:
        return Address(name, username=local, domain=domain.encode("idna").decode())
    except ValueError:
        raise Undeliverable("its address has no such form") from None


def mime(message: Message, *, sender: Sender, sent_at: datetime) -> EmailMessage:
    """Raises Undeliverable if nothing could be sent to that address."""
    recipient = mailbox(message.to)
    mail = EmailMessage(SMTP.clone(cte_type="7bit", utf8=not recipient.addr_spec.isascii()))
    mail["Message-ID"] = f"<{message.id}@{sender.domain}>"
    mail["Date"] = sent_at
    name = sender.name if message.sender_name is None else one_line(message.sender_name)
    mail["From"] = mailbox(sender.address, name=name)
    if message.reply_to is not None:
        mail["Reply-To"] = mailbox(message.reply_to)
    mail["To"] = recipient
    mail["Subject"] = message.subject
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday replies, please
    mail.set_content(message.text)
    for attachment in message.attachments:
        _attach(mail, attachment)
    return mail


def _attach(mail: EmailMessage, attachment: Attachment) -> None:
    reader = EmailMessage(SMTP)
    reader["Content-Type"] = attachment.content_type
    content_type = reader["Content-Type"]
    mail.add_attachment(
        attachment.content,
        maintype=content_type.maintype,
        subtype=content_type.subtype,
        params=dict(content_type.params),
        filename=attachment.filename,
    )
