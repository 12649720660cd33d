"""Which assumptions decide the answers: indices of the inputs, and where an answer flips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report.chart_verdicts import readable
from zopa.report.inputs import anchor, described
from zopa.report.section import Listing, Section
from zopa.report.view import View
from zopa.report.wording import NONE, capital, join, number, percent, percent_range, stop

TOP = 5
"""Inputs that are listed for an answer."""
HOW = ("Alone is the first-order index: how much of the spread between the draws would go, on "
       "average, if this input became known. With others is the total index: how much would stay "
       "if everything but it became known. It is computed under the prior, without what history "
       "and beliefs say of the inputs, because they make the inputs dependent. Brackets are 95 % "
       "intervals; an index whose interval covers everything is not given.")
ALONE, TOTAL = "Alone", "With others, under the prior"


def hinges(view: View) -> Section | None:
    """For every answer that varies its foremost inputs, and where it flips."""
    answer = view.section("hinges")
    if answer is None:
        return None
    varying = {name: entry for name, entry in answer.items() if entry.get("varies")}
    said = [HOW]
    still = [f"“{readable(name, view)}”" for name in answer if name not in varying]
    if still:
        said.append(f"The same in every draw, so that no uncertain input decides it: {join(still)}."
                    " What is held fixed may.")
    return Section(tuple(said), tuple(_answer(view, name, entry)
                                      for name, entry in varying.items()), _design(answer))


def top(entry: Mapping[str, Any], most: int = TOP) -> list[tuple[str, Mapping[str, Any]]]:
    """The inputs with the largest indices; those without any index, or with none above 0, not."""
    def size(found: Mapping[str, Any]) -> tuple[float, float]:
        own = None if found.get("group") else found.get("total")
        return max(found.get("first") or 0.0, own or 0.0), found.get("first") or 0.0

    listed = [(path, found) for path, found in (entry.get("inputs") or {}).items()
              if size(found)[0] >= 0.005]
    return sorted(listed, key=lambda row: ([-round(x, 9) for x in size(row[1])], row[0]))[:most]


def index(found: Mapping[str, Any], key: str) -> str:
    """An index with its interval: `40 % (31–52 %)`; why there is none."""
    if found.get(key) is None:
        reason = found.get(f"{key}_reason")
        return f"{NONE}: {reason}" if reason else NONE
    band = found.get(f"{key}_interval") or {}
    span = percent_range(band.get("low"), band.get("high"))
    text = percent(found[key])
    return text if band.get("low") is None or span == text else f"{text} ({span})"


def _answer(view: View, name: str, entry: Mapping[str, Any]) -> Listing:
    rows, targets = [], []
    for path, found in top(entry):
        total = index(found, "total")
        if found.get("group"):
            group = (entry.get("groups") or {}).get(found["group"]) or {}
            total += f", together with all of “{group.get('title') or found['group']}”"
        rows.append((described(view, path), found.get("provenance") or "not said",
                     index(found, "first"), total))
        targets.append(anchor(path))
    note = flips(view, entry)
    if not rows:
        note = f"No input stands out by itself. {note}".strip()
    return Listing(readable(name, view), ("Input", "Rests on", ALONE, TOTAL), tuple(rows),
                   tuple(targets), note)


def flips(view: View, entry: Mapping[str, Any]) -> str:
    """The value at which the answer crosses one half, or why there is none."""
    flip, reason, hinge = (entry.get(k) for k in ("flips_at", "flips_reason", "hinge"))
    if flip and hinge:
        unit = f" {flip['unit']}" if flip.get("unit") else ""
        text = (f"It crosses one half where “{described(view, hinge)}” is {number(flip['value'])}"
                f"{unit}")
        between = flip.get("between")
        if between:
            text += f" (between {number(between[0])} and {number(between[1])})"
        if flip.get("verified_probability") is not None:
            text += f"; solved again there, it is {percent(flip['verified_probability'])}"
        return f"{text}."
    if not reason:
        return ""
    if hinge:
        reason = reason.replace(hinge, f"“{described(view, hinge)}”")
    if reason.startswith(("stays ", "goes ")):
        reason = f"its probability {reason}"
    return f"Where it crosses one half: {stop(reason)}"


def _design(answer: Mapping[str, Any]) -> tuple[str, ...]:
    design = next((e["design"] for e in answer.values() if e.get("design")), None)
    if design is None:
        return ()
    return (f"Total indices {design['label']}: {design['draws']} draws of a design of "
            f"{design['groups']} groups of inputs. {capital(stop(design['why']))}",)
