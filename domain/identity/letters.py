"""What members are written: a link, and what it is for."""

from collections.abc import Mapping
from uuid import UUID

import attrs

from domain.identity.mail_tokens import Purpose
from domain.kernel.personal import personal

SUBJECTS: Mapping[Purpose, str] = {
    Purpose.INVITATION: "Your account at {organization}",
    Purpose.EMAIL: "Is this your address? ({organization})",
    Purpose.RESET: "A new password for {organization}",
}
TEXTS: Mapping[Purpose, str] = {
    Purpose.INVITATION: "You have an account at {organization}. Choose a password to begin with:",
    Purpose.EMAIL: "Somebody of {organization} wants to use this address. If that was you:",
    Purpose.RESET: "Somebody asked for a new password for your account at {organization}. "
    "If that was you:",
}
GOOD_FOR: Mapping[Purpose, str] = {
    Purpose.INVITATION: "seven days",
    Purpose.EMAIL: "one day",
    Purpose.RESET: "30 minutes",
}


@attrs.frozen(kw_only=True)
class Letter:
    """Letters with the same id are the same letter, written again."""

    id: UUID
    to: str = attrs.field(repr=False)
    subject: str
    text: str = attrs.field(repr=False, metadata=personal("sent, and not kept"))


def written(purpose: Purpose, *, id: UUID, to: str, organization: str, link: str) -> Letter:
    text = "\n\n".join(
        (
            TEXTS[purpose].format(organization=organization),
            link,
            f"This is good once, for {GOOD_FOR[purpose]}. If you did not expect it, do nothing.",
        )
    )
    subject = SUBJECTS[purpose].format(organization=organization)
    return Letter(id=id, to=to, subject=subject, text=text + "\n")
