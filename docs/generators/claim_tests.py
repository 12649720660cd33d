"""`docs/reference/claim-tests.md`: every typed test, from the table in `zopa.claims`."""

from __future__ import annotations

from zopa.claims.table import TESTS, Answer, TestSpec

HEAD = """# The tests of claims

<!-- Generated from the table in `zopa.claims.table` by `make docs`; edit the table instead. -->

A claim of a scenario names one of these tests with its arguments. A test is evaluated at every
draw, and the draws' weights give the average. "Now" is the present state. Expectations are the
analyst's, never a side's own. `rare` and `eps` are the scenario's thresholds; `horizon`, `outlook`
and `window` stand in its war block. For side i, j is the other one; V is the value of the game, r
of fighting on for one more period, W of never agreeing, D of a deal, u of a package: see
[the model](../explanation/model.md). How to read the result:
[read a verdict](../how-to/read-a-verdict.md).

In a scenario:

```yaml
tests:
  - {test: victory_unlikely, args: {party: kyiv}}
```
"""


def _section(row: TestSpec) -> str:
    arguments = [
        f"`{a.name}`: {a.kind.value}" + ("" if a.required else f" ({a.default} if left out)")
        for a in row.arguments
    ]
    per_draw = row.answer.value if row.answer is Answer.PROBABILITY else "an indicator"
    facts = {
        "Reads": row.reads.replace("{", "*").replace("}", "*"),
        "Arguments": "; ".join(arguments) or "none",
        "A draw gives": f"{per_draw}; the answer is a {row.unit}",
        "Shown beside": row.mirror.value,
        "Needs": "a `war` block" if row.war else "nothing more than an agreement space",
        "Counts neither way when": row.undefined or "never",
    }
    lines = [f"## {row.name}", "", f"`{row.signature}` holds in a draw when", ""]
    lines += ["```text", row.formula, "```", ""]
    lines += [f"- {name}: {text}" for name, text in facts.items()]
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page, in the order of the table."""
    return "\n".join([HEAD, *(_section(row) for row in TESTS.values())])
