"""A damaged scenario gives lines with their places, or loads; it never fails otherwise."""

from __future__ import annotations

import random
import re

import pytest

from tests.scenario.made import NAME
from zopa.core.errors import InputError
from zopa.scenario.load import loads
from zopa.scenario.template import template_text

PIECES = ("null", "[]", "{}", "-1", "1e400", ".nan", ".inf", "x", "''", "[1, 2]", "{a: 1}", "true",
          "9" * 25, "2025-01-01", "*x", "&x y", "- a", "0", "{value: 2}", "north", "west", "\u2028",
          "!!int 3", "? a", "|", "'", '"', "%", "@", "<number>", '"\\e[31m\\n"',
          "{range: [0, 1], tied: war.talks.rate}")
LINE = re.compile(rf"{re.escape(NAME)}:\d+:\d+: .+")


def damaged(rng: random.Random) -> str:
    """The template with one to three lines dropped, repeated, cut or overwritten."""
    lines = template_text().splitlines()
    for _ in range(rng.choice((1, 1, 2, 3))):
        at = rng.randrange(len(lines))
        line = lines[at]
        cut = rng.randrange(len(line) + 1)
        words = list(re.finditer(r"[\w.-]+", line))
        piece = rng.choice(PIECES)
        match rng.randrange(5):
            case 0:
                lines.pop(at)
            case 1:
                lines.insert(at, rng.choice(lines))
            case 2:
                lines[at] = line[:cut] + piece + line[cut:]
            case 3:
                lines[at] = line[:cut] + line[cut + 1:]
            case _ if words:
                word = rng.choice(words)
                lines[at] = line[:word.start()] + piece + line[word.end():]
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(8))
def test_damage(seed: int) -> None:
    rng = random.Random(seed)
    refused = 0
    for _ in range(60):
        text = damaged(rng)
        try:
            loads(text, NAME)
        except InputError as error:
            refused += 1
            for line in str(error).split("\n"):
                assert LINE.fullmatch(line) and line.isprintable(), (text, line)
    assert refused > 20
