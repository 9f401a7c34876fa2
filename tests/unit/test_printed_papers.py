"""Printed papers: the same to the byte, and text whatever people have entered."""

import subprocess
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import attrs
import pytest

from adapters.rendering.typst_printer import ARCHIVES, PLAIN, TypstPrinter
from domain.kernel.identifiers import BookingId, PaperId
from domain.kernel.money import Money
from domain.kernel.periods import Zone
from domain.paperwork.contents import (
    Bill,
    BillLine,
    BillTax,
    Certificate,
    Content,
    Issuer,
    Recipient,
    Voucher,
)
from domain.paperwork.papers import Paper, PaperKind
from tests.samples import FIRST_AID

NOON = datetime(2027, 3, 1, 12, tzinfo=timezone.utc)
ISSUER = Issuer(name="Harbour Training", address="1 Quay, Hull", bank_account="GB00 TEST")
PRINTER = TypstPrinter()


def voucher(name: str) -> Voucher:
    return Voucher(
        issuer=ISSUER,
        recipient=Recipient(name=name, email="ana@example.com"),
        reference="FD0000001S",
        title=name,
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=7),
        zone=Zone("Europe/London"),
        kind="training",
        attendees=(name,),
        promised=("2 x seat",),
    )


def bill(name: str) -> Bill:
    return Bill(
        issuer=ISSUER,
        recipient=Recipient(name=name, email="ana@example.com"),
        reference="FD0000001S",
        title=name,
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=7),
        zone=Zone("Europe/London"),
        attendees=(name,),
        lines=(BillLine(label=name, unit_price=Money(9900, "EUR"), amount=Money(9900, "EUR")),),
        taxes=(BillTax(name="VAT", basis_points=2000, included=True, amount=Money(1650, "EUR")),),
        total=Money(9900, "EUR"),
        due_on=date(2027, 3, 15),
    )


def certificate(name: str) -> Certificate:
    return Certificate(
        issuer=ISSUER,
        recipient=Recipient(name=name, email="ana@example.com"),
        reference="FD0000001S",
        title=name,
        starts_at=NOON,
        ends_at=NOON + timedelta(hours=7),
        zone=Zone("Europe/London"),
        place=1,
        trainer=name,
        completed_on=date(2027, 3, 1),
        expires_on=date(2030, 3, 1),
        url="https://desk.example.com/certificates/C0123456789ABCDEF",
    )


def paper(kind: PaperKind, content: Content) -> Paper:
    return Paper(
        id=PaperId(UUID(int=1)),
        kind=kind,
        booking_id=BookingId(UUID(int=2)),
        resource_id=FIRST_AID.id,
        ordinal=1,
        number="INV-2027-00001",
        content=content,
        issued_at=NOON,
    )


def every_kind(name: str) -> Sequence[Paper]:
    return (
        paper(PaperKind.VOUCHER, voucher(name)),
        paper(PaperKind.INVOICE, bill(name)),
        paper(PaperKind.CERTIFICATE, certificate(name)),
    )


HOSTILE = {
    "markup": "*bold* _it_ = head $x^2$ <label> @ref // /* `raw` \\ ~",
    "code": '#read("/etc/passwd") #import "house.typ" #panic("no") #{1+1} #sys.inputs',
    "html": "<script>alert(1)</script>&amp;",
    "quotes": '"\'); }] #[ " \\u{41}',
    "right to left": "\u202eשלום محمد\u202c",
    "letters": "Zoë Łukasz Ő Ελένη Иван Nguyễn Արմեն ნინო राम",
    "long": "W" * 100,
    "many words": "lorem ipsum " * 8,
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_what_people_enter_is_printed_and_never_done(name: str) -> None:
    for one in every_kind(name):
        printed = PRINTER.print(one)
        assert printed.content.startswith(b"%PDF-1.7")
        assert printed.standard == ARCHIVES


@pytest.mark.parametrize("name", ["王小明", "たなか", "김철수", "สมชาย", "Ana 😀"])
def test_what_no_font_can_write_is_printed_all_the_same(name: str) -> None:
    printed = PRINTER.print(paper(PaperKind.INVOICE, bill(name)))

    assert printed.standard == PLAIN
    assert printed.content.startswith(b"%PDF-1.7")


def test_more_fonts_may_be_brought_along(tmp_path: Path) -> None:
    usual = PRINTER.print(paper(PaperKind.VOUCHER, voucher("Ana")))
    with_none = TypstPrinter(fonts=tmp_path).print(paper(PaperKind.VOUCHER, voucher("Ana")))

    assert usual == with_none


def test_papers_that_say_something_else_look_different() -> None:
    one, other = (bill("Ana"), attrs.evolve(bill("Ana"), reference="FD0000002T"))
    first, second = (PRINTER.print(paper(PaperKind.INVOICE, each)) for each in (one, other))

    assert first.sha256 != second.sha256


ANOTHER_PROCESS = """
from tests.unit.test_printed_papers import PRINTER, every_kind
print(" ".join(PRINTER.print(one).sha256 for one in every_kind("Ana Sousa")))
"""


def test_another_process_prints_the_same_to_the_byte() -> None:
    here = [PRINTER.print(one).sha256 for one in every_kind("Ana Sousa")]
    there = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ANOTHER_PROCESS], capture_output=True, text=True, check=True
    )

    assert there.stdout.split() == here
