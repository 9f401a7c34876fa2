"""Another process that lets people in; each line it reads is a secret somebody shows."""

import asyncio
import sys

from domain.identity.api_keys import Unauthenticated
from entrypoints.wiring.container import Container
from tests.contract.desks import program


async def keep(url: str) -> None:
    async with program(url) as container:
        while secret := await asyncio.to_thread(sys.stdin.readline):
            sys.stdout.write(await _verdict(container, secret.strip()) + "\n")
            sys.stdout.flush()


async def _verdict(container: Container, secret: str) -> str:
    try:
        await container.identity.authenticate()(secret)
    except Unauthenticated:
        return "stay out"
    return "come in"


if __name__ == "__main__":
    asyncio.run(keep(sys.argv[1]))
