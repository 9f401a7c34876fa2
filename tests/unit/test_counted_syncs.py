"""Asking others is counted by how it went."""

from typing import ClassVar

import pytest

from application.kernel.counted_syncs import CountedSync
from application.kernel.told_figures import SYNCS
from domain.kernel.refusals import Refusal
from tests.fakes.figures import MemoryFigures

pytestmark = pytest.mark.anyio


class WrongState(Refusal):
    """Nobody was asked."""

    code: ClassVar[str] = "wrong_state"


async def read(goes: str) -> bool:
    if goes == "refused":
        raise WrongState
    return goes == "well"


async def test_what_was_asked_is_counted_by_how_it_went_and_what_was_refused_is_not() -> None:
    figures = MemoryFigures()
    counted = CountedSync(use_case=read, figures=figures, of="channels", went=bool)

    assert [await counted(goes) for goes in ("well", "ill", "well")] == [True, False, True]
    with pytest.raises(WrongState):
        await counted("refused")

    assert figures.counted == {
        (SYNCS.name, "channels", "went_well"): 2,
        (SYNCS.name, "channels", "failed"): 1,
    }
