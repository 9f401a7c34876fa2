"""How a job ends badly, told without personal data."""

from datetime import datetime
from traceback import extract_tb, format_tb

from application.kernel.jobs import PassingTrouble
from domain.kernel.refusals import Refusal


class JobFailed(Exception):
    """All that the engine ever sees of an error in a job, and so all it can store or log."""

    def __init__(
        self, words: str, *, failed_at: datetime | None = None, of_passing_trouble: bool = False
    ) -> None:
        super().__init__(words)
        self.failed_at = failed_at
        self.of_passing_trouble = of_passing_trouble

    @classmethod
    def of(cls, error: BaseException) -> "JobFailed":
        return cls(described(error), of_passing_trouble=isinstance(error, PassingTrouble))


class Interrupted(BaseException):
    """The engine stops: the job is neither done nor failed and will be resumed.

    A `BaseException`, so that nobody records it as the outcome of the job.
    """


def described(error: BaseException) -> str:
    """A refusal in its own words; of anything else the kind and the place.

    The message of an arbitrary error may quote what a customer entered.
    """
    if isinstance(error, JobFailed):
        return str(error)
    if isinstance(error, Refusal):
        return f"{error.code}: {error}"
    frames = extract_tb(error.__traceback__)
    place = f" in {frames[-1].name}, line {frames[-1].lineno}" if frames else ""
    cause = f", caused by {type(error.__cause__).__name__}" if error.__cause__ else ""
    return f"{type(error).__name__}{place}{cause}"


def trace(error: BaseException) -> str:
    """Where an error happened, for the log, without its message."""
    return "".join(format_tb(error.__traceback__))
