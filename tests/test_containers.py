"""Whatever a test does to a container, the next one gets it as if it were new."""

from typing import Any

from dependency_injector import providers

from application.payments.bookkeeping import Bookkeeping
from entrypoints.wiring.settings import Settings
from tests.containers import assembled


class Other(Bookkeeping):
    """Stands for a bug that was planted."""


def test_nothing_is_left_of_what_was_done_to_one() -> None:
    container: Any
    with assembled(settings=Settings()) as container:
        usual = container.payments.bookkeeping()
        container.payments.bookkeeping.set_provides(Other)
        container.new_id.override(providers.Object("no id"))
        container.payments.taking_note.add_kwargs(clock=providers.Object("no clock"))
        container.payments.bookkeeping.reset()
        assert isinstance(container.payments.bookkeeping(), Other)

    with assembled(settings=Settings()) as anew:
        again: Any = anew
        assert again is container
        assert type(again.payments.bookkeeping()) is Bookkeeping
        assert again.payments.bookkeeping() is not usual
        assert again.new_id() != "no id"
        assert again.payments.taking_note().clock == again.clock()
