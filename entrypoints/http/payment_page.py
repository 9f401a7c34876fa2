"""Routes of the payment page: a stand-in for a provider's own, while payments are simulated.

Nothing is entered there, least of all a card: the customer chooses what shall come of it. It
works without scripts. Whoever has the address is the customer.
"""

import hashlib
import re
from base64 import b64encode
from html import escape
from urllib.parse import quote, urlsplit

from litestar import Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, SkipValidation

from application.payments.payment_page import (
    WALK_AWAY,
    NoSuchChoice,
    NoSuchPaymentPage,
    PaymentPage,
    PaymentPages,
)
from domain.payments.provider import ProviderStatus
from entrypoints.http.operations import Operation

UNDESCRIBED = Operation(tag="description", needs=None, shows=None).opt

STYLE = (
    "body{font:1.125rem/1.5 system-ui,sans-serif;max-width:36rem;margin:2rem auto;"
    "padding:0 1rem;color:#1a1a1a;background:#fff}"
    "button{font:inherit;display:block;width:100%;min-height:3rem;margin:.5rem 0;"
    "text-align:start;padding:.5rem 1rem;color:#1a1a1a;background:#fff;"
    "border:2px solid #1a1a1a;border-radius:.25rem}"
    "button:focus-visible,a:focus-visible{outline:4px solid #0b57d0;outline-offset:2px}"
    ".note{border-inline-start:.5rem solid #8a5a00;padding-inline-start:1rem}"
)
STYLE_HASH = b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

WORDS = {
    ProviderStatus.REQUIRES_PAYMENT_METHOD: "How do you want this payment to go?",
    ProviderStatus.REQUIRES_ACTION: "Your bank asks: is this payment yours?",
    ProviderStatus.PROCESSING: "The payment is under way.",
    ProviderStatus.REQUIRES_CAPTURE: "The payment is authorised.",
    ProviderStatus.SUCCEEDED: "The payment is made.",
    ProviderStatus.CANCELED: "The payment is cancelled.",
}
SEE_OTHER, NOT_FOUND = 303, 404
ORIGIN = re.compile(r"[A-Za-z0-9.\-:\[\]]+")

Pages = NamedDependency[SkipValidation[PaymentPages]]


@get("/pay/{token:str}", opt=UNDESCRIBED)
async def show_payment_page(token: FromPath[str], payment_pages: Pages) -> Response[bytes]:
    try:
        page = await payment_pages.show(token)
    except NoSuchPaymentPage:
        return _html("No such payment", "<p>There is no payment at this address.</p>", NOT_FOUND)
    return _html("Payment", _shown(page, token), back=page.back)


@post("/pay/{token:str}/{choice:str}", opt=UNDESCRIBED)
async def choose_outcome(
    token: FromPath[str], choice: FromPath[str], payment_pages: Pages
) -> Response[bytes]:
    """Sends the customer back to the shop, or to the page if there is more to choose."""
    here = f"/pay/{quote(token, safe='')}"
    try:
        page = await payment_pages.choose(token, choice)
    except (NoSuchPaymentPage, NoSuchChoice):
        return _see(here)
    goes_on = choice != WALK_AWAY and bool(page.choices)
    return _see(here if goes_on or page.back is None else page.back)


def _see(address: str) -> Response[bytes]:
    return Response(b"", status_code=SEE_OTHER, headers={"Location": address})


def _shown(page: PaymentPage, token: str) -> str:
    declined = (
        f'<p class="note" role="status">It was declined last: {escape(page.failure)}.</p>'
        if page.failure
        else ""
    )
    here = f"/pay/{quote(token, safe='')}"
    buttons = "".join(
        f'<button formaction="{here}/{quote(one.name, safe="")}">{escape(one.label)}</button>'
        for one in page.choices
    )
    form = f'<form method="post" action="{here}">{buttons}</form>' if buttons else ""
    back = (
        f'<p><a href="{escape(page.back)}">Back to where you came from</a></p>'
        if page.back
        else ""
    )
    return (
        f"<p>{escape(page.description)}: <strong>{escape(str(page.amount))}</strong></p>"
        f"{declined}<h2>{WORDS[page.state]}</h2>{form}{back}"
        '<p class="note">This is a simulation: no money moves, and no card is asked for.</p>'
    )


def _html(
    title: str, content: str, status: int = 200, *, back: str | None = None
) -> Response[bytes]:
    text = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{title}</h1>{content}</main></body></html>"
    )
    return Response(
        text.encode(),
        status_code=status,
        media_type="text/html",
        headers={"Content-Security-Policy": _policy(back)},
    )


def _policy(back: str | None) -> str:
    """Browsers apply `form-action` to where a form leads in the end: to the shop."""
    shop = urlsplit(back) if back else None
    origin = f" {shop.scheme}://{shop.netloc}" if shop and ORIGIN.fullmatch(shop.netloc) else ""
    return (
        f"default-src 'none'; style-src 'sha256-{STYLE_HASH}'; form-action 'self'{origin}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )


router = Router("/", route_handlers=[show_payment_page, choose_outcome])
