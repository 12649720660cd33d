"""Charts of the claims' probabilities, and of what the answers rest on."""

from __future__ import annotations

from typing import Any

from zopa.core.words import BANDS
from zopa.report.chart_style import ACCENT, NEUTRAL, Figure, Rows, finished, inline
from zopa.report.view import View
from zopa.report.wording import counted, join, percent

KINDS = {"cited": ("Cited figures", "#3f6fb5"), "data": ("Data", "#3f6fb5"),
         "expert": ("Published expert scores", "#7fa6d6"),
         "calibrated": ("Calibrated", ACCENT), "judgement": ("Judgement", "#b3386b"),
         "unexplained": ("No input alone", NEUTRAL)}


def verdicts(view: View) -> Figure | None:
    """The probability of every claim that was tested, with its Monte Carlo interval."""
    answer = view.section("verdicts") or {}
    tested = {key: entry for key, entry in answer.items() if entry.get("probability") is not None}
    if not tested:
        return None
    order = sorted(tested, key=lambda key: -tested[key]["probability"])
    rows: Rows = []
    for key in order:
        entry = tested[key]
        low, high = entry.get("interval") or (None, None)
        rows.append({"claim": key, "says": entry.get("says") or view.claim(key),
                     "probability": entry["probability"], "low": low, "high": high,
                     "words": entry.get("words") or "", "assumed": bool(entry.get("assumed"))})
    likely = sum(1 for row in rows if row["probability"] >= 0.66)
    unlikely = sum(1 for row in rows if row["probability"] <= 0.33)
    caption = (
        f"{len(rows)} of the {counted(len(answer), 'claim')} could be tested. In this model, under "
        f"these inputs, {likely} of those hold with probability 66 % or more, {unlikely} with "
        f"33 % or less, and {len(rows) - likely - unlikely} in between. Bars are Monte Carlo "
        "intervals.")
    return Figure("verdicts", "How probable each tested claim is in this model", caption,
                  lambda: finished(_dots(rows, order), max(120, 24 * len(rows))), rows)


def rests_on(view: View) -> Figure | None:
    """Shares of the answers' variance by what the inputs rest on."""
    answer = view.section("rests_on")
    listed = (answer or {}).get("answers")
    if not listed:
        return None
    shown = [(readable(e["answer"], view), e["shares"]) for e in listed
             if not e["answer"].startswith("verdicts.")]
    claims = [e["shares"] for e in listed if e["answer"].startswith("verdicts.")]
    if claims:
        shown.append((f"Verdicts, mean of {len(claims)}", {
            kind: sum(s.get(kind) or 0.0 for s in claims) / len(claims) for kind in KINDS}))
    kinds = [kind for kind in KINDS if any(shares.get(kind) for _, shares in shown)]
    rows: Rows = [
        {"answer": name, "rests on": KINDS[kind][0], "share": shares.get(kind), "order": i}
        for name, shares in shown for i, kind in enumerate(kinds) if shares.get(kind)]
    if not rows:
        return None
    parts = [f"{KINDS[kind][0].lower()} {percent(answer[kind])}" for kind in KINDS
             if answer and answer.get(kind) is not None]
    caption = (f"Of the variance of the headline answers, on average: {join(parts)}. The shares "
               "are first-order: what each input explains by itself.")
    return Figure("rests-on", "What the uncertainty of the answers rests on", caption,
                  lambda: finished(_stacked(rows, kinds), max(60, 30 * len(shown))), rows)


HEADLINES = {"zone": "Whether there is a zone", "zone.share": "Share of packages in the zone",
             "zone.settle": "Whether a deal is made", "zone.months_of_war": "Months of war"}


def readable(name: str, view: View) -> str:
    """The name of a headline answer in words: `outlook.victory.x` -> `Victory of X`."""
    if name in HEADLINES:
        return HEADLINES[name]
    head, _, party = name.rpartition(".")
    if party == "defined":
        return f"Whether this is defined: {_lower(readable(head, view))}"
    if head == "zone.deal_by_month":
        return f"A deal within {view.periods(int(party))}"
    what = {"zone.predicted": "Terms for", "outlook.victory": "Victory of"}.get(head)
    return f"{what} {view.party(party)}" if what else name.replace(".", ": ").replace("_", " ")


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _dots(rows: Rows, order: list[str]) -> Any:
    import altair as alt

    scale = alt.Scale(domain=[0, 1], nice=False)
    edges = sorted({band.low for band in BANDS} & {0.1, 0.33, 0.66, 0.9})
    lines = alt.Chart(inline([{"edge": e} for e in edges])).mark_rule(
        strokeDash=[2, 4], opacity=0.5).encode(x=alt.X("edge:Q", scale=scale))
    across = alt.X("probability:Q", scale=scale, title="Probability that the claim's test holds",
                   axis=alt.Axis(format=".0%", values=edges, labelOverlap=False))
    claim = alt.Y("claim:N", sort=order, title=None, axis=alt.Axis(labelLimit=260, grid=True))
    base = alt.Chart(inline(rows)).encode(y=claim)
    bars = base.mark_rule(strokeWidth=2.5, opacity=0.5, color=ACCENT).encode(
        x=alt.X("low:Q", scale=scale), x2="high:Q")
    dots = base.mark_circle(size=90, opacity=1, color=ACCENT).encode(
        x=across, tooltip=[alt.Tooltip("says:N", title="Claim"),
                           alt.Tooltip("probability:Q", format=".1%", title="Probability"),
                           alt.Tooltip("words:N", title="In words")])
    return lines + bars + dots


def _stacked(rows: Rows, kinds: list[str]) -> Any:
    import altair as alt

    return alt.Chart(inline(rows)).mark_bar(height={"band": 0.62}).encode(
        x=alt.X("share:Q", stack="zero", title="Share of the variance",
                axis=alt.Axis(format=".0%"), scale=alt.Scale(domain=[0, 1])),
        y=alt.Y("answer:N", sort=None, title=None, axis=alt.Axis(labelLimit=280)),
        color=alt.Color("rests on:N", sort=None, scale=alt.Scale(
            domain=[KINDS[k][0] for k in kinds], range=[KINDS[k][1] for k in kinds]),
            legend=alt.Legend(symbolStrokeWidth=0)),
        order=alt.Order("order:Q"),
        tooltip=[alt.Tooltip("answer:N", title="Answer"),
                 alt.Tooltip("rests on:N", title="Rests on"),
                 alt.Tooltip("share:Q", format=".1%", title="Share")])
