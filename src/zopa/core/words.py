"""Words for probabilities and for confidence.

The scale is the IPCC's (Mastrandrea et al. 2010, table 1).  Its words overlap ("likely" holds
whatever is "very likely"), so the scale is cut into bands without overlap, and a word is given only
where the whole Monte Carlo interval lies in one band: a borderline answer gets none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """A word and the probabilities that it alone describes, both ends included."""

    word: str
    low: float
    high: float


BANDS: tuple[Band, ...] = (
    Band("virtually certain", 0.99, 1.0),
    Band("very likely", 0.90, 0.99),
    Band("likely", 0.66, 0.90),
    Band("about as likely as not", 0.33, 0.66),
    Band("unlikely", 0.10, 0.33),
    Band("very unlikely", 0.01, 0.10),
    Band("exceptionally unlikely", 0.0, 0.01),
)
OPPOSITE = {
    "virtually certain": "exceptionally unlikely", "very likely": "very unlikely",
    "likely": "unlikely", "about as likely as not": "about as likely as not",
    "unlikely": "likely", "very unlikely": "very likely",
    "exceptionally unlikely": "virtually certain"}
EDGE = 1e-12

# Shares of the answer's variance that rest on each kind of provenance.
MOSTLY = 0.5
LITTLE = 0.2


def words(probability: float, low: float, high: float) -> str | None:
    """The word for a probability whose Monte Carlo interval is [low, high].

    Args:
        probability: the estimate; NaN where there is none.
        low, high: ends of its interval, low <= probability <= high.

    Returns:
        The word of the one band that holds the interval; at an edge shared by two bands the one
        farther from a half.  None where the interval crosses an edge, or for NaN.
    """
    for band in sorted(BANDS, key=lambda b: -abs(0.5 * (b.low + b.high) - 0.5)):
        if band.low - EDGE <= min(low, probability) and max(high, probability) <= band.high + EDGE:
            return band.word
    return None


def confidence(shares: Mapping[str, float]) -> str:
    """Low, medium or high: what the inputs that drive an answer rest on.

    Args:
        shares: provenance -> share of the variance that is accounted for; the keys are `data`
            (a citation or a calibration), `expert` (published expert scores) and `judgement`.
            They need not sum to 1; all zero means that nothing uncertain drives the answer.

    Returns:
        `low` where judgement carries more than half; `high` where it carries a fifth at most and
        data more than half, or where nothing uncertain drives the answer; else `medium`.
    """
    total = sum(shares.get(kind, 0.0) for kind in ("data", "expert", "judgement"))
    if total <= 0:
        return "high"
    judged = shares.get("judgement", 0.0) / total
    if judged > MOSTLY:
        return "low"
    return "high" if judged <= LITTLE and shares.get("data", 0.0) / total > MOSTLY else "medium"
