"""Provisions lists: each provision is in or out, and every party scores it.

A draft satisfies a party iff the mean satisfaction of what is in is at least the party's threshold.

As a domain, a party's utility is the sum of satisfaction less threshold over what is in: it is at
least 0 exactly where the mean is at least the threshold, so the zone is the same.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np

from zopa.agreement.space import Forbidden
from zopa.core.errors import InputError, Problem
from zopa.exchange.imported import Imported
from zopa.exchange.provisions_list import Provisions, decimals, looks_like, parse
from zopa.scenario.patch import did_you_mean
from zopa.spaces.domain import Domain
from zopa.spaces.drafts import Drafts

__all__ = ["Provisions", "looks_like", "parse"]
KIND = "provisions list"


@dataclass(frozen=True, eq=False)
class ImportedProvisions(Imported):
    """A provisions list with what was asked of it.

    Attributes:
        provisions: the list.
        thresholds: party -> least mean satisfaction.
        exclusions: groups of items of which a draft holds one at most.
    """

    provisions: Provisions | None = None
    thresholds: Mapping[str, float] | None = None
    exclusions: tuple[tuple[str, ...], ...] = ()


def read(path: str | Path, thresholds: Mapping[str, float] | None = None,
         exclusions: Sequence[Sequence[str | int]] = ()) -> ImportedProvisions:
    """A provisions list as a domain.

    Args:
        path: of the file.
        thresholds: party -> least mean satisfaction; a party without one accepts every draft.
        exclusions: groups of items of which a draft holds one at most.

    Raises:
        InputError: what cannot be read, each with its line.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError([Problem(str(path), f"it cannot be read ({error.strerror})")]) from None
    except UnicodeDecodeError:
        raise InputError([Problem(str(path), "it is not UTF-8 text",
                                  "Save it as CSV in UTF-8.")]) from None
    found = parse(text, str(path))
    asked = checked_thresholds(found, thresholds or {})
    groups = checked_exclusions(found, exclusions)
    return ImportedProvisions(domain(found, asked, groups), KIND, _notes(found, asked, groups),
                              found, asked, groups)


def checked_thresholds(found: Provisions, thresholds: Mapping[str, float]) -> dict[str, float]:
    """Thresholds of parties that are in the list.

    Raises:
        InputError: another party, or not a number.
    """
    for party, least in thresholds.items():
        if party not in found.parties:
            raise InputError([Problem(f"threshold of {party}", f"{found.name} has no party "
                                      f"'{party}'", f"It has {', '.join(found.parties)}."
                                      f"{did_you_mean(party, found.parties)}")])
        if not np.isfinite(least):
            raise InputError([Problem(f"threshold of {party}", f"it is {least}",
                                      "Give a number.")])
    return {party: float(thresholds[party]) for party in found.parties if party in thresholds}


def checked_exclusions(found: Provisions, groups: Sequence[Sequence[str | int]]
                       ) -> tuple[tuple[str, ...], ...]:
    """Groups of items that are in the list.

    Raises:
        InputError: another item, or fewer than two.
    """
    named = tuple(tuple(str(item).strip() for item in group) for group in groups)
    for group in named:
        where = f"exclusion {','.join(group)}"
        for item in group:
            if item not in found.items:
                raise InputError([Problem(where, f"{found.name} has no item '{item}'",
                                          f"It has {', '.join(found.items)}.")])
        if len(set(group)) < 2 or len(set(group)) < len(group):
            raise InputError([Problem(where, "it must name two or more different items")])
    return named


def drafts(found: Provisions, thresholds: Mapping[str, float],
           exclusions: Sequence[Sequence[str]]) -> Drafts:
    """The list as sets of provisions with exact scores."""
    least = [Decimal(repr(thresholds.get(party, 0.0))) for party in found.parties]
    scale = max(found.scale, *(10 ** decimals(value) for value in least))
    kinds = list(dict.fromkeys(found.categories))
    return Drafts(
        found.satisfaction * (scale // found.scale),
        np.array([int(value * scale) for value in least], dtype=np.int64),
        np.array([party in thresholds for party in found.parties]),
        tuple(tuple(found.items.index(item) for item in group) for group in exclusions),
        tuple(kinds.index(category) for category in found.categories), scale)


def domain(found: Provisions, thresholds: Mapping[str, float],
           exclusions: Sequence[Sequence[str]]) -> Domain:
    """Every provision an issue with the options `out` and `in`, an exclusive group one issue.

    Groups that share an item stay apart, and two of them together are forbidden.
    """
    least = np.array([thresholds.get(party, 0.0) for party in found.parties])
    worth = found.scores - least[:, None]
    members = [item for group in exclusions for item in group]
    whole = [group for group in exclusions if all(members.count(item) == 1 for item in group)]
    of = {item: group for group in whole for item in group}
    issues: list[tuple[str, tuple[str, ...], list[int]]] = []
    place: dict[str, tuple[int, int]] = {}
    for item in found.items:
        if item in place:
            continue
        group = of.get(item, (item,))
        held = [found.items.index(other) for other in found.items if other in group]
        names = (tuple(found.label(j) for j in held) if len(held) > 1 else ("in",))
        place |= {found.items[j]: (len(issues), n + 1) for n, j in enumerate(held)}
        title = " / ".join(found.items[j] for j in held) if len(held) > 1 else found.label(held[0])
        issues.append((title, ("out", *names), held))
    forbidden = []
    for group in exclusions:
        for n, one in enumerate(group):
            for other in group[n + 1:]:
                if place[one][0] != place[other][0]:
                    pair = sorted((place[one], place[other]))
                    forbidden.append(Forbidden(tuple(i for i, _ in pair),
                                               tuple((o,) for _, o in pair)))
    return Domain(
        found.parties, tuple(title for title, _, _ in issues),
        tuple(names for _, names, _ in issues),
        tuple(np.concatenate([np.zeros((len(worth), 1)), worth[:, held]], axis=1)
              for _, _, held in issues),
        forbidden=tuple(forbidden),
        reservation=np.array([0.0 if party in thresholds else -np.inf
                              for party in found.parties]),
        title=found.name)


@dataclass(frozen=True)
class Suggestion:
    """Two provisions that may exclude each other.

    Attributes:
        items: the two.
        crossed: one party supports the first and opposes the second, another the reverse.
        words: of four letters or more that both texts hold.
    """

    items: tuple[str, str]
    crossed: bool
    words: tuple[str, ...]


def suggested(found: Provisions) -> list[Suggestion]:
    """Pairs of one category that may exclude each other; a suggestion, used nowhere by itself.

    Positions are crossed, or the texts share two words or more; those that are both come first.
    """
    pairs: list[Suggestion] = []
    words = [set(re.findall(r"[^\W\d_]{4,}", text.lower())) for text in found.texts]
    for j, one in enumerate(found.items):
        for k in range(j + 1, len(found.items)):
            if found.categories[j] != found.categories[k]:
                continue
            ways = {(said[j], said[k]) for said in found.positions.values()}
            crossed = {("supports", "opposes"), ("opposes", "supports")} <= ways
            shared = sorted(words[j] & words[k])
            if crossed or len(shared) >= 2:
                pairs.append(Suggestion((one, found.items[k]), crossed, tuple(shared)))
    return sorted(pairs, key=lambda pair: (len(pair.words) < 2, not pair.crossed))


def _notes(found: Provisions, thresholds: Mapping[str, float],
           groups: Sequence[Sequence[str]]) -> tuple[str, ...]:
    notes = ["Utility is the sum of satisfaction less threshold over the provisions that are in: "
             "at least 0 exactly where their mean is at least the threshold. The draft with "
             "nothing in has no mean; as a package it counts as satisfying."]
    without = [party for party in found.parties if party not in thresholds]
    if without:
        notes.append(f"No threshold is given for {', '.join(without)}: every draft is accepted "
                     "there, and utility is the sum of satisfaction.")
    if not groups:
        notes.append("No provisions are said to exclude each other; give the groups that do.")
    return tuple(notes)
