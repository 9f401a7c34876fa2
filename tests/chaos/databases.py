"""A PostgreSQL that keeps its promises, to be stopped at any moment and started again."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs

from tests.postgres_programs import Installation, installed
from tests.servers import DESK_ROLE, DURABLE, SUPERUSER, start

# Before it recovers, the server brings every file of its own to disk. Seconds, one by one.
QUICKLY = ("-o", "-c recovery_init_sync_method=syncfs") if sys.platform == "linux" else ()


@attrs.frozen(kw_only=True)
class MortalPostgres:
    installation: Installation
    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql+asyncpg://{SUPERUSER}@127.0.0.1:{self.port}/postgres"

    def kill_and_restart(self) -> None:
        """Without a checkpoint and without a word to its clients, as after a crash."""
        self._control("stop", "-m", "immediate")
        self._control("start", *QUICKLY, "-l", str(self.folder / "log"))

    def _control(self, *arguments: str) -> None:
        outcome = self.installation.run(
            "pg_ctl", *arguments, "-w", "-s", "-D", str(self.folder / "data")
        )
        if outcome.returncode:
            raise RuntimeError(f"{outcome.stderr}\n{(self.folder / 'log').read_text()}")


@contextmanager
def mortal_postgres() -> Iterator[MortalPostgres]:
    """Raises NoPostgres. It is never a server that runs already: that is not ours to stop."""
    with installed("frontdesk-chaos-") as (installation, folder):
        port = start(installation, folder, DURABLE)
        installation.run(
            "createuser", "-h", "127.0.0.1", "-p", str(port), "-U", SUPERUSER, DESK_ROLE
        ).check_returncode()
        yield MortalPostgres(installation=installation, folder=folder, port=port)
