"""Whom to write to."""

import re
from typing import ClassVar

import attrs

from domain.kernel.refusals import Invalid

# Deliberately loose: whether an address exists only a message to it can tell.
ADDRESS = re.compile(
    r"[^@\s,;<>\"()\[\]\\\x00-\x1f\x7f]+@[^@\s,;<>\"()\[\]\\.\x00-\x1f\x7f]+(\.[^@\s,;<>\"()\[\]\\.\x00-\x1f\x7f]+)+"
)
LONGEST_ADDRESS = 254  # RFC 5321, 4.5.3.1.3


@attrs.frozen
class BadEmail(Invalid):
    code: ClassVar[str] = "bad_email"
    field: ClassVar[str] = "contact/email"

    def __str__(self) -> str:
        return "an e-mail address looks like name@example.com"


@attrs.frozen
class BadName(Invalid):
    code: ClassVar[str] = "bad_name"
    field: ClassVar[str] = "contact/name"

    def __str__(self) -> str:
        return "a name has 2 to 100 printable characters"


def _trimmed(text: str) -> str:
    return " ".join(text.split())


def _address(text: str) -> str:
    return text.strip().lower()


@attrs.frozen(kw_only=True, repr=False)
class Contact:
    """The person who books. Addresses are compared trimmed and in lower case, so kept that way."""

    SHORTEST: ClassVar[int] = 2
    LONGEST: ClassVar[int] = 100

    name: str = attrs.field(converter=_trimmed)
    email: str = attrs.field(converter=_address)

    def __attrs_post_init__(self) -> None:
        if not (self.SHORTEST <= len(self.name) <= self.LONGEST and self.name.isprintable()):
            raise BadName
        if len(self.email) > LONGEST_ADDRESS or not ADDRESS.fullmatch(self.email):
            raise BadEmail

    def __repr__(self) -> str:
        """Personal data stays out of logs and tracebacks."""
        return "Contact(…)"
