"""Two runs side by side: what differs in the inputs, and what in the answers."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from zopa.report.compare_answers import Difference, differences
from zopa.report.compare_headlines import Headline, headlines, verdicts
from zopa.report.compare_inputs import InputChanges, NumberChange, input_changes, words
from zopa.report.view import View

IDENTITY = ("name", "title", "date", "sha256", "content_sha256")


@dataclass(frozen=True)
class Comparison:
    """What differs between two runs.

    Attributes:
        before, after: the runs, in the order given.
        inputs: what they were given.
        headlines: headline answers that either has, changed ones first, by size.
        verdicts: the same of the claims.
        differences: every entry of the answers that differs, by size.
        same_bytes: whether both `answers.json` are the same to the byte.
    """

    before: View
    after: View
    inputs: InputChanges
    headlines: tuple[Headline, ...]
    verdicts: tuple[Headline, ...]
    differences: tuple[Difference, ...]
    same_bytes: bool

    @property
    def same_text(self) -> bool:
        """Whether both ran the very same text, comments and layout included."""
        one, two = (view.manifest["scenario"].get("sha256") for view in (self.before, self.after))
        return bool(one == two)


def compare(before: View, after: View) -> Comparison:
    """Compare two runs, as `zopa.report.stored.read_run` gives them."""
    one, two = ((view.manifest.get("files") or {}).get("answers.json")
                for view in (before, after))
    return Comparison(
        before, after, input_changes(before, after), tuple(headlines(before, after)),
        tuple(verdicts(before, after)), tuple(differences(before.answers, after.answers)),
        one is not None and one == two)


def as_data(found: Comparison, everything: bool = False) -> dict[str, Any]:
    """A comparison as plain data: the keys of docs/reference/compare.md.

    Args:
        everything: with every number of the answers that differs.
    """
    inputs = found.inputs
    return {
        "runs": [_run(found.before), _run(found.after)],
        "same": {"inputs": inputs.none, "text": found.same_text,
                 "answers": not found.differences, "bytes": found.same_bytes},
        "inputs": {
            "sides": inputs.sides,
            "settings": [asdict(change) for change in inputs.settings],
            "numbers": [_number(change) for change in inputs.numbers],
            "structure": [asdict(change) for change in inputs.structure]},
        "answers": {
            "headlines": [_headline(one) for one in found.headlines],
            "verdicts": [_headline(one) for one in found.verdicts],
            "differing": len(found.differences)}
        | ({"differences": [asdict(one) for one in found.differences]} if everything else {}),
    }


def _run(view: View) -> dict[str, Any]:
    stored = view.manifest
    return {key: stored["scenario"].get(key) for key in IDENTITY} | {
        key: stored.get(key) for key in ("draws", "seed", "heavy", "zopa")}


def _number(change: NumberChange) -> dict[str, Any]:
    def side(which: Any) -> dict[str, Any]:
        exact = which.model_dump(mode="json", exclude_none=True, exclude={"unit", "source"})
        return words(which) | {"exact": exact}

    return {"path": change.path, "parts": list(change.parts), "before": side(change.before),
            "after": side(change.after), "size": change.size}


def _headline(one: Headline) -> dict[str, Any]:
    return {"path": one.path, "title": one.title, "unit": one.unit,
            "before": one.before, "after": one.after, "change": one.change,
            "exceeds_monte_carlo": one.exceeds, "changed": one.changed,
            "intervals": [list(span) if span else None for span in one.intervals],
            "words": list(one.words)}
