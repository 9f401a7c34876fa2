"""A clock that is told the time."""

from datetime import datetime, timedelta

import attrs

from application.kernel.ports import Clock


@attrs.define
class Time(Clock):
    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def passes(self, span: timedelta) -> None:
        self.now += span
