"""`ChartRenderer` by pygal, and by typst for pictures of dots."""

import re
import sys
from collections.abc import Mapping
from functools import partial
from html import escape
from typing import Any

import attrs
import typst
from anyio import CapacityLimiter, to_thread
from pygal.graph.bar import Bar
from pygal.graph.line import Line
from pygal.graph.pie import Pie
from pygal.graph.stackedbar import StackedBar
from pygal.style import Style

from application.analytics.charts import Chart, ChartKind, ChartRenderer

# It looks for plugins whenever anything is imported, in a way that Python has given up.
sys.meta_path[:] = [each for each in sys.meta_path if type(each).__module__ != "pygal"]

AT_ONCE = 2
WIDTH, HEIGHT = 960, 480
MOST_LABELS = 16
DOTS = 144  # an inch
# The first that there is: screens have one of these, printed pages have the last.
FONTS = "Inter, Helvetica Neue, Arial, Libertinus Serif, serif"
STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground="#333333",
    foreground_strong="#1a1a1a",
    foreground_subtle="#777777",
    guide_stroke_color="#dddddd",
    guide_stroke_dasharray="1,0",
    major_guide_stroke_color="#cccccc",
    major_guide_stroke_dasharray="1,0",
    opacity="1",
    opacity_hover="1",
    transition="0s",
    font_family=FONTS,
    label_font_size=13,
    major_label_font_size=13,
    title_font_size=19,
    legend_font_size=14,
    # Told apart by those who see few colours as well (Okabe and Ito).
    colors=(
        *("#0072b2", "#e69f00", "#009e73", "#d55e00"),
        *("#56b4e9", "#cc79a7", "#b8a800", "#777777"),
    ),
)
KINDS: Mapping[ChartKind, Any] = {
    ChartKind.LINES: Line,
    ChartKind.BARS: Bar,
    ChartKind.STACKED_BARS: StackedBar,
    ChartKind.SHARES: Pie,
}
# Of no use where nothing is run, and of no interest to anybody.
NOT_SHOWN = re.compile(r"<script.*?</script>|<!--.*?-->", re.DOTALL)
PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 720pt)"""


@attrs.frozen
class PygalCharts(ChartRenderer):
    limiter: CapacityLimiter = attrs.field(factory=partial(CapacityLimiter, AT_ONCE), repr=False)

    async def svg(self, chart: Chart, /) -> bytes:
        return await to_thread.run_sync(drawn, chart, limiter=self.limiter)

    async def png(self, chart: Chart, /) -> bytes:
        return await to_thread.run_sync(_in_dots, chart, limiter=self.limiter)


def drawn(chart: Chart) -> bytes:
    if chart.kind is ChartKind.SHARES:
        look = {**_look(chart), "x_title": None, "y_title": None, "inner_radius": 0.5}
        picture = KINDS[chart.kind](**look)
        for series in chart.series:
            total = sum(value or 0 for value in series.values)
            picture.add(f"{series.name}: {total:g}", total)
    else:
        picture = KINDS[chart.kind](**_look(chart))
        picture.x_labels = chart.labels
        picture.x_labels_major = chart.labels[:: _every(chart)]
        for series in chart.series:
            picture.add(series.name, list(series.values))
    shown = picture.render(is_unicode=True)
    return _in_words(NOT_SHOWN.sub("", shown), chart).encode()


def _look(chart: Chart) -> Mapping[str, Any]:
    return {
        "style": STYLE,
        "width": WIDTH,
        "height": HEIGHT,
        "explicit_size": True,
        "js": [],
        "no_prefix": True,
        "disable_xml_declaration": True,
        "title": chart.title,
        "x_title": chart.along,
        "y_title": chart.up,
        "show_legend": len(chart.series) > 1,
        "legend_at_bottom": True,
        "legend_at_bottom_columns": 4,
        "legend_box_size": 13,
        "truncate_legend": -1,
        "truncate_label": -1,
        "x_label_rotation": 35 if len(chart.labels) > 1 else 0,
        "show_minor_x_labels": False,
        "allow_interruptions": True,
        "include_x_axis": True,
        "dots_size": 3,
        "stroke_style": {"width": 2},
        "margin": 24,
        "margin_bottom": 70 if len(chart.series) > 1 else 30,
        "spacing": 12,
        "no_data_text": "No data",
    }


def _every(chart: Chart) -> int:
    """Which labels there is room for: each so manieth."""
    return -(-len(chart.labels) // MOST_LABELS) or 1


def _in_words(svg: str, chart: Chart) -> str:
    words = (
        f'<title id="chart-title">{escape(chart.title)}</title>'
        f'<desc id="chart-description">{escape(chart.description)}</desc>'
    )
    said = ' role="img" aria-labelledby="chart-title chart-description"'
    return re.sub(
        r"(<svg\b[^>]*?)( id=\"\")?([^>]*)>",
        lambda found: f"{found[1]}{found[3]}{said}>{words}",
        svg,
        count=1,
    )


def _in_dots(chart: Chart) -> bytes:
    picture = typst.compile(
        PAGE,
        format="png",
        ppi=DOTS,
        ignore_system_fonts=True,
        sys_inputs={"svg": drawn(chart).decode()},
    )
    if not isinstance(picture, bytes):
        raise TypeError(type(picture))
    return picture
