"""Papers in words: plain English, times as the clock at the place shows them."""

from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import segno

from domain.kernel.periods import Zone
from domain.paperwork.contents import (
    Bill,
    BillLine,
    BillTax,
    Certificate,
    Content,
    Receipt,
    Voucher,
)
from domain.paperwork.papers import Paper

# Not strftime: its names follow the locale of the process.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

Said = dict[str, Any]


def said(paper: Paper) -> Said:
    """What the template of the paper is given: texts, and nothing to reckon with."""
    content, day = paper.content, paper.issued_on
    common: Said = {
        "date": [day.year, day.month, day.day],
        "issuer": [text for text in _issuer(content) if text],
        "recipient": [content.recipient.name, content.recipient.email],
        "notes": [],
        "code": None,
        "code_says": "",
        "people": [],
    }
    match content:
        case Voucher():
            return common | _voucher(paper, content)
        case Bill():
            return common | _bill(paper, content)
        case Receipt():
            return common | _receipt(paper, content)
        case Certificate():
            return common | _certificate(paper, content)
    raise TypeError(type(content))


def _issuer(content: Content) -> Iterator[str]:
    issuer = content.issuer
    yield issuer.name or content.reference
    yield from issuer.address.split(", ")
    yield f"Tax number {issuer.tax_number}" if issuer.tax_number else ""
    yield issuer.email
    yield issuer.phone


def _voucher(paper: Paper, voucher: Voucher) -> Said:
    return {
        "title": f"Voucher {paper.number}",
        "code": qr_code(voucher.reference),
        "code_says": f"QR code of {voucher.reference}",
        "facts": [
            ["Booking", voucher.reference],
            ["For", voucher.recipient.name],
            *_what(voucher),
        ],
        "promised": list(voucher.promised),
        "people": list(voucher.attendees),
    }


def _bill(paper: Paper, bill: Bill) -> Said:
    title = f"Credit note {paper.number}" if bill.corrects else f"Invoice {paper.number}"
    facts = [["Issued on", day(paper.issued_on)]]
    if bill.corrects:
        facts += [["Corrects invoice", bill.corrects], ["Because", bill.reason]]
    if bill.due_on is not None:
        facts.append(["Due on", day(bill.due_on)])
    facts += [["Booking", bill.reference], *_what(bill)]
    return {
        "title": title,
        "facts": facts,
        "rows": [_row(line) for line in bill.lines],
        "totals": [
            ["Net", str(bill.net)],
            *map(_tax, bill.taxes),
            ["Total", str(bill.total)],
        ],
        "people": list(bill.attendees),
        "notes": _payment(paper, bill),
    }


def _payment(paper: Paper, bill: Bill) -> list[str]:
    account = bill.issuer.bank_account
    if not account or bill.corrects:
        return []
    return [f"Please pay to {account} and name {paper.number}."]


def _receipt(paper: Paper, receipt: Receipt) -> Said:
    return {
        "title": f"Receipt {paper.number}",
        "facts": [
            ["Received", str(receipt.received)],
            ["On", day(receipt.received_on)],
            ["How", receipt.method.replace("_", " ")],
            ["Booking", receipt.reference],
            *_what(receipt),
        ],
    }


def _certificate(paper: Paper, certificate: Certificate) -> Said:
    facts = [
        ["Completed on", day(certificate.completed_on)],
        ["Good until", day(certificate.expires_on)],
        ["Level", certificate.level],
        ["Trainer", certificate.trainer],
        ["Number", spaced(paper.number)],
        ["Verify at", certificate.url],
    ]
    return {
        "title": f"Certificate {spaced(paper.number)}",
        "subject": certificate.title,
        "code": qr_code(certificate.url),
        "code_says": "QR code of where this can be verified",
        "facts": [fact for fact in facts if fact[1]],
    }


def _what(content: Content) -> list[list[str]]:
    return [
        ["What", content.title],
        ["From", when(content.starts_at, content.zone)],
        ["Until", when(content.ends_at, content.zone)],
    ]


def _row(line: BillLine) -> list[str]:
    label = line.label if line.day is None else f"{line.label}, {day(line.day)}"
    return [label, str(line.units), str(line.unit_price), str(line.amount)]


def _tax(tax: BillTax) -> list[str]:
    rate = "" if tax.basis_points is None else f" {tax.basis_points / 100:g} %"
    return [f"{tax.name}{rate}", str(tax.amount)]


def spaced(number: str) -> str:
    """In groups that can be read out."""
    return "-".join((number[0], *(number[at : at + 4] for at in range(1, len(number), 4))))


def day(moment: date) -> str:
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def when(moment: datetime, zone: Zone) -> str:
    wall = zone.wall_time(moment)
    return f"{day(wall.date())}, {wall:%H:%M} ({zone.name})"


def qr_code(text: str) -> str:
    """As SVG."""
    drawing = BytesIO()
    segno.make(text, error="m", micro=False).save(drawing, kind="svg", xmldecl=False, border=1)
    return drawing.getvalue().decode()
