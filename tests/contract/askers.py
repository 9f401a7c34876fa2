"""Another process that asks for more than there is; says how many it was granted."""

import asyncio
import sys
from contextlib import AsyncExitStack

from tests.contract.test_rate_limits import ASKS, bucket, granted, made


async def ask(kind: str, url: str, subject: str) -> int:
    async with AsyncExitStack() as stack:
        return await granted(await made(stack, kind, url), bucket(subject=subject), ASKS)


if __name__ == "__main__":
    sys.stdout.write(str(asyncio.run(ask(*sys.argv[1:]))))
