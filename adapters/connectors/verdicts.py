"""What is said of a source that was asked whether it is there."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from application.pipelines.connecting import SourceTrouble, Verdict


async def given_up_after(within: timedelta, look: Callable[[], Awaitable[Verdict]]) -> Verdict:
    """What `look` says, or why it came to nothing."""
    try:
        async with asyncio.timeout(within.total_seconds()):
            return await look()
    except TimeoutError:
        return Verdict(reachable=False, detail="timed_out")
    except SourceTrouble as trouble:
        return Verdict(reachable=False, detail=str(trouble))
