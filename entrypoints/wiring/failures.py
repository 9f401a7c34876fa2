"""What was given up, put together."""

from typing import Any

from adapters.repositories.dead_letters import SqlDeadLetters
from application.kernel.dead_letters import DeadLetters


def letters_of(container: Any) -> DeadLetters:
    return SqlDeadLetters(database=container.database(), new_id=container.new_id())
