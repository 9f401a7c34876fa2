"""What a program has before it serves is not looked through for garbage again."""

import gc

from entrypoints.wiring.lasting import set_aside


def test_what_there_is_by_then_is_set_aside() -> None:
    lasting = [[number] for number in range(10)]
    set_aside()
    assert lasting not in gc.get_objects()
    assert gc.get_freeze_count() >= len(lasting)
