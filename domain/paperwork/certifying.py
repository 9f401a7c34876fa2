"""Certificates of those who took part, and their numbers that nobody guesses.

`C` and sixteen characters of Crockford's base 32 (no I, L, O or U): eighty bits.
"""

from collections.abc import Callable, Iterator, Sequence

import attrs

from domain.kernel.identifiers import BookingId
from domain.paperwork.contents import Certificate
from domain.paperwork.issuing import Issuing, new_paper
from domain.paperwork.papers import Paper, PaperKind
from domain.paperwork.sources import SessionHeld, TookPart

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DIGITS = 16
NUMBERS = len(ALPHABET) ** DIGITS
PREFIX = "C"
LOOKS_LIKE = str.maketrans("OIL", "011")
CORRECTED = "the list of who came was corrected"

Place = tuple[BookingId, int]


def draw(chance: Callable[[int], int]) -> str:
    """`chance` gives an unguessable number below its argument."""
    number, symbols = chance(NUMBERS), ""
    for _ in range(DIGITS):
        number, digit = divmod(number, len(ALPHABET))
        symbols = ALPHABET[digit] + symbols
    return PREFIX + symbols


def read(text: str) -> str:
    """As somebody typed it: any case, spaces and hyphens, O for 0, I and L for 1."""
    cleaned = text.upper().replace("-", "").replace(" ", "")
    return cleaned[:1] + cleaned[1:].translate(LOOKS_LIKE)


@attrs.frozen(kw_only=True)
class Certifying:
    """`url_of` says where everybody can look a number up."""

    issuing: Issuing
    chance: Callable[[int], int]
    url_of: Callable[[str], str]

    def due(self, session: SessionHeld, filed: Sequence[Paper]) -> Iterator[Paper]:
        """New certificates, and those that somebody has not earned after all.

        `filed` are all that were issued for the session. Who had one that was revoked by hand
        gets no other.
        """
        standing = {place_of(paper): paper for paper in filed if paper.stands}
        revoked = {
            place_of(paper) for paper in filed if paper.withdrawn and paper.withdrawn.by_hand
        }
        earned = {(one.booking_id, one.place): one for one in session.took_part}
        ordinals = _ordinals(filed)
        for place, paper in standing.items():
            if place not in earned:
                yield paper.withdraw(CORRECTED, now=self.issuing.now)
        for place, one in earned.items():
            if place not in standing and place not in revoked:
                ordinals[one.booking_id] = ordinals.get(one.booking_id, 0) + 1
                yield self._certificate(session, one, ordinals[one.booking_id])

    def _certificate(self, session: SessionHeld, one: TookPart, ordinal: int) -> Paper:
        number, terms = draw(self.chance), self.issuing.terms
        completed_on = session.zone.date_at(session.ends_at)
        content = Certificate(
            issuer=terms.issuer_called(session.seller),
            recipient=one.recipient,
            reference=one.reference,
            title=session.title,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            zone=session.zone,
            place=one.place,
            level=session.level,
            trainer=session.trainer,
            completed_on=completed_on,
            expires_on=terms.expires_on(completed_on, refresher=session.refresher),
            url=self.url_of(number),
        )
        return new_paper(
            self.issuing,
            kind=PaperKind.CERTIFICATE,
            booking_id=one.booking_id,
            resource_id=session.resource_id,
            ordinal=ordinal,
            number=number,
            content=content,
        )


def place_of(paper: Paper) -> Place:
    if not isinstance(paper.content, Certificate):
        raise TypeError(paper.kind)
    return paper.booking_id, paper.content.place


def _ordinals(filed: Sequence[Paper]) -> dict[BookingId, int]:
    found: dict[BookingId, int] = {}
    for paper in filed:
        found[paper.booking_id] = max(found.get(paper.booking_id, 0), paper.ordinal)
    return found
