"""The JSON Schema of scenarios."""

from __future__ import annotations

from typing import Any

from zopa.scenario.schema import Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The schema, draft 2020-12, of a scenario as it is written."""
    return {"$schema": DIALECT, **Scenario.model_json_schema(mode="validation")}
