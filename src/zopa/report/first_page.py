"""The first page: each answer in a sentence, what the answers rest on, what is not modelled."""

from __future__ import annotations

from zopa.report.history_section import short
from zopa.report.inputs import counts, rows
from zopa.report.inputs import described as title
from zopa.report.short_war import outlook, verdicts, waiting
from zopa.report.short_why import hindsight, hinges, levers, obstacles
from zopa.report.short_zone import deal, terms, zone
from zopa.report.statement import Statement
from zopa.report.view import View
from zopa.report.wording import counted, join, number, percent, stop

LEFT_OUT = ("In no scenario: the people who are not at the table, law, right and wrong, and "
            "escalation to a wider war. Terms that the sides prefer are not thereby lawful or "
            "just.")
NAMED = {"judgement": "judged"}
FEW = 3


def statements(view: View) -> list[Statement]:
    """The answers that this run has, the zone first."""
    makers = (zone, deal, terms, outlook, obstacles, waiting, levers, hindsight, verdicts, hinges)
    return [made for made in (make(view) for make in makers) if made is not None]


def asked(view: View) -> str:
    """What was asked, in a sentence."""
    sides = join([view.party(p) for p in view.sides])
    if view.scenario.war is None:
        return (f"Are there terms that {sides} all prefer to no agreement, and which are they?"
                if len(view.sides) > 2 else
                f"Are there terms that both {sides} prefer to no agreement, and which are they?")
    return (f"Can {sides} agree on terms that both prefer to fighting on: which, when, and what "
            "stands in the way?")


def rests_on(view: View) -> list[str]:
    """What the answers rest on, in sentences."""
    found = []
    shares = view.section("rests_on")
    if shares and shares.get("answers") and shares.get("judgement") is not None:
        parts = [f"{percent(shares[kind])} on {name}" for kind, name in (
            ("cited", "cited figures"), ("data", "data"),
            ("expert", "published expert scores"), ("calibrated", "calibration"))
            if shares.get(kind)]
        text = f"{percent(shares['judgement'])} of the variance of the answers rests on judgement"
        text += f", {join(parts)}" if parts else ""
        if shares.get("unexplained"):
            text += f"; {percent(shares['unexplained'])} is not explained by any input alone"
        found.append(text + ".")
    kinds = {kind: n for kind, n in counts(rows(view)).items() if n}
    total = sum(kinds.values())
    if total:
        found.append(f"Of the {counted(total, 'uncertain number')}, "
                     + join([f"{n} {'is' if n == 1 else 'are'} {NAMED.get(kind, kind)}"
                             for kind, n in kinds.items()]) + ".")
    else:
        found.append("No number of this scenario is uncertain: the answers have no spread, which "
                     "does not make them certain.")
    found += [text for text in (short(view),) if text]
    described = view.answers.get("scenario") or {}
    levers = view.scenario.levers
    found += [f"The lever “{levers[key].title if key in levers else key}” was on"
              + ("." if dose == 1.0 else f", at {number(dose)} times what is written.")
              for key, dose in (described.get("on") or {}).items()]
    found += [f"Held at {number(value, 6)}: {title(view, path)}."
              for path, value in (described.get("held") or {}).items()]
    believed = described.get("assumed") or {}
    found += [f"The claim “{view.claim(key).rstrip('.')}” was assumed to be "
              f"{'true' if true else 'false'}." for key, true in believed.items()]
    return found


def not_modelled(view: View) -> tuple[list[str], int]:
    """What is left out: of this scenario first, then always; and how many more there are."""
    own = [stop(text) for text in view.scenario.not_modelled]
    return [*own[:FEW], LEFT_OUT], max(len(own) - FEW, 0)
