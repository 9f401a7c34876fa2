"""From a booking to its papers, in the letter box and nowhere twice."""

from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from dependency_injector import providers

from adapters.rendering.typst_printer import TypstPrinter
from application.kernel.pages import Slice
from application.paperwork.ports import Printed, Printer
from domain.kernel.identifiers import BookingId
from domain.paperwork.papers import Paper, PaperKind
from tests.contract.desks import Desk
from tests.worker.offices import Place, at_work, eventually

pytestmark = pytest.mark.anyio

BOTH = {PaperKind.VOUCHER, PaperKind.INVOICE}


async def papers(desk: Desk, id: BookingId) -> Sequence[Paper]:
    page = await desk.container.paperwork.views().papers_of(
        desk.actor, id, kind=None, slice=Slice(limit=20)
    )
    return [view.paper for view in page.items]


async def sent(desk: Desk, id: BookingId, number: int) -> None:
    async def are_sent() -> bool:
        found = await papers(desk, id)
        return len([paper for paper in found if paper.sent_at]) == number

    await eventually(are_sent)


async def test_a_confirmed_booking_has_its_papers_sent_once(desk: Desk, place: Place) -> None:
    async with at_work(desk.container):
        await desk.confirm(id := await desk.hold(1))
        await sent(desk, id, 2)

    found = await papers(desk, id)
    assert {paper.kind for paper in found} == BOTH
    (mail,) = place.papers()
    assert mail["To"] == "ann@example.com"
    files = {one.get_filename(): one.get_content() for one in mail.iter_attachments()}
    assert set(files) == {f"{paper.kind.value}-{paper.number}.pdf" for paper in found}
    for paper in found:
        printed = await desk.container.paperwork.views().printed(desk.actor, paper.id)
        assert files[f"{paper.kind.value}-{paper.number}.pdf"] == printed.content


async def test_a_cancelled_booking_has_its_credit_note_sent(desk: Desk, place: Place) -> None:
    async with at_work(desk.container):
        await desk.confirm(id := await desk.hold(1))
        await sent(desk, id, 2)
        await desk.cancel(id)
        await sent(desk, id, 3)

    first, second = place.papers()
    assert second["Subject"].endswith(": credit note")
    assert first["Message-ID"] != second["Message-ID"]


@attrs.define
class Jammed(Printer):
    """Until somebody has looked after it."""

    printer: Printer
    jammed: bool = True

    async def __call__(self, paper: Paper, /) -> Printed:
        if self.jammed:
            raise RuntimeError("paper jam")
        return await self.printer(paper)


async def test_a_paper_that_cannot_be_printed_is_shown_and_not_passed_over(
    desk: Desk, place: Place
) -> None:
    jammed = Jammed(TypstPrinter())
    printing: Any = desk.container.paperwork.printing
    printing.add_kwargs(printer=providers.Object(jammed))
    usual = desk.container.jobs.job_settings()
    hasty = attrs.evolve(usual, retry_after=(0.01,))
    desk.container.jobs.job_settings.override(providers.Object(hasty))
    engine = desk.container.jobs.engine()
    async with at_work(desk.container):
        await desk.confirm(id := await desk.hold(1))

        async def is_dead() -> bool:
            return bool(await engine.dead(limit=9))

        await eventually(is_dead)
        (dead,) = await engine.dead(limit=9)
        assert (dead.name, place.papers()) == ("send_papers", [])
        assert "RuntimeError" in dead.error
        assert len(await papers(desk, id)) == len(BOTH), "issued all the same"

        jammed.jammed = False
        await engine.retry(dead.id)
        await sent(desk, id, 2)

    assert len(place.papers()) == 1
