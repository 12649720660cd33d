"""The claims with their verdicts, who says them, and where: a row each, all of it text."""

from __future__ import annotations

from dataclasses import dataclass

from zopa.report.bibliography import address
from zopa.report.cards import cards
from zopa.report.view import View


@dataclass(frozen=True)
class Verdict:
    """One claim.

    Attributes:
        says: the paraphrase.
        who: who says it, outermost first.
        found: probability word, number and interval, or why there is none.
        mirror: the same test for the other side; empty where it names no side.
        source: where it stands.
        url: of the source; None where it has none that may be linked.
    """

    says: str
    who: str
    found: str
    mirror: str
    source: str
    url: str | None


def verdict_rows(view: View) -> tuple[Verdict, ...]:
    """All claims, the tested ones first, in the order of the scenario."""
    made = []
    for card in cards(view):
        text, key = card.source
        source = view.scenario.sources.get(key) if key else None
        named = f"{source.author}, {source.title} ({source.year})" if source else ""
        found = card.test.measure if card.test and card.test.probability is not None else (
            card.reason or card.kind)
        made.append((card.test is None, Verdict(
            card.says, ", ".join(who for who, _ in card.chain),
            card.assumed or found, card.test.mirror if card.test else "",
            " ".join(part for part in (named, text) if part),
            address(source.url) if source else None)))
    return tuple(verdict for _, verdict in sorted(made, key=lambda item: item[0]))
