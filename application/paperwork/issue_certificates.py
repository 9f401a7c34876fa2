"""Certify who took part in a session, once it is over."""

from collections import defaultdict
from collections.abc import Callable

import attrs

from application.kernel.ports import Chance, Clock, NewId, UnitOfWork
from application.paperwork.issue_papers import send_new
from application.paperwork.ports import PaperWork
from domain.kernel.actors import Actor
from domain.kernel.identifiers import ResourceId
from domain.paperwork.certifying import Certifying, Place, place_of
from domain.paperwork.issuing import Issuing
from domain.paperwork.papers import Paper
from domain.paperwork.terms import USUAL_TERMS, PaperTerms


@attrs.frozen(kw_only=True)
class IssueCertificates:
    actor: Actor
    resource_id: ResourceId


@attrs.frozen(kw_only=True)
class IssueCertificatesHandler:
    unit_of_work: UnitOfWork[PaperWork]
    clock: Clock
    new_id: NewId
    chance: Chance
    url_of: Callable[[str], str]
    terms: PaperTerms = USUAL_TERMS

    async def __call__(self, command: IssueCertificates, /) -> int:
        """How many were issued or withdrawn."""

        def certify(work: PaperWork) -> int:
            session, now = work.sources.session(command.resource_id), self.clock()
            if session is None or now < session.ends_at:
                return 0
            certifying = Certifying(
                issuing=Issuing(
                    terms=self.terms, new_id=self.new_id, next_place=work.numbers.next, now=now
                ),
                chance=self.chance,
                url_of=self.url_of,
            )
            filed = work.papers.of_session(command.resource_id)
            due = [work.papers.save(paper) for paper in certifying.due(session, filed)]
            if self.terms.by_mail:
                _send_each(work, due)
            return len(due)

        return await self.unit_of_work(command.actor, certify)


def _send_each(work: PaperWork, papers: list[Paper]) -> None:
    """Everybody gets their own and nobody else's."""
    theirs = defaultdict[Place, list[Paper]](list)
    for paper in papers:
        theirs[place_of(paper)].append(paper)
    for some in theirs.values():
        send_new(work, some)
