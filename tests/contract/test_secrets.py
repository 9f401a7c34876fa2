"""Secrets, wherever they are kept."""

import json
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from threading import Event

import attrs
import pytest

from adapters.sealing.keys import key_id_of
from adapters.secret_stores.encrypted_file import EncryptedFile
from adapters.secret_stores.environment import EnvironmentSecrets
from adapters.secret_stores.files import MountedSecrets
from adapters.secret_stores.first_found import FirstFound
from adapters.secret_stores.key_rings import GivenKeys, KeyFile
from application.kernel.secrets import (
    BadSecretName,
    NoSuchSecret,
    Secret,
    Secrets,
    UnreadableSecrets,
)
from entrypoints.wiring.ambient import random_bytes


@attrs.frozen
class Place:
    """A store, and how whoever runs the program puts something there."""

    secrets: Secrets
    put: Callable[[str, str], None]


def vault(folder: Path) -> EncryptedFile:
    keys = KeyFile(folder / "secrets.keys", random_bytes)
    return EncryptedFile(path=folder / "secrets", keys=keys, random_bytes=random_bytes)


def in_environment(_folder: Path) -> Place:
    variables = dict[str, str]()

    def put(name: str, value: str) -> None:
        variables["FRONTDESK_SECRET_" + name.upper().replace("-", "_")] = value

    return Place(EnvironmentSecrets(variables), put)


def in_files(folder: Path) -> Place:
    numbers = count()

    def put(name: str, value: str) -> None:
        new = folder / f".new{next(numbers)}"
        new.write_text(value + "\n")
        new.replace(folder / name)

    return Place(MountedSecrets(folder), put)


def encrypted(folder: Path) -> Place:
    # Whoever reads is another process than the one that writes.
    return Place(vault(folder), lambda name, value: vault(folder).put(name, Secret(value)))


def one_after_the_other(folder: Path) -> Place:
    last = encrypted(folder)
    return Place(FirstFound([EnvironmentSecrets({}), last.secrets]), last.put)


@pytest.fixture(params=[in_environment, in_files, encrypted, one_after_the_other])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    made: Place = request.param(tmp_path)
    return made


def test_there_is_nothing_at_first(place: Place) -> None:
    assert place.secrets.names() == []
    with pytest.raises(NoSuchSecret, match="smtp-password"):
        place.secrets.get("smtp-password")


def test_what_is_put_there_is_found_by_name(place: Place) -> None:
    place.put("smtp-password", "correct horse")
    place.put("a", "1")

    assert place.secrets.get("smtp-password").value == "correct horse"
    assert place.secrets.names() == ["a", "smtp-password"]


def test_what_is_changed_is_found_without_restart(place: Place) -> None:
    place.put("smtp-password", "the old one")
    before = place.secrets.get("smtp-password").value
    place.put("smtp-password", "the new one")

    assert (before, place.secrets.get("smtp-password").value) == ("the old one", "the new one")


@pytest.mark.parametrize("name", ["", "../passwd", "UPPER", "with space", "x" * 65, "-x", "a_b"])
def test_names_stay_what_they_are(place: Place, name: str) -> None:
    with pytest.raises(BadSecretName):
        place.secrets.get(name)


def test_nothing_of_it_is_printed(place: Place) -> None:
    place.put("smtp-password", "hunter2")
    secret = place.secrets.get("smtp-password")

    shown = f"{secret} {secret!r} {place.secrets!r} {place.secrets}"
    assert "hunter2" not in shown


def test_the_first_store_counts(tmp_path: Path) -> None:
    first, second = in_environment(tmp_path), encrypted(tmp_path)
    both = FirstFound([first.secrets, second.secrets])
    second.put("one", "kept")
    first.put("one", "given")

    assert both.get("one").value == "given"


def test_the_file_is_its_owners_and_says_nothing(tmp_path: Path) -> None:
    vault(tmp_path).put("smtp-password", Secret("hunter2"))

    for name in ("secrets", "secrets.keys"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert "hunter2" not in (tmp_path / "secrets").read_text()
    assert vault(tmp_path).get("smtp-password").value == "hunter2"


def test_a_secret_under_another_name_is_not_believed(tmp_path: Path) -> None:
    vault(tmp_path).put("one", Secret("1"))
    stored = json.loads((tmp_path / "secrets").read_text())
    (tmp_path / "secrets").write_text(json.dumps({"two": stored["one"]}))

    with pytest.raises(UnreadableSecrets):
        vault(tmp_path).get("two")


@pytest.mark.parametrize(
    "damage", ["v1.1.AAAA.AAAA", "v2.1.AAAA.AAAA", "v1.9.AAAA.AAAA", "", "v1", "v1.1.A.A"]
)
def test_what_was_damaged_is_not_believed(tmp_path: Path, damage: str) -> None:
    vault(tmp_path).put("one", Secret("1"))
    (tmp_path / "secrets").write_text(json.dumps({"one": damage}))

    with pytest.raises(UnreadableSecrets):
        vault(tmp_path).get("one")


def test_what_was_removed_is_gone(tmp_path: Path) -> None:
    vault(tmp_path).put("one", Secret("1"))
    vault(tmp_path).remove("one")

    assert vault(tmp_path).names() == []
    with pytest.raises(NoSuchSecret):
        vault(tmp_path).remove("one")


def test_with_a_new_key_everything_is_kept_under_it(tmp_path: Path) -> None:
    reader, writer = vault(tmp_path), vault(tmp_path)
    writer.put("one", Secret("1"))
    assert reader.get("one").value == "1"

    assert writer.rotate() == "2"

    stored = json.loads((tmp_path / "secrets").read_text())
    assert {key_id_of(sealed) for sealed in stored.values()} == {"2"}
    assert reader.get("one").value == "1"
    assert writer.forget_old_keys() == ["1"]
    assert [reader.get("one").value, vault(tmp_path).get("one").value] == ["1", "1"]


def test_keys_that_something_needs_are_not_forgotten(tmp_path: Path) -> None:
    writer = vault(tmp_path)
    writer.put("one", Secret("1"))
    KeyFile(tmp_path / "secrets.keys", random_bytes).renew()

    with pytest.raises(UnreadableSecrets, match="rotate first"):
        writer.forget_old_keys()


def test_keys_may_come_from_outside(tmp_path: Path) -> None:
    texts = KeyFile(tmp_path / "keys", random_bytes)
    old = texts.ring_to_write_with().text
    new = texts.renew().text
    given = [old]
    store = EncryptedFile(
        path=tmp_path / "secrets", keys=GivenKeys(lambda: given[0]), random_bytes=random_bytes
    )
    store.put("one", Secret("1"))
    with pytest.raises(UnreadableSecrets, match="put a new one"):
        store.rotate()

    given[0] = new
    assert store.rotate() == "2"
    given[0] = new.splitlines()[0]
    assert store.get("one").value == "1"


def test_readers_never_fail_while_keys_and_secrets_change(tmp_path: Path) -> None:
    vault(tmp_path).put("steady", Secret("x"))
    done = Event()

    def read() -> int:
        reader, reads = vault(tmp_path), 0
        while not done.is_set():
            assert reader.get("steady").value == "x"
            reads += 1
        return reads

    def write() -> None:
        writer = vault(tmp_path)
        for number in range(8):
            writer.put(f"other-{number}", Secret("y"))
            writer.rotate()
            writer.forget_old_keys()

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read) for _ in range(2)]
        writers = [threads.submit(write) for _ in range(2)]
        for writer in writers:
            writer.result(30)
        done.set()
        assert all(reader.result(30) > 0 for reader in readers)
    assert len(vault(tmp_path).names()) == 9
