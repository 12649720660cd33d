"""`zopa schema`: the JSON Schema of scenarios."""

from __future__ import annotations

from zopa.cli.common import write_json


def command() -> None:
    """Print the JSON Schema of scenarios, for editors that complete and check as you type.

    With the YAML language server, save it and write at the top of the scenario:

    # yaml-language-server: $schema=zopa.schema.json
    """
    from zopa.scenario.json_schema import json_schema

    write_json(json_schema())
