"""argon2id (RFC 9106) with the least parameters that OWASP advises, on two threads."""

from asyncio import get_running_loop
from concurrent.futures import ThreadPoolExecutor

import attrs
from argon2 import PasswordHasher as Argon2
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import Type

from application.identity.people_ports import PasswordHasher

THREADS = 2
# Of nothing that anybody could type, so that looking for nobody takes as long as for somebody.
NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1$g7Jk+SB2jERc5YaPJ9oeEA"
    "$rrrmErdnumFmKAki9tFi/lKPGrvVA507tb5Zxuw3s00"
)


def _argon2() -> Argon2:
    return Argon2(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(THREADS, thread_name_prefix="passwords")


@attrs.frozen
class Argon2id(PasswordHasher):
    """Its own threads, and few: a crowd that signs in waits here, and nobody else for it."""

    argon2: Argon2 = attrs.field(factory=_argon2)
    threads: ThreadPoolExecutor = attrs.field(factory=_threads)

    async def hash(self, password: str, /) -> str:
        return await get_running_loop().run_in_executor(self.threads, self.argon2.hash, password)

    async def matches(self, password: str, hashed: str | None, /) -> bool:
        right = await get_running_loop().run_in_executor(
            self.threads, self._verify, hashed or NOBODYS, password
        )
        return right and hashed is not None

    def is_outdated(self, hashed: str, /) -> bool:
        return self.argon2.check_needs_rehash(hashed)

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self.argon2.verify(hashed, password)
        except (VerifyMismatchError, InvalidHashError):
            return False
