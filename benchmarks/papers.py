"""Invoices printed a second, beside one line of text that typst sets without any of ours."""

from functools import partial
from itertools import count

import attrs
import typst
from anyio import to_thread

from adapters.rendering.typst_printer import AT_ONCE, TypstPrinter
from benchmarks.measuring import Effort, Figures, contest, hammer
from benchmarks.tables import heading, table
from domain.paperwork.papers import PaperKind
from tests.unit.test_printed_papers import bill, paper

SERIAL = count(1)


async def printed(printer: TypstPrinter, number: int) -> None:
    """Never the same twice: typst remembers what it has set before."""
    another = attrs.evolve(bill(f"Guest {number}"), reference=f"FD{next(SERIAL):08}")
    await printer(paper(PaperKind.INVOICE, another))


async def one_line(_: int) -> None:
    text = f"Invoice {next(SERIAL)}".encode()
    await to_thread.run_sync(partial(typst.compile, text, format="pdf", ignore_system_fonts=True))


async def run(effort: Effort) -> None:
    printer = TypstPrinter()

    async def ours() -> Figures:
        return await hammer(partial(printed, printer), tasks=AT_ONCE, seconds=effort.seconds)

    async def floor() -> Figures:
        return await hammer(one_line, tasks=AT_ONCE, seconds=effort.seconds)

    found = await contest({"an invoice": ours, "one line": floor}, effort)
    heading("Papers printed")
    table(
        ["", "per s", "p50 ms", "p99 ms"],
        [[name, one.rate, one.p50, one.p99] for name, one in found.items()],
    )
