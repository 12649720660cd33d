"""A run as its readers see it: the scenario and its answers, with names in place of keys.

Page, charts and terminal all read a run through this one object, so that a party, an issue or an
option is called the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zopa.report import wording
from zopa.scenario.schema import Scenario


@dataclass(frozen=True)
class View:
    """What a run says.

    Attributes:
        scenario: as it was run.
        answers: as in `answers.json`, plain data with None for what is not a number.
        manifest: as in `manifest.json`.
    """

    scenario: Scenario
    answers: Mapping[str, Any]
    manifest: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[str, ...]:
        """Those who must agree; the first two have a colour each."""
        return self.scenario.sides

    def section(self, name: str) -> Mapping[str, Any] | None:
        """The answer to one question; None where the scenario does not ask it."""
        found = self.answers.get(name)
        return found if found else None

    def party(self, key: str) -> str:
        """A party's name."""
        party = self.scenario.parties.get(key)
        return party.name if party else key

    def issue(self, key: str) -> str:
        """An issue's title."""
        issue = self.scenario.issues.get(key)
        return issue.title if issue else key

    def option(self, issue: str, key: str) -> str:
        """An option's title."""
        found = self.scenario.issues.get(issue)
        option = found.options.get(key) if found else None
        return option.title if option else key

    def package(self, package: Mapping[str, str] | None) -> list[tuple[str, str]]:
        """Issue and option of a package, by their titles."""
        return [(self.issue(i), self.option(i, o)) for i, o in (package or {}).items()]

    def claim(self, key: str) -> str:
        """A claim's paraphrase."""
        claim = self.scenario.claims.get(key)
        return claim.says if claim else key

    def periods(self, count: float) -> str:
        """A number of periods, in words: `12 months`."""
        return wording.periods(count, self.scenario.period)

    def named(self, argument: Any) -> str:
        """An argument of a test by its name: a party, a lever, an offer, an issue, options."""
        if isinstance(argument, Sequence) and not isinstance(argument, str):
            return wording.join([self.named(item) for item in argument], "or")
        key = str(argument)
        scenario = self.scenario
        for table in (scenario.levers, scenario.offers, scenario.issues):
            if key in table:
                return f"“{table[key].title}”"
        return self.party(key)

    def test(self, test: Mapping[str, Any] | None) -> str:
        """The sentence that a test puts in place of a claim, with the names in it."""
        from zopa.claims.table import TESTS

        if not test:
            return ""
        spec = TESTS.get(test["name"])
        if spec is None:
            return str(test["name"])
        given = {a.name: a.default for a in spec.arguments} | dict(test.get("args") or {})
        issue = self.scenario.issues.get(str(given.get("issue")))
        words = {name: self.named(value) for name, value in given.items() if value is not None}
        chosen = given.get("options")
        if issue is not None and chosen is not None:
            keys = [chosen] if isinstance(chosen, str) else list(chosen)
            words["options"] = wording.join(
                [f"“{issue.options[k].title}”" if k in issue.options else str(k) for k in keys],
                "or")
        text = spec.reads
        for name, word in words.items():
            text = text.replace("{" + name + "}", word)
        moment = given.get("at")
        if moment not in (None, "now") and "{at}" not in spec.reads:
            text += f", as of {moment}"
        since = given.get("since")
        if since is not None and "{since}" not in spec.reads:
            text += f" since {since}"
        return text
