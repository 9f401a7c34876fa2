"""Owners are told of a call that went badly, each of them once."""

from datetime import timedelta
from uuid import uuid4

import attrs
import pytest

from application.kernel.jobs import QueuedJob
from application.notifications.ports import LowScores, Mailer, NotSent
from application.notifications.send_low_score import SendLowScore, SendLowScoreHandler
from domain.kernel.actors import Actor
from domain.kernel.identifiers import CallId, EventId, JobId, MemberId
from domain.notifications.low_scores import LowScore, Owner
from domain.notifications.messages import Message
from tests.fakes.jobs import MemoryJobEngine
from tests.samples import DESK, NOW

pytestmark = pytest.mark.anyio

ANN, BOB, CLEO = (
    Owner(member_id=MemberId(uuid4()), email=f"{name}@example.com")
    for name in ("ann", "bob", "cleo")
)
LATER = NOW + timedelta(days=1)


@attrs.define
class Scores(LowScores):
    owners: tuple[Owner, ...]

    async def of_call(self, actor: Actor, call_id: CallId) -> LowScore | None:
        return LowScore(call_id=call_id, score=412, band=None, owners=self.owners)


@attrs.define
class Post(Mailer):
    refused: set[str]
    sent: list[str] = attrs.field(factory=list)

    async def send(self, message: Message, /) -> None:
        if message.to in self.refused:
            raise NotSent
        self.sent.append(message.to)


async def test_who_was_written_to_is_not_written_to_again_for_the_sake_of_another() -> None:
    scores, post = Scores((ANN, BOB, CLEO)), Post({BOB.email})
    engine = MemoryJobEngine(clock=lambda: NOW, actor_of=Actor.system)
    await engine.start({SendLowScore.JOB: SendLowScoreHandler(low_scores=scores, mailer=post)})
    job = SendLowScore(event_id=EventId(uuid4()), call_id=CallId(uuid4())).job
    await engine.submit(
        [
            QueuedJob(
                id=JobId(uuid4()),
                organization_id=DESK.organization_id,
                name=job.name,
                payload=job.payload,
            )
        ]
    )
    await engine.drain()
    await engine.begin_again(LATER, limit=1)
    await engine.drain()
    assert post.sent == [ANN.email]

    post.refused.clear()
    scores.owners = (BOB, ANN)
    await engine.begin_again(LATER, limit=1)
    await engine.drain()
    assert post.sent == [ANN.email, BOB.email]
    assert not await engine.dead(limit=1)
