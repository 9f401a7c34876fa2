"""Papers in SQL, their numbers and their files."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs
from sqlalchemy import Insert, Integer, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from adapters.mapping.papers import (
    certificates_of,
    content_of,
    converter,
    one_paper,
    paper_of,
    papers_for_bookings,
    papers_of_booking,
    sealed_content,
)
from adapters.mapping.sealed_parts import place_of
from adapters.schema.data_keys import data_keys
from adapters.schema.papers import (
    certificate_numbers,
    joint_shares,
    paper_files,
    paper_series,
    papers,
)
from adapters.sql.event_log import EventLog
from adapters.sql.scope import Scope
from adapters.sql.versions import store
from application.paperwork.ports import PaperFiles, Papers, Printed, SeriesOfNumbers
from domain.kernel.identifiers import BookingId, PaperId, ResourceId
from domain.paperwork.contents import Bill
from domain.paperwork.papers import Paper, PaperKind
from domain.paperwork.refusals import PaperNotFound


@attrs.frozen
class SqlPapers(Papers):
    scope: Scope

    def get(self, paper_id: PaperId) -> Paper:
        """Locked: files come and go with what the paper says."""
        key = {"p_organization_id": self.scope.organization_id, "p_id": paper_id}
        row = self.scope.execute(one_paper().with_for_update(of=papers), key).one_or_none()
        if row is None:
            raise PaperNotFound(paper_id)
        return paper_of(row, self.scope.vault)

    def of_booking(self, booking_id: BookingId) -> Sequence[Paper]:
        key = {"p_organization_id": self.scope.organization_id, "p_booking_id": booking_id}
        found = self.scope.ask(papers_of_booking(), key)
        return [paper_of(row, self.scope.vault) for row in found]

    def about(self, booking_ids: Sequence[BookingId]) -> Sequence[Paper]:
        key = {"p_organization_id": self.scope.organization_id, "p_booking_ids": booking_ids}
        found = self.scope.ask(papers_for_bookings(), key)
        return [paper_of(row, self.scope.vault) for row in found]

    def of_session(self, resource_id: ResourceId) -> Sequence[Paper]:
        key = {"p_organization_id": self.scope.organization_id, "p_resource_id": resource_id}
        found = self.scope.ask(certificates_of(), key)
        return [paper_of(row, self.scope.vault) for row in found]

    def save(self, paper: Paper) -> Paper:
        numbered, amount, fees = paper.numbered, paper.content.amount, paper.fees
        version = store(
            self.scope,
            papers,
            paper.id,
            paper.version,
            kind=paper.kind.value,
            booking_id=paper.booking_id,
            resource_id=paper.resource_id,
            ordinal=paper.ordinal,
            number=paper.number,
            series=numbered and numbered.series,
            year=numbered and numbered.year,
            place=numbered and numbered.place,
            corrects=paper.corrects,
            issued_at=paper.issued_at,
            sent_at=paper.sent_at,
            total_minor=amount and amount.minor,
            currency=amount and amount.currency,
            content=self._content(paper),
            withdrawn=converter.unstructure(paper.withdrawn),
            reissues=converter.unstructure(paper.reissues),
            fees_minor=0 if fees is None else fees.minor,
        )
        if paper.version == 0 and paper.kind is PaperKind.CERTIFICATE:
            self.scope.add(certificate_numbers, number=paper.number, id=paper.id)
        if paper.version == 0 and isinstance(paper.content, Bill):
            for part in paper.content.parts:
                share = part.total.minor
                self.scope.add(
                    joint_shares, id=paper.id, booking_id=part.booking_id, total_minor=share
                )
        EventLog(self.scope).publish(paper.events)
        return attrs.evolve(paper, version=version, events=())

    def _content(self, paper: Paper) -> dict[str, Any]:
        key = None if paper.nobodys else key_of(self.scope, paper)
        if key is None:
            return content_of(paper.content)
        place = place_of(self.scope.organization_id, paper.booking_id)
        return sealed_content(paper.content, self.scope.vault, key, place)


@attrs.frozen
class SqlSeriesOfNumbers(SeriesOfNumbers):
    scope: Scope

    def next(self, series: str, year: int) -> int:
        given = self.scope.execute(
            _giving(self.scope.connection.dialect.name),
            {
                "p_organization_id": self.scope.organization_id,
                "p_series": series,
                "p_year": year,
            },
        )
        place: int = given.scalar_one()
        return place


@lru_cache
def _giving(dialect: str) -> Any:
    """One statement, which waits for whoever was given the one before."""
    columns = paper_series.c
    new: Any = {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert(paper_series)
    return (
        new.values(
            organization_id=bindparam("p_organization_id", type_=columns.organization_id.type),
            series=bindparam("p_series", type_=columns.series.type),
            year=bindparam("p_year", type_=Integer()),
            last=1,
        )
        .on_conflict_do_update(
            index_elements=["organization_id", "series", "year"], set_={"last": columns.last + 1}
        )
        .returning(columns.last)
    )


@attrs.frozen
class SqlPaperFiles(PaperFiles):
    scope: Scope

    def keep(self, paper: Paper, printed: Printed) -> None:
        key = None if paper.nobodys else key_of(self.scope, paper)
        place = place_of(self.scope.organization_id, paper.booking_id)
        vault, plain = self.scope.vault, printed.content
        self.scope.execute(
            _keeping(self.scope.connection.dialect.name),
            {
                "organization_id": self.scope.organization_id,
                "id": paper.id,
                "sha256": printed.sha256,
                "standard": printed.standard,
                "sealed": key is not None,
                "content": plain if key is None else vault.seal(key, plain, place).encode(),
            },
        )

    def forget(self, paper: Paper) -> None:
        self.scope.execute(
            delete(paper_files).where(self.scope.owns(paper_files), paper_files.c.id == paper.id)
        )


@lru_cache
def _keeping(dialect: str) -> Insert:
    new: Any = {"postgresql": postgresql, "sqlite": sqlite}[dialect].insert(paper_files)
    keeping: Insert = new.on_conflict_do_nothing(index_elements=["organization_id", "id"])
    return keeping


def key_of(scope: Scope, paper: Paper) -> str | None:
    """The key of its booking, if that has one."""
    if not scope.vault.is_set_up:
        return None
    found = scope.ask(
        select(data_keys.c.wrapped).where(
            scope.owns(data_keys), data_keys.c.id == paper.booking_id
        )
    )
    key: str | None = found.scalar_one_or_none()
    return key
