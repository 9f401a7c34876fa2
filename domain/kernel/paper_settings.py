"""What an organization may set about its papers."""

from domain.kernel.settings import Setting, SettingType, between, like, text

SERIES = "[A-Z]{1,8}"
MOST_FEE = 100_000


def _said(key: str, description: str, *, longest: int) -> Setting:
    return Setting(
        key=key,
        type=SettingType.STRING,
        category=key.partition(".")[0],
        description=description,
        default="",
        rule=text(longest),
    )


def _series(key: str, default: str, what: str) -> Setting:
    return Setting(
        key=key,
        type=SettingType.STRING,
        category="papers",
        description=f"What the numbers of {what} to come begin with.",
        default=default,
        rule=like(SERIES, "1 to 8 capital letters from A to Z"),
    )


def _number(key: str, default: int, range: tuple[int, int], description: str) -> Setting:
    return Setting(
        key=key,
        type=SettingType.NUMBER,
        category=key.partition(".")[0],
        description=description,
        default=default,
        rule=between(*range),
    )


PAPER_SETTINGS: tuple[Setting, ...] = (
    _said(
        "desk.legal_name",
        "Who issues papers; without it, the name of the organization.",
        longest=100,
    ),
    _said("desk.tax_number", "The tax number on papers.", longest=40),
    _said("desk.bank_account", "Where invoices ask to be paid to.", longest=100),
    _series("papers.invoice_series", "INV", "invoices"),
    _series("papers.credit_note_series", "CN", "credit notes"),
    _series("papers.receipt_series", "RC", "receipts"),
    _number("papers.payment_days", 14, (0, 365), "How many days there are to pay an invoice in."),
    _number(
        "papers.reissue_free_days",
        90,
        (0, 3650),
        "For how many days after what was booked its papers are issued again for nothing.",
    ),
    _number(
        "papers.reissue_fee_minor",
        500,
        (0, MOST_FEE),
        "The fee after that, in minor units of the currency of the paper; 0 for none.",
    ),
    _number("papers.reissues", 5, (0, 100), "How often one paper is issued again at the most."),
    Setting(
        key="papers.by_mail",
        type=SettingType.BOOLEAN,
        category="papers",
        description="Whether papers are sent to customers when they are issued.",
        default=True,
    ),
    _number("certificates.years", 3, (1, 50), "For how many years a certificate is good."),
    _number(
        "certificates.refresher_years",
        1,
        (1, 50),
        "The same of sessions whose level or category is `refresher`.",
    ),
)
