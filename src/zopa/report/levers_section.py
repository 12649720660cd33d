"""What would move it: every lever and every pair, for both sides alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zopa.report.section import Listing, Section, in_periods, in_points, in_utility
from zopa.report.view import View
from zopa.report.wording import NONE, capital, counted, join, number, percent, stop, within
from zopa.scenario.number import Number

PAIRS = 10
"""Pairs that are listed, those with the largest effect on the chance of a deal either way."""
INTRO = ("The game is solved at the same draws with a lever and without it, and the difference is "
         "taken draw by draw. In brackets: 90 % of the draws. The list recommends nothing: what "
         "makes a deal more probable can make one side worse off, or both.")


def levers(view: View) -> Section | None:
    """Singles ranked, what they do to each side, the foremost pairs, and what has no numbers."""
    found: list[Mapping[str, Any]] = list(view.answers.get("levers") or [])
    if not found:
        return None
    singles, pairs, without = split(found)
    window = view.scenario.war.window if view.scenario.war else 0
    deal = f"Chance of a deal within {view.periods(window)}"
    tables = []
    if singles:
        tables += [
            Listing("Single levers, ranked by their effect on the chance of a deal",
                    ("Lever", "Who could use it", deal, "Before and after", "Months of war"
                     if view.scenario.period == "month" else f"{capital(view.scenario.period)}s "
                     "of war", "Smallest dose that opens the zone"),
                    tuple((e["title"], users(view, e), in_points(e["deal"]), _course(e),
                           in_periods(e["months"]), _dose(e)) for e in singles),
                    note="A dose of 1 is the lever as written; it is the smallest found that opens "
                         "the zone in half of the draws."),
            Listing("What each lever does to each side",
                    ("Lever", "Side", "Terms it can expect", "Value to itself today",
                     "Expected outcome", "Losses"),
                    tuple(_side(view, e, p) for e in singles for p in view.sides),
                    note="Terms, value and outcome are on the scale of the packages. Value is the "
                         "side's own expectation, outcome the analyst's. Losses are the "
                         "scenario's rate times the change of the time fought, and no count.")]
    if pairs:
        shown = foremost(pairs)
        left = len(pairs) - len(shown)
        more = (f"{capital(counted(left, 'more pair'))} {'is' if left == 1 else 'are'} in "
                "answers.json." if left else "")
        tables.append(Listing(
            "Pairs of levers, those with the largest effect", ("Levers", deal, "Before and after",
                                                              "Time fought"),
            tuple((e["title"], in_points(e["deal"]), _course(e), in_periods(e["months"]))
                  for e in shown), note=more))
    if without:
        tables.append(Listing("No numbers", ("Levers", "Why"), tuple(
            (e["title"], capital(stop(e.get("reason") or "no reason given"))) for e in without)))
    return Section((INTRO, *_drawn(singles, pairs)), tuple(tables))


def split(found: list[Mapping[str, Any]]
          ) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """Single levers, pairs, and those without numbers, each in the order of the answer."""
    solved = [e for e in found if e.get("deal") and e["deal"].get("change") is not None]
    return ([e for e in solved if len(e["levers"]) == 1],
            [e for e in solved if len(e["levers"]) > 1],
            [e for e in found if e not in solved])


def foremost(pairs: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The pairs with the largest effect either way, in the order of the answer."""
    order = sorted(pairs, key=lambda e: (-abs(round(e["deal"]["change"], 9)), e["levers"]))
    return [e for e in pairs if e in order[:PAIRS]]


def users(view: View, found: Mapping[str, Any]) -> str:
    """Who could use it, by name."""
    keys = [by for key in found["levers"] if key in view.scenario.levers
            for by in view.scenario.levers[key].by]
    return join([view.party(by) for by in dict.fromkeys(keys)]) or "not said"


def _course(found: Mapping[str, Any]) -> str:
    return f"{percent(found['deal'].get('before'))}, {percent(found['deal'].get('after'))}"


def _dose(found: Mapping[str, Any]) -> str:
    dose, reason = found.get("dose"), found.get("dose_reason")
    if dose is None:
        return capital(stop(reason)) if reason else NONE
    return f"{number(dose)}: {reason}" if reason else number(dose)


def _side(view: View, found: Mapping[str, Any], party: str) -> tuple[str, ...]:
    terms = (found.get("terms") or {}).get(party) or {}
    text = in_utility(terms)
    if text == NONE:
        text += ": no draw has terms with and without it"
    elif terms.get("undefined"):
        text += f", in {percent(1.0 - terms['undefined'])} of the draws"
    return (found["title"], view.party(party), text,
            in_utility((found.get("value") or {}).get(party)),
            in_utility((found.get("outcome") or {}).get(party)), _losses(view, found, party))


def _losses(view: View, found: Mapping[str, Any], party: str) -> str:
    lost, war = (found.get("losses") or {}).get(party), view.scenario.war
    if not lost or lost.get("change") is None or war is None:
        return f"{NONE}: the scenario gives no rate"
    rate = war.losses.get(party)
    unit = (rate.unit or "") if isinstance(rate, Number) else ""
    text = within(_change(lost["change"]), lost, _change)
    return f"{text} {unit.removesuffix(f' per {view.scenario.period}')}".strip()


def _change(value: float | None) -> str:
    """A change of the losses: whole persons from ten on, two digits below."""
    if value is None:
        return number(value)
    text = number(value, max(2, len(f"{abs(value):.0f}")))
    return text if value <= 0 else f"+{text}"


def _drawn(*groups: list[Mapping[str, Any]]) -> list[str]:
    """At how many draws they were solved."""
    names = ("Single levers", "pairs")
    parts = [f"{name} are solved at {group[0]['draws']} draws"
             for name, group in zip(names, groups, strict=True) if group]
    return [f"{capital(join(parts))}."] if parts else []
