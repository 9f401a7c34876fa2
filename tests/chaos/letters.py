"""The mail that customers got."""

import re
from collections import Counter
from collections.abc import Iterable
from email.parser import BytesHeaderParser
from email.policy import default
from pathlib import Path

import attrs

SUBJECT = re.compile(r"Booking (\S+) (confirmed|changed|cancelled):")
SENT_WITH = re.compile(r"Papers of (\S+): (.+)")
PAPERS = "papers: "

Letter = tuple[str, str]
"""The reference of a booking, and what is said to have become of it, or is sent with it."""


@attrs.define
class MailFolder:
    folder: Path
    _read: dict[str, Letter] = attrs.field(factory=dict, init=False)

    def count(self) -> int:
        return sum(1 for _ in self.folder.glob("*.eml"))

    def letters(self) -> Counter[Letter]:
        """How often each was sent that says what has become of a booking."""
        return Counter(letter for letter in self._all() if not letter[1].startswith(PAPERS))

    def papers(self) -> Counter[Letter]:
        """How often each was sent that has papers with it."""
        return Counter(letter for letter in self._all() if letter[1].startswith(PAPERS))

    def _all(self) -> Iterable[Letter]:
        """A file is there whole or not at all, and is read once."""
        for file in self.folder.glob("*.eml"):
            if file.name not in self._read:
                self._read[file.name] = _letter(file)
        return self._read.values()


def _letter(file: Path) -> Letter:
    with file.open("rb") as content:
        subject = str(BytesHeaderParser(policy=default).parse(content)["Subject"])
    if papers := SENT_WITH.match(subject):
        return papers[1], f"{PAPERS}{papers[2]}"
    said = SUBJECT.match(subject)
    assert said is not None, subject
    return said[1], said[2]
