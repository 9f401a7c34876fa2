"""What a worker does with events, each at its own pace."""

from collections.abc import Sequence

from entrypoints.wiring.container import Container
from entrypoints.worker.guard import Guard
from entrypoints.worker.loops import Task
from entrypoints.worker.relay import Delivering, HandingOver, Numbering


def relaying(container: Container, guard: Guard) -> Sequence[Task]:
    poll = container.settings().worker_poll_milliseconds / 1000
    events, news = container.event_relay(), container.news()
    delivering = Delivering(
        events=events, subscribers=container.subscriptions.subscribers(), guard=guard
    )
    handing_over = HandingOver(queue=container.queued_jobs(), engine=container.jobs.engine())
    return (
        Task(
            name="number events",
            every=poll,
            work=Numbering(events=events, guard=guard),
            sooner=news.committed.waiter(),
        ),
        Task(name="deliver events", every=poll, work=delivering, sooner=news.numbered.waiter()),
        Task(name="hand over jobs", every=poll, work=handing_over, sooner=news.committed.waiter()),
    )
