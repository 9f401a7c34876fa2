"""The mail that customers got."""

import re
from collections import Counter
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path

import attrs

SUBJECT = re.compile(r"Booking (\S+) (confirmed|changed|cancelled):")
PAPERS = "Papers of "

Letter = tuple[str, str]
"""The reference of a booking, and what is said to have become of it."""


@attrs.define
class MailFolder:
    folder: Path
    _read: dict[str, Letter | None] = attrs.field(factory=dict, init=False)

    def count(self) -> int:
        return sum(1 for _ in self.folder.glob("*.eml"))

    def letters(self) -> Counter[Letter]:
        """How often each was sent. A file is there whole or not at all, and is read once.

        What papers were sent with says nothing about what has become of a booking.
        """
        for file in self.folder.glob("*.eml"):
            if file.name not in self._read:
                self._read[file.name] = _letter(file)
        return Counter(letter for letter in self._read.values() if letter is not None)


def _letter(file: Path) -> Letter | None:
    with file.open("rb") as content:
        subject = str(BytesHeaderParser(policy=default).parse(content)["Subject"])
    if subject.startswith(PAPERS):
        return None
    said = SUBJECT.match(subject)
    assert said is not None, subject
    return said[1], said[2]
