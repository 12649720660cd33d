"""What the record says: how many draws were solved, how many are left, what it moved."""

from __future__ import annotations

from zopa.report.inputs import anchor, described
from zopa.report.section import Listing, Section
from zopa.report.view import View
from zopa.report.wording import counted, join, number, percent, signed

COUNTED = {"survival": "neither side having collapsed", "support": "support", "deal":
           "deals not made", "momentum": "momentum", "position": "the position"}


def history(view: View) -> Section | None:
    """What was observed did to the draws; None without a war, or where it was not asked."""
    answer = view.section("history")
    if answer is None:
        return None
    if not answer.get("weighs"):
        return Section((short(view),))
    said = [f"{number(answer['draws'], 9)} draws were solved and weighed by how probable they make "
            f"what was recorded; they are worth {number(answer['effective_draws'])} equally "
            f"weighted ones, and {number(answer['kept'], 9)} were kept. The largest weight is "
            f"{percent(answer['largest_weight'])}."]
    counts = [f"{COUNTED.get(name, name)} ({counted(steps, 'step')})"
              for name, steps in (answer.get("counted") or {}).items() if steps]
    if counts:
        said.append(f"What counts is {join(counts)}, between {answer['states']} recorded states. "
                    "What calibrates an input is not counted again.")
    foreseen = answer.get("deal_foreseen") or {}
    if foreseen.get("before") is not None:
        said.append("A deal within the recorded time was foreseen with probability "
                    f"{percent(foreseen['before'])} on average before the record weighed the "
                    f"draws, and with {percent(foreseen['after'])} after.")
    moved = answer.get("moved") or []
    table = Listing("The inputs that the record moved most",
                    ("Input", "Its mean moved by, in standard deviations"),
                    tuple((described(view, row["input"]), signed(row["shift"], 2))
                          for row in moved), tuple(anchor(row["input"]) for row in moved))
    return Section(tuple(said), (table,) if moved else ())


def short(view: View) -> str:
    """What history did, in a sentence; empty without a war."""
    answer = view.section("history")
    if view.scenario.war is None or answer is None:
        return ""
    if not answer.get("states"):
        return ("The scenario has no record of earlier periods, so nothing that happened before "
                "its date weighs the draws.")
    if not answer.get("weighs"):
        return (f"The record ({counted(answer['states'], 'state')}) weighs no draws: it says "
                "nothing beyond what calibrated the inputs.")
    return (f"What was observed weighed the draws: {number(answer['draws'], 9)} were solved, worth "
            f"{number(answer['effective_draws'])} equally weighted ones now.")
