"""Every number of a scenario by its path, in the order of the file.

A path is the names on the way to the number, joined by dots: `war.costs.kyiv.base`,
`levers.more-aid.changes.0.multiply`.  A bare number counts as a known value.  Counts and settings
of the numerics (cells, grid, horizons, thresholds) are not inputs.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel

from zopa.scenario.number import Number, as_number
from zopa.scenario.schema import Scenario


def inputs(scenario: Scenario) -> dict[str, Number]:
    """Path -> number, for every number of the scenario.

    Returns:
        In the order of the file; the order by which dimensions are drawn is that of the sorted
        paths instead (`zopa.draws`).
    """
    return dict(walk(scenario))


def written(scenario: Scenario) -> dict[str, Number]:
    """As `inputs`, without the numbers that stand by default."""
    return dict(walk(scenario, defaults=False))


def walk(part: BaseModel, prefix: str = "", defaults: bool = True) -> Iterator[tuple[str, Number]]:
    """Paths and numbers below `part`, with or without those that stand by default."""
    numeric = _numeric_fields(type(part))
    for name in type(part).model_fields:
        if defaults or name in part.model_fields_set:
            yield from _walk_value(getattr(part, name), f"{prefix}{name}", name in numeric,
                                   defaults)


def _walk_value(value: Any, path: str, numeric: bool,
                defaults: bool) -> Iterator[tuple[str, Number]]:
    if isinstance(value, Number):
        yield path, value
    elif isinstance(value, bool):
        return
    elif isinstance(value, int | float):
        if numeric:
            yield path, as_number(value)
    elif isinstance(value, BaseModel):
        yield from walk(value, f"{path}.", defaults)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _walk_value(item, f"{path}.{key}", numeric, defaults)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _walk_value(item, f"{path}.{index}", numeric, defaults)


@cache
def _numeric_fields(model: type[BaseModel]) -> frozenset[str]:
    """Fields whose annotation allows a `Number`: their bare numbers are inputs."""
    return frozenset(name for name, field in model.model_fields.items()
                     if _mentions_number(field.annotation)
                     or any(_mentions_number(item) for item in field.metadata))


def _mentions_number(annotation: Any) -> bool:
    return annotation is Number or any(_mentions_number(part) for part in get_args(annotation))
