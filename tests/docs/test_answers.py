"""The page on `answers.json` names every key that a run writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.docs.pages import ROOT
from tests.report import sample_answers
from zopa.draws.sobol import sample
from zopa.questions.answers import answer_all
from zopa.questions.study import Study
from zopa.report.serialise import plain
from zopa.scenario.load import load

BY_NAME = re.compile(
    r"^(scenario\.(names|assumed)|reasons|waiting(\.[^.]+)?|verdicts|extra|.*\.extra|.*\.args"
    r"|.*(disagreement|reservation|utilities|victory|cost|support_falls|horizon_shift)(_spread)?"
    r"|zone\.(predicted\.)?(settled|options)(\.[^.]+)?|.*\.package|.*\.shares"
    r"|zone\.blocked(\.[^.]+)?|zone\.blocked\..*\.options|hinges|hinges\..*\.(inputs|groups)"
    r"|levers\.(terms|value|outcome|losses)|hindsight"
    r"|hindsight\.[^.]+\.(utility|ratifiable|ex_ante|ex_post|losses))$"
)
"""Objects whose keys are a scenario's own names (parties, issues, claims), or a test's own."""


def keys(value: Any, path: str = "") -> Iterator[str]:
    """Every key of nested answers that is not a name of the scenario."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not BY_NAME.match(path):
                yield key.removesuffix("_spread")
            yield from keys(item, f"{path}.{key}".lstrip("."))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield from keys(value[0], path)


def test_every_key_is_documented() -> None:
    scenario = load(ROOT / "src/zopa/scenario/template.yaml")
    answers = answer_all(Study(scenario, sample(scenario, 8, 0), heavy=8))
    assert undocumented(answers) == []


def test_every_key_that_the_template_lacks_is_documented() -> None:
    # offers, vetoes and a record that weighs the draws, in the shape that the questions give
    shaped = plain(sample_answers.answers())
    named = ("obstacles", "levers", "hindsight", "hinges", "history")
    assert undocumented({name: shaped[name] for name in named} | {
        "zone": {"blocked": shaped["zone"]["blocked"]}}) == []


def undocumented(answers: dict[str, Any]) -> list[str]:
    text = (ROOT / "docs/reference/answers.md").read_text(encoding="utf-8")
    quoted = re.findall(r"`([^`]+)`", text) + re.findall(r"^## (.+)$", text, flags=re.M)
    known = {word for part in quoted for word in re.findall(r"\w+", part)}
    return sorted(set(keys(answers)) - known)
