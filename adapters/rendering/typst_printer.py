"""`Printer` by typst: PDF that is the same to the byte whenever it is made of the same paper."""

import json
from functools import partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import attrs
import typst
from anyio import CapacityLimiter, to_thread

from adapters.rendering.paper_words import said
from application.paperwork.ports import Printed, Printer
from domain.paperwork.papers import Paper, PaperKind

AT_ONCE = 2
ARCHIVES = "PDF/A-2b"
PLAIN = "PDF 1.7"
TEMPLATES = {
    PaperKind.VOUCHER: "voucher.typ",
    PaperKind.INVOICE: "bill.typ",
    PaperKind.CREDIT_NOTE: "bill.typ",
    PaperKind.RECEIPT: "receipt.typ",
    PaperKind.CERTIFICATE: "certificate.typ",
}


@attrs.frozen(kw_only=True)
class TypstPrinter(Printer):
    """In a thread: typst lets others have the interpreter meanwhile.

    It brings its own fonts and looks for no others than those in `fonts`. What none of them can
    write keeps its place and its text can be copied, but then it is no PDF for archives.
    """

    fonts: Path | None = None
    limiter: CapacityLimiter = attrs.field(factory=partial(CapacityLimiter, AT_ONCE), repr=False)

    async def __call__(self, paper: Paper, /) -> Printed:
        return await to_thread.run_sync(self.print, paper, limiter=self.limiter)

    def print(self, paper: Paper) -> Printed:
        compile_ = partial(self._compiled, TEMPLATES[paper.kind], json.dumps(said(paper)))
        try:
            content, standard = compile_(["a-2b"]), ARCHIVES
        except typst.TypstError as error:
            if "could not be displayed" not in error.message:
                raise
            content, standard = compile_([]), PLAIN
        return Printed(content=content, sha256=sha256(content).hexdigest(), standard=standard)

    def _compiled(self, template: str, data: str, standards: list[Any]) -> bytes:
        folder = Path(str(files("adapters.rendering") / "templates"))
        printed = typst.compile(
            folder / template,
            root=folder,
            font_paths=[] if self.fonts is None else [self.fonts],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=standards,
            sys_inputs={"data": data},
        )
        if not isinstance(printed, bytes):
            raise TypeError(type(printed))
        return printed
