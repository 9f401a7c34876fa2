"""Which addresses are outside."""

import pytest

from adapters.egress.addresses import is_outside
from tests.inside import INSIDE

OUTSIDE = ["8.8.8.8", "1.1.1.1", "192.0.1.1", "172.32.0.1", "::ffff:8.8.8.8", "2606:4700::1111"]
WRITTEN_OTHERWISE = ["", "localhost", "2130706433", "127.1", "0x7f.1", "0177.0.0.1", "1.1.1.1.1"]


@pytest.mark.parametrize("address", [*INSIDE, *WRITTEN_OTHERWISE])
def test_inside(address: str) -> None:
    assert not is_outside(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_outside(address: str) -> None:
    assert is_outside(address)
