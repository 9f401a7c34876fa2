"""Who hears what has happened, and who does which jobs."""

from typing import Any

from dependency_injector import containers, providers

from application.kernel.subscribers import Subscriber
from application.notifications.send_booking_message import SendBookingMessage


def _subscribers(*subscribers: Subscriber) -> tuple[Subscriber, ...]:
    return subscribers


class SubscriptionsContainer(containers.DeclarativeContainer):
    notifications: Any = providers.DependenciesContainer()
    inventory: Any = providers.DependenciesContainer()

    subscribers = providers.Singleton(
        _subscribers, inventory.tell_levels, notifications.booking_messages
    )
    job_handlers = providers.Dict({SendBookingMessage.JOB: notifications.send_booking_message})
