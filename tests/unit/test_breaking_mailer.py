"""A mail host that does not answer is left alone for a while."""

from pathlib import Path

import attrs
import pytest

from adapters.resilience.boards import FileBoard
from adapters.resilience.breaker import Breaker
from adapters.resilience.mail import PRESET, BreakingMailer, is_outage
from application.notifications.ports import Mailer, NotReached, NotSent
from domain.notifications.messages import Message, Undeliverable
from tests.samples_of_notifications import MESSAGE

pytestmark = pytest.mark.anyio


@attrs.define
class Host(Mailer):
    trouble: Exception | None
    asked: int = 0

    async def send(self, message: Message, /) -> None:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble


def breaking(host: Host, now: list[float], folder: Path) -> BreakingMailer:
    breaker = Breaker(
        name="mail",
        preset=PRESET,
        seconds=lambda: now[0],
        fails=is_outage,
        board=FileBoard(folder, lambda: now[0]),
    )
    return BreakingMailer(host, breaker)


async def test_it_is_asked_again_after_a_while(tmp_path: Path) -> None:
    now, host = [0.0], Host(NotReached())
    mailer = breaking(host, now, tmp_path)
    for _ in range(PRESET.failures + 2):
        with pytest.raises(NotReached):
            await mailer.send(MESSAGE)
    assert host.asked == PRESET.failures

    now[0] += PRESET.open_for
    host.trouble = None
    await mailer.send(MESSAGE)
    assert host.asked == PRESET.failures + 1


@pytest.mark.parametrize("answer", [NotSent(), Undeliverable("nobody")])
async def test_who_says_no_is_there(answer: Exception, tmp_path: Path) -> None:
    host = Host(answer)
    mailer = breaking(host, [0.0], tmp_path)
    for _ in range(2 * PRESET.failures):
        with pytest.raises(type(answer)):
            await mailer.send(MESSAGE)
    assert host.asked == 2 * PRESET.failures
