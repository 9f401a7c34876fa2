"""`ChartRenderer` on threads, so that others are answered meanwhile."""

from functools import partial

import attrs
from anyio import CapacityLimiter, to_thread

from application.analytics.charts import Chart, ChartRenderer

AT_ONCE = 2


@attrs.frozen
class PygalCharts(ChartRenderer):
    limiter: CapacityLimiter = attrs.field(factory=partial(CapacityLimiter, AT_ONCE), repr=False)

    async def svg(self, chart: Chart, /) -> bytes:
        return await to_thread.run_sync(_drawn, chart, limiter=self.limiter)

    async def png(self, chart: Chart, /) -> bytes:
        return await to_thread.run_sync(_in_dots, chart, limiter=self.limiter)


# What draws is loaded with the first chart: no start waits for it.


def _drawn(chart: Chart) -> bytes:
    from adapters.rendering.pygal_charts import drawn  # noqa: PLC0415

    return drawn(chart)


def _in_dots(chart: Chart) -> bytes:
    from adapters.rendering.pygal_charts import in_dots  # noqa: PLC0415

    return in_dots(chart)
