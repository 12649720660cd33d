"""The first page: each answer in a sentence, what the answers rest on, what is not modelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from zopa.core.words import confidence as confidence_of
from zopa.core.words import words as word_of
from zopa.report.inputs import counts, rows
from zopa.report.view import View
from zopa.report.wording import (
    CONFIDENCE,
    THIN,
    among,
    counted,
    decimal,
    join,
    percent,
    qualified,
    signed,
    spread_range,
    stop,
)
from zopa.scenario.ratification import ratified

LEFT_OUT = ("In no scenario: the people who are not at the table, law, right and wrong, and "
            "escalation to a wider war. Terms that the sides prefer are not thereby lawful or "
            "just.")
NAMED = {"judgement": "judged"}
FEW = 4
CLEAR = 0.5
"""Share of the draws from which on one package stands out."""


@dataclass(frozen=True)
class Statement:
    """One answer.

    Attributes:
        question: what was asked.
        answer: a sentence or two.
        measure: probability word, number and confidence; empty where the sentence says it.
        section: where the report goes into it.
        items: a package of terms that the answer names, issue and option.
    """

    question: str
    answer: str
    measure: str
    section: str
    items: tuple[tuple[str, str], ...] = ()


def statements(view: View) -> list[Statement]:
    """The answers that this run has, the zone first."""
    makers = (_zone, _deal, _terms, _outlook, _waiting, _verdicts)
    return [made for made in (make(view) for make in makers) if made is not None]


def asked(view: View) -> str:
    """What was asked, in a sentence."""
    sides = join([view.party(p) for p in view.sides])
    if view.scenario.war is None:
        return (f"Are there terms that {sides} all prefer to no agreement, and which are they?"
                if len(view.sides) > 2 else
                f"Are there terms that both {sides} prefer to no agreement, and which are they?")
    return (f"Are there terms that both {sides} prefer to fighting on, which are they, when would "
            "they be agreed, what does waiting cost each side, and which of the claims made about "
            "the war hold in the model?")


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
    if view.scenario.war is not None:
        found.append("What happened before the date, above all that no deal was made, is not "
                     "evidence here: it does not weigh the draws, and the predicted timing takes "
                     "no account of it.")
    believed = (view.answers.get("scenario") or {}).get("assumed") or {}
    found += [f"The claim “{view.claim(key).rstrip('.')}” was assumed to be "
              f"{'true' if true else 'false'}." for key, true in believed.items()]
    return found


def not_modelled(view: View) -> tuple[list[str], int]:
    """What is left out: of this scenario first, then always; and how many more there are."""
    own = [stop(text) for text in view.scenario.not_modelled]
    return [*own[:FEW], LEFT_OUT], max(len(own) - FEW, 0)


def worded(view: View, probability: float | None) -> str | None:
    """The word for a probability, where its Monte Carlo interval leaves no doubt.

    The interval is Wilson's for as many indicator draws as there are effective ones: at least as
    wide as that of draws that each leave a probability.
    """
    from zopa.questions.spread import interval

    draws = (view.section("status") or {}).get("effective_draws")
    if probability is None or not draws:
        return None
    low, high = interval(probability, probability * (1.0 - probability), float(draws))
    return word_of(probability, low, high)


def _zone(view: View) -> Statement | None:
    zone = view.section("zone")
    if zone is None:
        return None
    sides = join([view.party(p) for p in view.sides])
    each = "both" if len(view.sides) == 2 else "all of"
    than = "never agreeing" if view.scenario.war else "no agreement"
    ratify = ", and can ratify," if ratified(view.scenario) else ""
    text = (f"Terms that {each} {sides} prefer to {than}{ratify} exist with probability "
            f"{percent(zone['probability'])}.")
    if zone.get("packages"):
        text += f" On average {among(zone['packages'], zone.get('of_packages'))} are such terms."
    return Statement("Is there a zone of possible agreement?", text, qualified(
        zone["probability"], zone.get("words"), zone.get("confidence"),
        zone.get("probability_interval")), "zone")


def _deal(view: View) -> Statement | None:
    zone = view.section("zone")
    curve = (zone or {}).get("deal_by_month")
    if zone is None or not curve:
        return None
    year, last = min(12, len(curve) - 1), len(curve) - 1
    text = (f"A deal is predicted within {view.periods(year)} with probability "
            f"{percent(curve[year])}")
    text += (f", and within {view.periods(last)} with probability {percent(curve[last])}."
             if last > year else ".")
    if zone.get("months_of_war") is not None:
        spread = zone.get("months_of_war_spread") or {}
        text += (f" Until then or the end of that time, {decimal(zone['months_of_war'], 1)} "
                 f"{view.scenario.period}s of war are expected")
        if spread.get("low") is not None:
            text += f" ({spread_range(spread, 1)} in 90{THIN}% of the draws)"
        text += "."
    measure = qualified(curve[year], worded(view, curve[year]), _confidence(view, "zone.settle"))
    return Statement("When is a deal predicted?", text,
                     f"within {view.periods(year)}, {measure}", "deal")


def _terms(view: View) -> Statement | None:
    zone = view.section("zone")
    if zone is None:
        return None
    predicted = zone.get("predicted") or {}
    package = predicted.get("package")
    if package:
        frequency = predicted.get("frequency")
        text = ("The package of terms that is nearest to the predicted agreement is listed below."
                if (frequency or 0.0) >= CLEAR else
                "No one package of terms stands out; the one that is nearest to the predicted "
                "agreement in the most draws is listed below.")
        chances = predicted.get("options") or {}
        if chances:
            text += " After each term: the share of draws in which the nearest package has it."
        key = "terms" if predicted.get("terms") else "utilities"
        utilities, spread = predicted[key], predicted.get(f"{key}_spread") or {}
        worth = join([f"{decimal(utilities[p])} to {view.party(p)} ({spread_range(spread.get(p))})"
                      for p in view.sides])
        text += f" The agreement is worth {worth}, on a scale from 0 to 1."
        measure = (f"predicted in {percent(predicted.get('share_of_draws'))} of the draws; this "
                   f"package is the nearest in {percent(frequency)} of those")
        confidence = _confidence(view, *(f"zone.predicted.{p}" for p in view.sides))
        if confidence is not None:
            measure += f", {CONFIDENCE[confidence]}"
        return Statement("Which terms?", text, measure, "predicted",
                         tuple((view.issue(i), _term(view, chances, i, o))
                               for i, o in package.items()))
    text = ("" if view.scenario.war is None else
            "No agreement is predicted often enough to name its terms. ")
    nash = (zone.get("points") or {}).get("nash") or {}
    if nash.get("package"):
        than = "never agreeing" if view.scenario.war else "no agreement"
        text += (f"The package nearest to the Nash point, where the product of the sides' gains "
                 f"over {than} is largest, is listed below. It is a yardstick, not a prediction.")
        return Statement("Which terms?", text, "", "predicted",
                         tuple(view.package(nash["package"])))
    if not text:
        text = "There are none to name: no package is better for every side than no agreement."
    return Statement("Which terms?", text.strip(), "", "predicted")


def _term(view: View, chances: Mapping[str, Mapping[str, float | None]], issue: str,
          option: str) -> str:
    """An option with its share of the draws, and beside it one that has a clearly larger share."""
    shares = chances.get(issue) or {}
    share = shares.get(option)
    if share is None:
        return view.option(issue, option)
    text = f"{view.option(issue, option)} ({percent(share)})"
    best = max(shares, key=lambda o: shares[o] or 0.0)
    top = shares[best] or 0.0
    if percent(top) == percent(share) or top < share:
        return text
    return f"{text}; by itself more often: {view.option(issue, best)} ({percent(top)})"


def _outlook(view: View) -> Statement | None:
    answer = view.section("outlook")
    if answer is None:
        return None
    now, last = answer["by_month"], answer["months"][-1]
    fighting = now["fighting"][-1]
    wins = join([f"{view.party(p)} has won with probability {percent(now['victory'][p][-1])}"
                 for p in view.sides])
    return Statement(
        "Where does the war go if no deal is ever made?",
        f"The fighting still goes on after {view.periods(last)} with probability "
        f"{percent(fighting)}; by then {wins}.",
        f"still fighting after {view.periods(last)}, "
        + qualified(fighting, worded(view, fighting),
                    _confidence(view, *(f"outlook.victory.{p}" for p in view.sides))), "outlook")


def _waiting(view: View) -> Statement | None:
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
    text += (f"the terms that can be expected change by {join(parts)}" if parts
             else "no terms can be expected")
    if worth:
        text += (", and the value of each side's whole position today, as it expects it itself, "
                 f"changes by {join(worth)}")
    confidence = _confidence(view, *(f"zone.predicted.{p}" for p in view.sides))
    return Statement("What does waiting cost whom?", text + ".",
                     CONFIDENCE[confidence] if confidence else "", "waiting")


def _moved(change: float) -> str:
    """A change, after "by"."""
    return "nothing" if change == 0.0 else signed(change)


def _verdicts(view: View) -> Statement | None:
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


def _confidence(view: View, *names: str) -> str | None:
    """The lowest confidence of some headline answers, by what their variance rests on.

    A citation behind the terms of a deal is taken for a published expert score, any other for data;
    an answer that varies while no input stands out has low confidence, and one that does not vary
    that of all the numbers together.  None where what the answers rest on was not asked.
    """
    from zopa.questions.rests import grounds

    rests = view.section("rests_on")
    if rests is None:
        return None
    listed = rests.get("answers") or []
    found = set()
    for entry in listed:
        if entry["answer"] not in names:
            continue
        shares = entry["shares"]
        cited = "data" if entry["answer"].startswith("outlook.") else "expert"
        kinds = {"judgement": shares.get("judgement", 0.0), "data": shares.get("calibrated", 0.0)}
        kinds[cited] = kinds.get(cited, 0.0) + shares.get("cited", 0.0)
        found.add(confidence_of(kinds) if sum(kinds.values()) > 0.0 else "low")
    if not found:
        return confidence_of(grounds(view.scenario))
    return next(level for level in ("low", "medium", "high") if level in found)
