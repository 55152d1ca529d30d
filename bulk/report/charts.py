"""Charts as SVG, drawn here: they stand in the page itself, without a script, and take their colours from its style."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pygal
from lxml import etree
from pygal.style import Style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SVG = "{http://www.w3.org/2000/svg}"
_BAR = 26
_AROUND = 110
_WIDTH = 760


def draw_bars(name: str, title: str, rows: Mapping[str, Mapping[str, int]], series: Sequence[str], colours: Sequence[str]) -> str:
    """Draw a lying bar for each row, divided among the series; ``name`` is the id of the chart in its page."""
    chart = pygal.HorizontalStackedBar(
        style=_style(colours),
        js=(),
        width=_WIDTH,
        height=_AROUND + _BAR * len(rows),
        legend_at_bottom=True,
        legend_at_bottom_columns=min(len(series), 4),
        show_legend=len(series) > 1,
        truncate_legend=-1,
        show_y_guides=False,
        print_values=False,
        formatter=lambda value: f"{value:,.0f}",
    )
    # Drawn from the bottom up.
    labels = list(rows)[::-1]
    chart.x_labels = labels
    for kind in series:
        chart.add(kind, [rows[label].get(kind, 0) for label in labels])
    # Else a random one, and no page would be the same twice.
    chart.uuid = name
    return _inline(chart.render_tree(), name, title)


def _style(colours: Sequence[str]) -> Any:
    return Style(
        background="transparent",
        plot_background="transparent",
        foreground="var(--ink)",
        foreground_strong="var(--ink)",
        foreground_subtle="var(--ink-faint)",
        guide_stroke_color="var(--line)",
        major_guide_stroke_color="var(--line)",
        colors=tuple(colours),
        value_colors=("var(--ink)",) * len(colours),
        opacity="1",
        opacity_hover=".8",
        transition="0s",
        font_family="inherit",
        label_font_size=13,
        major_label_font_size=13,
        legend_font_size=13,
    )


def _inline(svg: Any, name: str, title: str) -> str:
    """Make the drawing a part of a page: named for those who do not see it, and without what a page of its own would need."""
    etree.strip_elements(svg, "{*}script", "{*}title", etree.Comment, with_tail=False)
    svg.attrib.pop("{http://www.w3.org/1999/xlink}href", None)
    svg.set("role", "img")
    svg.set("aria-labelledby", f"{name}-title")
    heading = etree.Element(f"{_SVG}title", id=f"{name}-title")
    heading.text = title
    svg.insert(0, heading)
    drawn: str = etree.tostring(svg, encoding="unicode", with_tail=False)
    return drawn
