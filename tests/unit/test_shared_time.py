"""Hosts go by the time of the server they share, however theirs is set."""

from datetime import timedelta

import attrs

from application.kernel.shared_time import SharedTime
from tests.samples import NOW

HOUR = timedelta(hours=1)


@attrs.define
class Host:
    """Its time of day is wrong, and set anew while it runs."""

    off: timedelta = HOUR
    seconds: float = 100.0
    time: SharedTime = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.time = SharedTime(
            machine=lambda: NOW + self.off + timedelta(seconds=self.seconds - 100),
            elapsed=lambda: self.seconds,
        )


def test_the_machine_counts_until_the_server_has_told_its_time() -> None:
    host = Host()
    host.seconds += 1
    assert host.time.now() == NOW + HOUR + timedelta(seconds=1)


def test_what_the_server_told_goes_on_whatever_becomes_of_the_machine() -> None:
    host = Host()
    host.seconds += 0.5
    host.time.heard(NOW, asked=100.0, patience=1)
    assert host.time.now() == NOW + timedelta(seconds=0.25)

    host.off = -HOUR
    host.seconds += 60
    assert host.time.now() == NOW + timedelta(seconds=60.25)


def test_the_latest_answer_counts_unless_it_took_too_long() -> None:
    host = Host()
    host.time.heard(NOW, asked=100.0, patience=1)
    host.seconds += 10
    host.time.heard(NOW + timedelta(seconds=11), asked=110.0, patience=1)
    assert host.time.now() == NOW + timedelta(seconds=11)

    host.seconds += 2
    host.time.heard(NOW, asked=110.0, patience=1)
    assert host.time.now() == NOW + timedelta(seconds=13)
