"""A verdict as a card: who says it, the test, its probability, the mirror, what it hinges on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from zopa.questions.outcome import NO_ONE, RECORD, SAME
from zopa.report.extras import extras
from zopa.report.inputs import anchor, described, shown
from zopa.report.view import View
from zopa.report.wording import capital, number, percent, percent_range, qualified, stop
from zopa.scenario.inputs import inputs
from zopa.scenario.number import Calibrated, Cite, Judgement

UNTESTED = {"event": "Event: it is a record, not a result of the model",
            "evaluative": "Evaluative: no model can test it",
            "normative": "Normative: no model can test it",
            "testable": "No probability"}
UNTURNED = {
    RECORD: "Another record.",
    SAME: "{other}, inputs would have to leave the ranges that the scenario gives them, or known "
          "numbers be others.",
    NO_ONE: "No single input decides it; several would have to change together."}
"""What is said where no input is the hinge."""
HOW = {"direct": "quoted directly", "indirect": "reported indirectly"}


@dataclass(frozen=True)
class Link:
    """A place in the page: where to, and what it is called."""

    target: str
    text: str


@dataclass(frozen=True)
class Tested:
    """One test of a claim.

    Attributes:
        sentence: what the test puts in place of the claim.
        formula: when it holds in a draw.
        measure: word, probability, interval and confidence.
        probability, low, high: for the scale; None where there is none.
        undecided: what share of the draws cannot say, as a sentence; empty where all can.
        mirror: the same test for the other side, as a sentence; empty where it names no side.
        hinge: the input that moves it most; None where there is none.
        hinges: what is said about it.
        turns: what would have to be true for it to go the other way.
        extra: what else was found, name and value.
    """

    sentence: str
    formula: str
    measure: str
    probability: float | None
    low: float | None
    high: float | None
    undecided: str = ""
    mirror: str = ""
    hinge: Link | None = None
    hinges: str = ""
    turns: str = ""
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Card:
    """One claim.

    Attributes:
        key: its name in the scenario.
        says: the paraphrase.
        chain: who says it and on what standing, outermost first.
        how: quoted or reported, and when.
        kind: why it is not tested; empty where it is.
        reason: why there is no probability; empty where there is one.
        assumed: that the reader assumed it; empty where not.
        test: the claim's own test; None where there is none.
        beside: other tests of it.
        source: where it stands: text before, and the source's key.
    """

    key: str
    says: str
    chain: tuple[tuple[str, str], ...]
    how: str
    kind: str
    reason: str
    assumed: str
    test: Tested | None
    beside: tuple[Tested, ...] = field(default=())
    source: tuple[str, str | None] = ("", None)


def cards(view: View) -> list[Card]:
    """All claims, in the order of the scenario."""
    return [card(view, key, entry) for key, entry in (view.section("verdicts") or {}).items()]


def card(view: View, key: str, entry: Mapping[str, Any]) -> Card:
    """One claim."""
    claim = view.scenario.claims.get(key)
    how = HOW.get(entry.get("how", ""), "")
    if claim is not None and claim.date is not None:
        how = f"{how}, {claim.date.isoformat()}".strip(", ")
    probability = entry.get("probability")
    has_test = bool(entry.get("test"))
    told = entry.get("assumed_true")
    assumed = ("" if not entry.get("assumed") else
               "Assumed to be " + ("false" if told is False else "true") + " for this run")
    return Card(
        key, entry.get("says") or view.claim(key),
        tuple((f"{link['who']}, {link['office']}" if link.get("office") else link["who"],
               link["standing"]) for link in entry.get("chain", ())),
        how, "" if has_test else UNTESTED.get(entry.get("kind", ""), "Not tested"),
        "" if probability is not None else capital(stop(entry.get("reason") or "no reason given")),
        assumed, tested(view, entry) if has_test else None,
        tuple(tested(view, other) for other in entry.get("beside") or ()), _source(view, key))


def tested(view: View, entry: Mapping[str, Any]) -> Tested:
    """One test of a claim, with everything that is known about its probability."""
    low, high = entry.get("interval") or (None, None)
    probability = entry.get("probability")
    hinge = entry.get("hinge")
    words = entry.get("words")
    measure = (f"assumed to be {'false' if entry.get('assumed_true') is False else 'true'}"
               if entry.get("assumed") else
               qualified(probability, words, entry.get("confidence"), (low, high)))
    return Tested(
        capital(stop(view.test(entry.get("test")))), entry.get("formula") or "",
        measure, probability, low,
        high, _undecided(entry.get("undecided"), probability), _mirror(view, entry.get("mirror")),
        Link(anchor(hinge["input"]), described(view, hinge["input"])) if hinge else None,
        _hinges(view, entry), _turns(view, entry), extras(view, entry))


def _undecided(share: float | None, probability: float | None) -> str:
    if not share or probability is None:
        return ""
    return f"In {percent(share)} of the draws it cannot be evaluated; they count neither way."


def _mirror(view: View, mirror: Mapping[str, Any] | None) -> str:
    if not mirror:
        return ""
    sentence = capital(view.test(mirror.get("test")))
    if mirror.get("probability") is None:
        return f"{sentence}: {mirror.get('reason') or 'it cannot be evaluated'}."
    low, high = mirror.get("interval") or (None, None)
    return f"{sentence}: {qualified(mirror['probability'], interval=(low, high))}."


def _hinges(view: View, entry: Mapping[str, Any]) -> str:
    hinge = entry.get("hinge")
    if not hinge:
        reason = entry.get("hinge_reason")
        return capital(stop(reason)) if reason and entry.get("probability") is not None else ""
    text = f"it explains {percent(hinge.get('index'))} of the variation by itself"
    interval = hinge.get("interval")
    if interval:
        text += f" ({percent_range(*interval)})"
    if hinge.get("provenance"):
        text += f", and rests on {_basis(hinge['provenance'])}"
    taken = inputs(view.scenario).get(hinge["input"])
    return f"{text}. It is taken as {shown(taken)}." if taken is not None else f"{text}."


def _basis(provenance: str) -> str:
    return {"cited": "a citation", "calibrated": "a calibration"}.get(provenance, provenance)


def _turns(view: View, entry: Mapping[str, Any]) -> str:
    """What would have to be true for the verdict to go the other way."""
    probability, hinge, flip = (entry.get(k) for k in ("probability", "hinge", "flips_at"))
    if probability is None or entry.get("assumed"):
        return ""
    other = ("For it to fail more often than it holds" if probability >= 0.5
             else "For it to hold more often than it fails")
    if hinge and flip:
        unit = f" {flip['unit']}" if flip.get("unit") else ""
        text = (f"{other}, this input would have to cross {number(flip['value'])}{unit}, all "
                "others staying as uncertain as they are.")
        if flip.get("verified_probability") is not None:
            text += (" Solved again there, its probability is "
                     f"{percent(flip['verified_probability'])}.")
        return text
    reason = entry.get("flips_reason")
    if not reason:
        return ""
    if hinge:
        reason = reason.replace(hinge["input"], "this input")
    if reason.startswith(("stays ", "goes ")):
        reason = f"its probability {reason}"
    known = UNTURNED.get(reason)
    return known.format(other=other) if known else f"{other}, no value is known: {stop(reason)}"


def _source(view: View, key: str) -> tuple[str, str | None]:
    claim = view.scenario.claims.get(key)
    source = claim.source if claim is not None else None
    if isinstance(source, Cite):
        return source.where or "", source.cite
    if isinstance(source, Calibrated):
        return source.calibrated, source.cite
    return (source.judgement, None) if isinstance(source, Judgement) else ("", None)
