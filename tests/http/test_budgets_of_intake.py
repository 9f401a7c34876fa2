"""What others say by themselves comes often: each is taken in with few statements."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from adapters.signing.signatures import signature_of
from adapters.simulator.messages import message_of
from domain.payments.provider import ProviderEvent, Subject
from tests.fakes.time import Time
from tests.http.desk import NOW, Desk, program
from tests.http.lines import Line, line_at
from tests.twilio_double import Told

pytestmark = pytest.mark.anyio

# On SQLite and on PostgreSQL.
OF_A_LINE = {
    "who calls": (5, 3),  # one of them is for whom the number rings
    "how it goes on": (4, 2),
    "nothing new": (3, 3),
    "the same again": (1, 1),
    "the end": (4, 2),
}
OF_PAYMENTS = {
    "a payment": (2, 1),
    "nothing of ours": (1, 1),
    "the same again": (2, 1),
    "nothing of ours again": (1, 1),
}
EVENTS = "/v1/provider-events/simulator/desk"


@pytest.fixture
async def paid_desk(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Desk]:
    async with program(any_url, clock, payments="simulator", data_dir=tmp_path) as container:
        yield await Desk.opened(container, clock)


@pytest.fixture
async def any_line(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    any_url: str,
    clock: Time,
    tmp_path: Path,
) -> AsyncIterator[Line]:
    async with line_at(any_url, clock, tmp_path) as line:
        yield line


def of(desk: Desk, budget: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    of_postgres = desk.container.database().engine.dialect.name == "postgresql"
    return {name: costs[of_postgres] for name, costs in budget.items()}


async def test_what_is_told_of_a_call_takes_few_statements(any_line: Line) -> None:
    line, desk, spent = any_line, any_line.desk, dict[str, int]()
    known, call = line.comes_in(), line.comes_in()

    async def hears(name: str, told: Told | None, *, accepted: bool = True) -> None:
        assert told is not None
        with desk.statements() as seen:
            answer = await line.hears(told)
        assert answer.json() == {"accepted": accepted}
        spent[name] = len(seen)

    await hears("whose the line is", line.account.becomes(known, "ringing"))
    del spent["whose the line is"]
    answered = line.account.becomes(call, "in-progress")
    await hears("who calls", line.account.becomes(call, "ringing"))
    await hears("how it goes on", answered)
    await hears("nothing new", line.account.becomes(call, "levitating"))
    await hears("the same again", answered, accepted=False)
    await hears("the end", line.account.becomes(call, "completed"))

    assert spent == of(desk, OF_A_LINE)


async def test_what_is_told_of_payments_takes_few_statements(paid_desk: Desk) -> None:
    desk, spent = paid_desk, dict[str, int]()
    secrets = desk.container.payment_providers.secrets()()

    async def tell(name: str, id: str, subject: Subject | None) -> None:
        told = ProviderEvent(
            id=id, type="a_type", subject=subject, reference="pi_1", created_at=NOW
        )
        body = message_of(told)
        headers = {"Stripe-Signature": signature_of(body, secrets, at=NOW)}
        with desk.statements() as seen:
            answer = await desk.http.post(EVENTS, content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        spent[name] = len(seen)

    await tell("whose the account is", "evt_0", None)
    del spent["whose the account is"]
    for name in ("a payment", "the same again"):
        await tell(name, "evt_1", Subject.PAYMENT)
    for name in ("nothing of ours", "nothing of ours again"):
        await tell(name, "evt_2", None)

    assert spent == of(desk, OF_PAYMENTS)
