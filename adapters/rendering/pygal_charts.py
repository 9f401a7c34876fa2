"""Charts drawn by pygal, and by typst as pictures of dots."""

import re
import sys
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import typst
from pygal.graph.bar import Bar
from pygal.graph.line import Line
from pygal.graph.pie import Pie
from pygal.graph.stackedbar import StackedBar
from pygal.style import Style

from application.analytics.charts import NOT_KNOWN, Chart, ChartKind, Series

# It looks for plugins whenever anything is imported, in a way that Python has given up.
sys.meta_path[:] = [each for each in sys.meta_path if type(each).__module__ != "pygal"]

WIDTH, HEIGHT = 960, 480
MOST_LABELS = 16
LONGEST_NAME = 24
STEPS = (1, 2, 3, 4, 6, 12, 24)
"""Of labels: the hours that are named are the same each day."""
DOTS = 144  # an inch
# The first that there is: screens have one of these, printed pages have the last.
FONTS = "Inter, Helvetica Neue, Arial, Libertinus Serif, serif"
# Told apart by those who see few colours as well (Okabe and Ito).
COLOURS = (
    *("#0072b2", "#e69f00", "#009e73", "#d55e00"),
    *("#56b4e9", "#cc79a7", "#b8a800", "#777777"),
)
NO_COLOUR = "#e4e4e4"
LOOK: Mapping[str, Any] = {
    "background": "#ffffff",
    "plot_background": "#ffffff",
    "foreground": "#333333",
    "foreground_strong": "#1a1a1a",
    "foreground_subtle": "#777777",
    "guide_stroke_color": "#dddddd",
    "guide_stroke_dasharray": "1,0",
    "major_guide_stroke_color": "#cccccc",
    "major_guide_stroke_dasharray": "1,0",
    "opacity": "1",
    "opacity_hover": "1",
    "transition": "0s",
    "font_family": FONTS,
    "label_font_size": 13,
    "major_label_font_size": 13,
    "title_font_size": 19,
    "legend_font_size": 14,
}
BARS = frozenset({ChartKind.BARS, ChartKind.STACKED_BARS})
KINDS: Mapping[ChartKind, Any] = {
    ChartKind.LINES: Line,
    ChartKind.BARS: Bar,
    ChartKind.STACKED_BARS: StackedBar,
    ChartKind.SHARES: Pie,
}
# Of no use where nothing is run, and of no interest to anybody.
NOT_SHOWN = re.compile(r"<script.*?</script>|<!--.*?-->", re.DOTALL)
# What pygal says where labels that are turned begin; typst knows no `:not`.
BEGINNING = re.compile(r"(\.axis\.x):not\(\.web\)( text\[transform\])")
PAGE = b"""#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 720pt)"""


def drawn(chart: Chart) -> bytes:
    if chart.kind is ChartKind.SHARES:
        look = {
            **_look(chart, chart.series),
            "x_title": None,
            "y_title": None,
            "inner_radius": 0.5,
        }
        picture = KINDS[chart.kind](**look)
        for series in chart.series:
            total = sum(value or 0 for value in series.values)
            picture.add(f"{series.name}: {total:g}", total)
    else:
        shown = _with_gaps(chart)
        picture = _kind(chart)(**_look(chart, shown))
        picture.x_labels = chart.labels
        picture.x_labels_major = chart.labels[:: _every(chart)]
        for one in shown:
            picture.add(one.name, list(one.values))
    svg = picture.render(is_unicode=True)
    return _in_words(BEGINNING.sub(r"\1\2", NOT_SHOWN.sub("", svg)), chart).encode()


def _kind(chart: Chart) -> Any:
    """A gap beside the only bar there is would make it half as wide."""
    alone = chart.kind is ChartKind.BARS and len(chart.series) == 1
    return StackedBar if alone else KINDS[chart.kind]


def _with_gaps(chart: Chart) -> Sequence[Series]:
    """A bar of no height is not seen: where nothing is known a pale one reaches to the top."""
    every = list(zip(*(one.values for one in chart.series), strict=True))
    gaps = [all(value is None for value in values) for values in every]
    if chart.kind not in BARS or not any(gaps) or all(gaps):
        return chart.series
    heights = (_height(chart, values) for values in every)
    top = max(heights) or 1
    return [
        *chart.series,
        Series(name=NOT_KNOWN, values=[top if is_gap else None for is_gap in gaps]),
    ]


def _height(chart: Chart, values: Sequence[float | int | None]) -> float:
    known = [value for value in values if value is not None]
    return sum(known) if chart.kind is ChartKind.STACKED_BARS else max(known, default=0)


def _style(chart: Chart, series: Sequence[Series]) -> Style:
    if len(series) == len(chart.series):
        return Style(**LOOK, colors=COLOURS)
    return Style(**LOOK, colors=(*COLOURS[: len(chart.series)], NO_COLOUR))


def _look(chart: Chart, shown: Sequence[Series]) -> Mapping[str, Any]:
    return {
        "style": _style(chart, shown),
        "width": WIDTH,
        "height": HEIGHT,
        "explicit_size": True,
        "js": [],
        "no_prefix": True,
        "disable_xml_declaration": True,
        "title": chart.title,
        "x_title": chart.along,
        "y_title": chart.up,
        "show_legend": _has_legend(chart, shown),
        "legend_at_bottom": True,
        "legend_at_bottom_columns": 4,
        "legend_box_size": 13,
        "truncate_legend": LONGEST_NAME if len(shown) > 1 else -1,
        "truncate_label": LONGEST_NAME,
        "x_label_rotation": 35 if len(chart.labels) > 1 else 0,
        "show_minor_x_labels": False,
        "allow_interruptions": True,
        "include_x_axis": True,
        "dots_size": 3,
        "stroke_style": {"width": 2},
        "margin": 24,
        "margin_bottom": 70 if _has_legend(chart, shown) else 30,
        "spacing": 12,
        "no_data_text": "No data",
    }


def _has_legend(chart: Chart, shown: Sequence[Series]) -> bool:
    """One alone is told as well, unless it is what the chart is called: which currency it is."""
    return any(one.name != chart.title for one in shown)


def _every(chart: Chart) -> int:
    """Which labels there is room for: each so manieth."""
    least, last = -(-len(chart.labels) // MOST_LABELS), STEPS[-1]
    return next((step for step in STEPS if step >= least), -(-least // last) * last)


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


def in_dots(chart: Chart) -> bytes:
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
