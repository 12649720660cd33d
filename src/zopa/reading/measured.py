"""The measured precision of each rule, from the half of the gold set that is only scored."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from zopa.reading.row import Measured


@cache
def measured() -> dict[str, Measured]:
    """Rule -> its precision with a bootstrap interval; rules not measured yet are absent."""
    text = files("zopa.reading.data").joinpath("precision.json").read_text(encoding="utf-8")
    return {
        rule: Measured.model_validate(value) for rule, value in json.loads(text)["rules"].items()
    }
