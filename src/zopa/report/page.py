"""The report: one HTML file that needs nothing else and can load nothing else.

1. Charts, cards and tables are made from the run; every text of the scenario is escaped by Jinja2.
2. Vega, Vega-Lite and Vega-Embed are embedded once, from the installed package; the charts' data
   are JSON in an element that is not executed.
3. A content security policy names the two scripts by their hashes and allows no connection, so that
   neither a text that slipped through nor a chart can run or load anything.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

from zopa.core.words import BANDS
from zopa.report import cards, first_page, inputs, terms, wording
from zopa.report.bibliography import address
from zopa.report.blocked_section import blocked
from zopa.report.chart_style import SIDE_COLOURS, config
from zopa.report.charts import figures
from zopa.report.hindsight_section import hindsight
from zopa.report.hinges_section import hinges
from zopa.report.history_section import history
from zopa.report.levers_section import levers
from zopa.report.obstacles_section import obstacles
from zopa.report.serialise import plain, to_script
from zopa.report.view import View

DARK = config(ink="#b9c0c8", line="#3a4148")
LIGHT = config()


def render(view: View) -> str:
    """The whole page as text."""
    drawn = figures(view)
    style, script, bundle = _package_text("style.css"), _package_text("page.js"), _bundle()
    charts = {name: shown.spec | {"description": f"{shown.title}. {shown.caption}"}
              for name, shown in drawn.items()}
    found = inputs.rows(view)
    left_out, more = first_page.not_modelled(view)
    every = cards.cards(view)
    return _environment().get_template("report.html.j2").render(
        view=view, scenario=view.scenario, manifest=view.manifest, figures=drawn,
        style=style, script=script, bundle=bundle, policy=_policy(bundle, script),
        charts=_markup(to_script({"specs": charts, "light": LIGHT, "dark": DARK})),
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


@cache
def _bundle() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, from the installed package."""
    import vl_convert

    text: str = vl_convert.javascript_bundle(
        "window.vegaEmbed = vegaEmbed;", vl_version=vl_convert.get_vegalite_versions()[-1])
    # nothing in a script may end its element
    return re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE)


def _package_text(name: str) -> str:
    return (files("zopa.report") / name).read_text(encoding="utf-8")


def _policy(*scripts: str) -> str:
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'"
        for s in scripts)
    # Vega compiles the expressions of its charts, hence unsafe-eval; it cannot reach the network
    return (f"default-src 'none'; script-src {hashes} 'unsafe-eval'; style-src 'unsafe-inline'; "
            "img-src data: blob:; base-uri 'none'; form-action 'none'")


def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(loader=PackageLoader("zopa.report", "templates"), autoescape=True,
                              undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["slug"] = lambda text: re.sub(r"[^A-Za-z0-9_.-]", "-", text)
    return environment


def _markup(text: str) -> Any:
    from markupsafe import Markup

    return Markup(text)


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
