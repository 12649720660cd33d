"""Hedges and loaded words, as hints: such lists find about a quarter of what people mark."""

from __future__ import annotations

import re

HEDGES = (
    "reportedly allegedly apparently possibly probably perhaps presumably supposedly purportedly "
    "seemingly likely unlikely may might could appears appear appeared seems seem seemed suggests "
    "suggest suggested believed thought understood said potentially arguably roughly about around "
    "approximately nearly almost largely mostly partly somewhat virtually essentially unconfirmed "
    "preliminary estimated tentatively conceivably"
).split()
SURE = "said about around believed thought understood suggested".split()
"""Also common in other senses: no hints by themselves."""

LOADED = (
    "regime terrorist terrorists terror barbaric heinous brutal brutality massacre atrocity "
    "atrocities "
    "genocide genocidal aggression aggressor aggressive provocation provocations provocative "
    "puppet "
    "puppets propaganda so-called illegal criminal criminals war-crime cowardly treacherous "
    "traitor "
    "traitors fascist fascists nazi nazis extremist extremists radical radicals occupiers occupier "
    "invaders hordes thugs mercenaries liberation liberated liberate heroic glorious unprovoked "
    "unjustified baseless absurd ridiculous shameful disgraceful outrageous cynical hypocritical "
    "hysteria hysterical blackmail sabotage betrayal betrayed blunder futile reckless disastrous "
    "catastrophic failed profiteering warmongers warmongering lies lie liar sham farce bogus "
    "notorious infamous savage merciless ruthless inhumane butchers henchmen cronies diktat"
).split()
HEDGE = re.compile(rf"\b(?:{'|'.join(w for w in HEDGES if w not in SURE)})\b", re.I)
LOADED_WORD = re.compile(rf"\b(?:{'|'.join(LOADED)})\b", re.I)


def hedges(text: str) -> list[tuple[int, int]]:
    """Characters of hedging words; `May` the month is none."""
    return [m.span() for m in HEDGE.finditer(text) if m.group() != "May"]


def loaded(text: str) -> list[tuple[int, int]]:
    """Characters of words that judge."""
    return [m.span() for m in LOADED_WORD.finditer(text)]
