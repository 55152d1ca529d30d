"""The report as a page: one file that needs no other, no script, and no host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from bulk.report.charts import draw_bars
from bulk.report.content import STATUSES

if TYPE_CHECKING:
    from collections.abc import Mapping

_STATUS_COLOURS = tuple(f"var(--{status})" for status in STATUSES)
_METHOD_COLOURS = tuple(f"var(--series-{number})" for number in range(1, 9))
_ISSUES = 25
"""Kinds of issue in the chart; the table beside it has all."""


def render_page(content: Mapping[str, Any]) -> str:
    """Render a report. Every text of a record is escaped; the charts are ours."""
    environment = Environment(
        loader=PackageLoader("bulk.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["thousands"] = "{:,}".format
    methods = sorted({method for counts in content["methods"].values() for method in counts})
    charts = {
        "statuses": _chart("chart-statuses", "Values of each field by outcome", content["statuses"], STATUSES, _STATUS_COLOURS),
        "methods": _chart("chart-methods", "Values of each field by how they were read", content["methods"], methods, _METHOD_COLOURS),
        "issues": _issues(content["issues"]),
    }
    return environment.get_template("page.html").render(report=content, statuses=STATUSES, methods=methods, charts=charts)


def _chart(name: str, title: str, rows: Any, series: Any, colours: Any) -> Markup | None:
    return Markup(draw_bars(name, title, rows, series, colours)) if rows else None  # noqa: S704 - lxml wrote it, and escaped every text


def _issues(issues: Mapping[str, int]) -> Markup | None:
    rows = {code: {"values": count} for code, count in list(issues.items())[:_ISSUES]}
    return _chart("chart-issues", "Issues by kind", rows, ("values",), ("var(--series-1)",))
