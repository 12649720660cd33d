"""The report: one HTML file that needs nothing else and can load nothing else.

1. Charts, cards and tables are made from the run; every text of the scenario is escaped by Jinja2.
2. Vega, Vega-Lite and Vega-Embed are embedded once, from the installed package; the charts' data
   are JSON in an element that is not executed.
3. A content security policy names the two scripts by their hashes and allows no connection, so that
   neither a text that slipped through nor a chart can run or load anything.
"""

from __future__ import annotations

from typing import Any

from zopa.core.words import BANDS
from zopa.report import cards, first_page, inputs, terms, wording
from zopa.report.bibliography import address
from zopa.report.blocked_section import blocked
from zopa.report.chart_style import SIDE_COLOURS
from zopa.report.charts import figures
from zopa.report.embed import DARK, LIGHT, bundled, environment, policy, safe_json, shipped
from zopa.report.hindsight_section import hindsight
from zopa.report.hinges_section import hinges
from zopa.report.history_section import history
from zopa.report.levers_section import levers
from zopa.report.obstacles_section import obstacles
from zopa.report.serialise import plain
from zopa.report.view import View


def render(view: View) -> str:
    """The whole page as text."""
    drawn = figures(view)
    style, script, bundle = shipped("style.css"), shipped("page.js"), bundled()
    charts = {name: shown.spec | {"description": f"{shown.title}. {shown.caption}"}
              for name, shown in drawn.items()}
    found = inputs.rows(view)
    left_out, more = first_page.not_modelled(view)
    every = cards.cards(view)
    return environment().get_template("report.html.j2").render(
        view=view, scenario=view.scenario, manifest=view.manifest, figures=drawn,
        style=style, script=script, bundle=bundle, policy=policy(bundle, script),
        charts=safe_json({"specs": charts, "light": LIGHT, "dark": DARK}),
        asked=first_page.asked(view), statements=first_page.statements(view),
        rests_on=first_page.rests_on(view), left_out=left_out, left_out_more=more,
        tested=[card for card in every if card.test is not None],
        untested=[card for card in every if card.test is None],
        issues=terms.issues(view), groups=inputs.grouped(found), inputs=found,
        sources=_sources(view), status=_status(view), bands=BANDS, colours=SIDE_COLOURS,
        zone=view.section("zone"), outlook=view.section("outlook"),
        waiting=_waiting(view), blocked=blocked(view), obstacles=obstacles(view),
        levers=levers(view), hindsight=hindsight(view), hinges=hinges(view), history=history(view),
        warnings=view.section("warnings") or [], w=wording)


def _sources(view: View) -> list[dict[str, Any]]:
    return [{"key": key, "source": source, "url": address(source.url)}
            for key, source in view.scenario.sources.items()]


def _status(view: View) -> list[tuple[str, str]]:
    """Counts of the solves, in words."""
    found = []
    for name, value in (view.section("status") or {}).items():
        if isinstance(value, int | float | str):
            text = value if isinstance(value, str) else wording.number(value, 6)
            found.append((wording.capital(name.replace("_", " ")), text))
    return found


def _waiting(view: View) -> list[tuple[str, list[tuple[str, ...]]]]:
    """For each side and wait: value, terms, risk of collapse, cost of the wait."""
    answer = view.section("waiting")
    if answer is None:
        return []
    tables = []
    for party in view.sides:
        rows = []
        for tau in sorted(answer[party], key=int):
            entry = plain(answer[party][tau])
            rows.append((
                "now" if tau == "0" else f"in {view.periods(int(tau))}",
                *(f"{wording.decimal(entry.get(key))} "
                  f"({wording.spread_range(entry.get(f'{key}_spread'))})"
                  if entry.get(key) is not None else wording.NONE
                  for key in ("value", "terms", "reservation", "cost")),
                wording.percent(entry.get("collapse")),
                wording.percent(entry.get("terms_defined"))))
        tables.append((view.party(party), rows))
    return tables
