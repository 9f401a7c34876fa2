"""Those at the desk: they see what happens, and do something about it."""

from collections.abc import Callable, Coroutine, Mapping
from datetime import datetime, timezone
from random import Random
from typing import Any

import anyio
import attrs
from anyio.abc import TaskGroup

from tests.chaos.customers import Follower, Line

Told = Mapping[str, Any]
Reaction = Callable[[Told], Coroutine[Any, Any, None]]
SOON = 0.2
LATER = 2.0


@attrs.frozen(kw_only=True)
class Attendants:
    """What they are refused because somebody was faster is no trouble of theirs."""

    follower: Follower
    chance: Random

    @property
    def line(self) -> Line:
        return self.follower.line

    async def attend(self, closing: anyio.Event) -> None:
        """Until it closes: to each event once, in tasks of their own."""
        reactions: Mapping[str, Reaction] = {
            "call_answered": self._answered,
            "escalation_offered": self._offered,
            "agent_presence_changed": self._come_back,
        }
        seen = 0
        async with anyio.create_task_group() as busy:
            while not closing.is_set():
                if not await self.follower.catch_up():
                    await anyio.sleep(0.1)
                seen = self._look(busy, seen, reactions)

    def _look(
        self,
        busy: TaskGroup,
        seen: int,
        reactions: Mapping[str, Reaction],
    ) -> int:
        for event in self.follower.seen[seen:]:
            if react := reactions.get(event["name"]):
                busy.start_soon(react, event["data"])
        return len(self.follower.seen)

    async def _answered(self, told: Told) -> None:
        """A few are left alone, and end by themselves, if they do."""
        call = f"/v1/calls/{told['call_id']}"
        fate = self.chance.random()
        if fate > 0.2:
            await self.line.write(f"{call}/accept", {})
        if fate > 0.6:
            await self.line.write(f"{call}/notes", {"text": "Asks for two."})
        await self._something(call, told["call_id"])
        if fate > 0.5 or await self._never_ends(call):
            await anyio.sleep(self.chance.uniform(0, LATER))
            await self.line.write(f"{call}/end", {"reason": "done"})

    async def _something(self, call: str, call_id: str) -> None:
        fate = self.chance.random()
        if fate < 0.2:
            await self.line.write(f"{call}/hold")
            await anyio.sleep(self.chance.uniform(0, SOON))
            await self.line.write(f"{call}/resume")
        elif fate < 0.4:
            await self.line.write(f"{call}/lines", {"lines": [said("I want a refund")]})
        elif fate < 0.7:
            urgency = self.chance.randint(1, 5)
            await self.line.write("/v1/escalations", {"call_id": call_id, "urgency": urgency})

    async def _never_ends(self, call: str) -> bool:
        return str((await self.line.read(call))["called"]).endswith("0001")

    async def _offered(self, told: Told) -> None:
        """Most accept; some decline, some do not hear it."""
        escalation, fate = f"/v1/escalations/{told['escalation_id']}", self.chance.random()
        await anyio.sleep(self.chance.uniform(0, SOON))
        if fate < 0.1:
            return
        if fate < 0.25:
            await self.line.write(f"{escalation}/decline", {})
            return
        await self.line.write(f"{escalation}/accept")
        await self.line.write(f"{escalation}/brief")
        await self.line.write(f"{escalation}/bridge")
        await anyio.sleep(self.chance.uniform(0, SOON))
        if fate < 0.4:
            await self.line.write(f"{escalation}/hand-back", {"reason": "not_mine"})
        elif fate < 0.9:  # the others are with the caller until the call ends
            await self.line.write(f"{escalation}/complete", {"rating": 4})

    async def _come_back(self, told: Told) -> None:
        if told["presence"] == "paused":
            await self.line.write(
                f"/v1/agents/{told['agent_id']}/presence", {"presence": "available"}
            )


def said(text: str) -> Mapping[str, str]:
    now = datetime.now(timezone.utc).isoformat()
    return {"speaker": "customer", "text": text, "begins_at": now}
