"""Papers of a customer, to be shown to them."""

from collections.abc import Sequence
from uuid import UUID

import attrs

from adapters.mapping.kept import kept_paper
from adapters.mapping.papers import paper_of, with_keys
from adapters.schema.papers import papers
from adapters.sql.scope import Scope
from domain.bookings.kept import KeptPaper

TOGETHER = 100


@attrs.frozen
class KeptPapers:
    scope: Scope

    def of(self, booking_ids: Sequence[UUID]) -> Sequence[KeptPaper]:
        found = list[KeptPaper]()
        for start in range(0, len(booking_ids), TOGETHER):
            some = papers.c.booking_id.in_(booking_ids[start : start + TOGETHER])
            question = with_keys().where(self.scope.owns(papers), some)
            ordered = question.order_by(papers.c.issued_at, papers.c.id)
            rows = self.scope.ask(ordered)
            found += [kept_paper(paper_of(row, self.scope.vault)) for row in rows]
        return found
