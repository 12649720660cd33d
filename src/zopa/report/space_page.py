"""The page of `zopa zone`: one HTML file that needs nothing else and can load nothing else.

It is built as the report of a run is (`zopa.report.page`): the same style, the same embedded Vega,
the same content security policy, and every text of the input escaped by Jinja2.
"""

from __future__ import annotations

from importlib.metadata import version

from zopa.exchange import provisions_answer, robust_answer
from zopa.exchange.answer import Answered
from zopa.exchange.answer_data import placed, to_data
from zopa.report import space_sections as sections
from zopa.report.chart_style import SIDE_COLOURS
from zopa.report.embed import DARK, LIGHT, bundled, environment, policy, safe_json, shipped
from zopa.report.serialise import plain
from zopa.report.space_charts import figures
from zopa.report.space_view import SpaceView
from zopa.report.space_words import statements

CELLS = 600
"""Options that the page lists with their values."""


def view_of(answered: Answered) -> SpaceView:
    """What was found, as page, charts and terminal read it."""
    domain = answered.domain
    drawn = placed(answered, answered.drawn, domain.utilities(answered.drawn).T)
    values = [(issue, option, tuple(map(float, worth[:, n])))
              for issue, options, worth in zip(domain.issues, domain.options, domain.worth,
                                               strict=True)
              for n, option in enumerate(options)]
    return SpaceView(plain(to_data(answered)), plain(drawn), answered.all_drawn, _told(answered),
                     values)


def _told(answered: Answered) -> dict[str, list[str]]:
    """What provisions lists and uncertain preferences add, in sentences."""
    told = {}
    if answered.provisions is not None:
        told["The provisions list"] = provisions_answer.lines(answered.provisions)
    if answered.robust is not None:
        told["Uncertain preferences"] = robust_answer.lines(answered.robust)
    return told


def render(view: SpaceView) -> str:
    """The whole page as text."""
    drawn = figures(view)
    style, script, bundle = shipped("style.css"), shipped("page.js"), bundled()
    charts = {name: shown.spec | {"description": f"{shown.title}. {shown.caption}"}
              for name, shown in drawn.items()}
    return str(environment().get_template("space.html.j2").render(
        view=view, figures=drawn, version=version("zopa"), style=style, script=script,
        bundle=bundle, policy=policy(bundle, script), colours=SIDE_COLOURS,
        charts=safe_json({"specs": charts, "light": LIGHT, "dark": DARK}),
        statements=statements(view), share=sections.share_text(view),
        terms=sections.terms(view), concession=sections.concession(view),
        points=sections.points(view), mixtures=sections.mixtures(view),
        nearest=sections.nearest(view),
        gains=sections.gains(view), text=sections.text(view), frontier=sections.frontier(view),
        inputs=sections.inputs(view),
        many_values=len(view.values) > CELLS, by_issue=view.data["by_issue"],
        largest=_largest(view)))


def _largest(view: SpaceView) -> dict[str, float]:
    """What each party could get at most on one issue: the full width of its bars."""
    rows = view.data["by_issue"]["rows"]
    return {party: max(row["most"][party] for row in rows) or 1.0 for party in view.parties}
