"""Ready-made values are given or refused, and nobody waits for them."""

import pytest

from tests.samples import held, reference


def test_numbers_that_are_no_reference_are_refused_at_once() -> None:
    assert reference(31).text == "FD000000ZZ"
    for number in range(32, 37):
        with pytest.raises(ValueError, match="is not less than 32"):
            held(id=number)
