"""What simulated lines and payment providers tell, as real ones would."""

from collections.abc import Sequence

from entrypoints.wiring.container import Container
from entrypoints.worker.loops import Task


def simulating(container: Container) -> Sequence[Task]:
    """Nothing, where the real ones are used."""
    poll = container.settings().worker_poll_milliseconds / 1000
    simulated = {
        "deliver simulated events": container.payment_providers.events_go_out(),
        "deliver simulated calls": container.telephony.lines.news_goes_out(),
    }
    return [
        Task(name=name, every=poll, work=work)
        for name, work in simulated.items()
        if work is not None
    ]
