"""A desk with a line at Twilio, where the double places and tells of calls."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import httpx
from sqlalchemy import select

from adapters.schema.calls import call_facts, calls
from tests.fakes.time import Time
from tests.http.desk import Desk, program
from tests.twilio_double import TOKEN, Account, PlacedCall, Told, serving, signed
from tests.twilio_numbers import ACCOUNT

PUBLIC = "https://desk.example.com"
EVENTS = "/v1/telephony-events/twilio/desk"
VOICE = "/v1/telephony-voice/twilio/desk"
ANA, NUMBER = "+351210000001", "+351210000002"
SECRETS = {"twilio-account": ACCOUNT, "twilio-token": TOKEN, "twilio-number": NUMBER}


@attrs.frozen(kw_only=True)
class Line:
    desk: Desk
    account: Account

    async def hears(self, told: Told) -> httpx.Response:
        """What Twilio posts, as it arrives here."""
        path = told.url.removeprefix(PUBLIC)
        headers = {b"X-Twilio-Signature": told.signature.encode()}
        return await self.desk.http.post(path, data=dict(told.form), headers=headers)

    def comes_in(self) -> PlacedCall:
        """Somebody rings; how it goes is told where the number's calls are told."""
        return self.account.begun(NUMBER, ANA, PUBLIC + EVENTS, "inbound")

    async def asks(self, call: PlacedCall) -> httpx.Response:
        """What to do with the call."""
        form = {
            "CallSid": call.sid,
            "CallStatus": "ringing",
            "Direction": call.direction,
            "From": call.from_,
            "To": call.to,
        }
        told = Told(url=PUBLIC + VOICE, form=form, signature=signed(PUBLIC + VOICE, form))
        return await self.hears(told)

    async def known(self) -> Mapping[str, str]:
        """How each call stands, by its name at Twilio."""
        question = select(calls.c.provider_call, calls.c.status)
        return {row.provider_call: row.status for row in await self._rows(question)}

    async def facts(self) -> list[tuple[str, str]]:
        question = select(call_facts.c.provider_call, call_facts.c.event)
        return sorted((row.provider_call, row.event) for row in await self._rows(question))

    async def _rows(self, question: Any) -> Any:
        database = self.desk.container.database()
        return await database.read(
            lambda connection: connection.execute(question).all(),
            of=self.desk.actor.organization_id,
        )


@asynccontextmanager
async def line_at(url: str, clock: Time, folder: Path, **changes: Any) -> AsyncIterator[Line]:
    (folder / "mounted").mkdir()
    for name, value in SECRETS.items():
        (folder / "mounted" / name).write_text(value)
    account = Account()
    with serving(account) as twilio_url:
        async with program(
            url,
            clock,
            telephony="twilio",
            twilio_url=twilio_url,
            public_url=PUBLIC,
            data_dir=folder,
            secrets_dir=folder / "mounted",
            **changes,
        ) as container:
            yield Line(desk=await Desk.opened(container, clock), account=account)
            await container.telephony.lines.close()()
