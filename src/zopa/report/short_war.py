"""The first page's answers about the war without a deal, about waiting, and about the claims."""

from __future__ import annotations

from zopa.report.statement import Statement, weakest, worded
from zopa.report.view import View
from zopa.report.wording import CONFIDENCE, THIN, join, percent, qualified, signed


def outlook(view: View) -> Statement | None:
    answer = view.section("outlook")
    if answer is None:
        return None
    now, last = answer["by_month"], answer["months"][-1]
    fighting, band = now["fighting"][-1], answer["by_month_spread"]["fighting"]
    wins = join([f"{percent(now['victory'][p][-1])} for {view.party(p)}" for p in view.sides])
    return Statement(
        "Where does the war go if no deal is ever made?",
        f"The fighting still goes on after {view.periods(last)} with probability "
        f"{percent(fighting)}; by then the probability of victory is {wins}.",
        f"still fighting after {view.periods(last)}, "
        + qualified(fighting, worded(view, fighting),
                    weakest(view, *(f"outlook.victory.{p}" for p in view.sides)),
                    (band["low"][-1], band["high"][-1])), "outlook")


def waiting(view: View) -> Statement | None:
    answer = view.section("waiting")
    if answer is None:
        return None
    taus = sorted(int(t) for t in answer[view.sides[0]])
    tau = next((t for t in taus if t >= 12), taus[-1])
    parts, worth = [], []
    for party in view.sides:
        now, then = answer[party]["0"], answer[party][str(tau)]
        if now.get("terms") is not None and then.get("terms") is not None:
            parts.append(f"{_moved(then['terms'] - now['terms'])} for {view.party(party)}")
        if now.get("value") is not None and then.get("value") is not None:
            worth.append(f"{_moved(then['value'] - now['value'])} for {view.party(party)}")
    text = f"If talks start only after {view.periods(tau)}, "
    text += (f"the expected terms change by {join(parts)}" if parts
             else "no terms can be expected")
    if worth:
        text += f", and what each side expects for itself today by {join(worth)}"
    confidence = weakest(view, *(f"zone.predicted.{p}" for p in view.sides))
    return Statement("What does waiting cost whom?", text + ".",
                     CONFIDENCE[confidence] if confidence else "", "waiting")


def _moved(change: float) -> str:
    """A change, after "by"."""
    return "nothing" if change == 0.0 else signed(change)


def verdicts(view: View) -> Statement | None:
    answer = view.section("verdicts")
    if answer is None:
        return None
    tested = [e for e in answer.values() if e.get("probability") is not None]
    if not tested:
        text = ("The one claim has no test" if len(answer) == 1
                else f"None of the {len(answer)} claims has a test")
        return Statement("Which claims hold?", f"{text} that the model can evaluate.", "",
                         "verdicts")
    high = sum(1 for e in tested if e["probability"] >= 0.66)
    low = sum(1 for e in tested if e["probability"] <= 0.33)
    text = (f"{len(tested)} of the {len(answer)} claims could be tested; the rest are events, "
            "judgements, or not modelled." if len(tested) < len(answer) else
            f"All {len(tested)} claims could be tested." if len(tested) > 1 else
            "The one claim could be tested.")
    text += (f" In the model it holds with probability {percent(tested[0]['probability'])}."
             if len(tested) == 1 else
             f" In the model {high} of those hold with probability 66{THIN}% or more, {low} with "
             f"33{THIN}% or less, and {len(tested) - high - low} in between.")
    weak = sum(1 for e in tested if e.get("confidence") == "low")
    return Statement("Which claims hold?", text,
                     f"verdicts with low confidence: {weak} of {len(tested)}", "verdicts")
