"""One answer of the first page, and how sure its words may be."""

from __future__ import annotations

from dataclasses import dataclass

from zopa.core.words import confidence as confidence_of
from zopa.core.words import words as word_of
from zopa.report.view import View


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


def error_of(view: View, probability: float | None) -> tuple[float, float] | None:
    """The Monte Carlo interval of a probability, from the number of effective draws.

    It is Wilson's for as many indicator draws as there are effective ones: at least as wide as that
    of draws that each leave a probability.
    """
    from zopa.questions.spread import interval

    draws = (view.section("status") or {}).get("effective_draws")
    if probability is None or not draws:
        return None
    return interval(probability, probability * (1.0 - probability), float(draws))


def worded(view: View, probability: float | None) -> str | None:
    """The word for a probability, where its Monte Carlo interval leaves no doubt."""
    found = error_of(view, probability)
    return word_of(probability, *found) if found and probability is not None else None


def weakest(view: View, *names: str) -> str | None:
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
