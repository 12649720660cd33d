"""`docs/reference/scenario.md`: every field of a scenario, from the data model itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.scenario.schema import Scenario

Schema = dict[str, Any]

HEAD = """# The scenario format

<!-- Generated from the data model by `make docs`; edit the model instead. -->

A scenario is one YAML 1.2 file. This page lists every key it may hold, from the outside in. A key
that is not listed is an error, and so is one that stands twice. `zopa schema` prints the same as
JSON Schema, which editors use to complete and check a file while it is written. How to write one:
[write a scenario](../how-to/write-a-scenario.md).

Where a [Number](#number) is asked for, a plain number will do as well; it then has no source, and
`zopa check` says so.
"""


def _name(reference: Schema) -> str:
    return str(reference["$ref"]).rpartition("/")[2]


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def kind(schema: Schema) -> str:
    """A type in words: `list of [Claim](#claim)`."""
    if "$ref" in schema:
        return _link(_name(schema))
    for word in ("anyOf", "oneOf"):
        if word in schema:
            parts = [part for part in schema[word] if part.get("type") != "null"]
            words = list(dict.fromkeys(kind(part) for part in parts))
            if _link("Number") in words:
                words = [w for w in words if w != "number"]
            return " or ".join(words)
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{value}`" for value in schema["enum"])
    match schema.get("type"):
        case "array" if "prefixItems" in schema:
            return "[" + ", ".join(kind(item) for item in schema["prefixItems"]) + "]"
        case "array":
            return f"list of {kind(schema.get('items', {}))}"
        case "object" if isinstance(schema.get("additionalProperties"), dict):
            return f"mapping of names to {kind(schema['additionalProperties'])}"
        case "object":
            return "mapping"
        case "string":
            return "date" if schema.get("format") == "date" else "text"
        case "boolean":
            return "`true` or `false`"
        case None:
            return "anything"
        case other:
            return str(other)


def bounds(schema: Schema) -> str:
    """The limits of a value, in words."""
    signs = {
        "minimum": "at least", "exclusiveMinimum": "more than", "maximum": "at most",
        "exclusiveMaximum": "less than", "minItems": "at least", "minLength": "at least",
    }  # fmt: skip
    units = {"minItems": " of them", "minLength": " characters"}
    found = [
        f"{word} {schema[key]}{units.get(key, '')}"
        for key, word in signs.items()
        if key in schema and not (key == "minItems" and "prefixItems" in schema)
    ]
    return ", ".join(found)


def _default(field: Schema, required: bool) -> str:
    if required:
        return "**required**"
    value = field.get("default")
    return "" if value in (None, [], {}) or isinstance(value, dict) else f"`{value}`"


def _referenced(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield _name(schema)
        for key, value in schema.items():
            if key != "$defs":
                yield from _referenced(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _referenced(item)


def _section(name: str, schema: Schema) -> str:
    lines = [f"## {name}", ""]
    text = str(schema.get("description", "")).strip()
    if "\n\n" in text:
        first, _, rest = text.partition("\n\n")
        lines += [" ".join(first.split()), "", "```text", rest.strip("\n"), "```", ""]
    elif text:
        lines += [" ".join(text.split()), ""]
    lines += ["| key | what it holds | default | meaning |", "|---|---|---|---|"]
    required = set(schema.get("required", []))
    for key, field in schema.get("properties", {}).items():
        meaning = " ".join(str(field.get("description", "")).split())
        limits = bounds(field)
        meaning = f"{meaning} ({limits})".strip() if limits else meaning
        cells = [f"`{key}`", kind(field), _default(field, key in required), meaning]
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def page() -> str:
    """The whole page: the scenario first, then what it refers to, in the order of mention."""
    return described(HEAD, "Scenario", Scenario.model_json_schema())


def described(head: str, title: str, whole: Schema) -> str:
    """A page about a data model: the model first, then what it refers to, as it is mentioned."""
    parts = whole.get("$defs", {})
    order: list[str] = []
    waiting = list(_referenced(whole))
    while waiting:
        name = waiting.pop(0)
        if name not in order:
            order.append(name)
            waiting.extend(_referenced(parts[name]))
    sections = [_section(title, whole), *(_section(name, parts[name]) for name in order)]
    return "\n".join([head, *sections])
