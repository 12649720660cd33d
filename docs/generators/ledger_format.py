"""`docs/reference/ledger.md`: every key of a row of a ledger, from the data model itself."""

from __future__ import annotations

from docs.generators.scenario_format import described
from zopa.reading.row import Row

HEAD = """# The ledger of claims

<!-- Generated from the data model by `make docs`; edit the model instead. -->

`zopa read REPORT --out claims.yaml` writes a YAML file, and `--out claims.jsonl` the same rows as
JSON Lines, one a line. What is empty is left out, except `decision`, which is to be filled in.

| key of the file | what it holds |
|---|---|
| `zopa-claims` | the version of this format, 1 |
| `rows` | a list of [rows](#row), in the order of the text |
| `lost` | rows that were decided on and whose words no text holds any more |
| `against` | with `--against`: suggestions for rows, what is missed, what is to do |
| `dates`, `groups`, `contradictions`, `timeline`, `words_and_actions` | of several reports |

The last two rows are explained in
[test the claims of a report](../how-to/test-the-claims-of-a-report.md).

A row has no place for whether its claim is true. How to go through a ledger:
[review claims](../how-to/review-claims.md).
"""


def page() -> str:
    """The whole page."""
    return described(HEAD, "Row", Row.model_json_schema())
