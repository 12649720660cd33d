"""What a provisions list says: drafts that satisfy all, efficient ones, what thresholds rule out.

Every draft is enumerated (`zopa.spaces.drafts`), so every count is exact.  Efficient: no other
draft gives one party a higher mean and none a lower one.  As a mean rises by leaving out what a
party likes less than the rest, drafts are also compared in means and number of provisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zopa.agreement.space import Booleans
from zopa.core.errors import ArgumentError, InputError, Problem
from zopa.exchange import provisions as reader
from zopa.exchange.provisions import ImportedProvisions, Provisions
from zopa.spaces.drafts import (
    Block,
    Drafts,
    Frontier,
    Tally,
    Undominated,
    blocks,
    members,
    tally,
)

LISTED = 6
"""Drafts named in the terminal; the JSON has all."""


def answer(source: ImportedProvisions | str | Path | Sequence[str | Path],
           thresholds: Mapping[str, float] | None = None,
           exclusions: Sequence[Sequence[str | int]] = ()) -> dict[str, Any]:
    """Everything the list says, as plain data.

    Args:
        source: a list that was read, its path, or its path and that of an options file.
        thresholds: party -> least mean; over those of the options file and of the list read.
        exclusions: groups of items, in addition to theirs.

    Raises:
        InputError: what cannot be read, with its place.
        ArgumentError: too many provisions to enumerate.
    """
    found, asked, groups = _gathered(source, thresholds or {}, exclusions)
    drafts = reader.drafts(found, asked, groups)
    everything, settled = _Part(drafts), _Part(drafts)
    for block in blocks(drafts):
        everything.add(block)
        settled.add(block, block.covered)
    total = 2 ** len(found.items) - 1
    singles = [item for j, item in enumerate(found.items) if _alone(drafts, j)]
    counts = everything.tally
    return {
        "list": found.name,
        "parties": list(found.parties),
        "provisions": [{"item": item, "category": category, "provision": text}
                       for item, category, text in zip(found.items, found.categories, found.texts,
                                                       strict=True)],
        "thresholds": {party: asked.get(party) for party in found.parties},
        "exclusions": [list(group) for group in groups],
        "suggested_exclusions": [
            {"items": list(pair.items), "crossed": pair.crossed, "words": list(pair.words)}
            for pair in reader.suggested(found)],
        "drafts": {"all": total, "excluded": total - counts.drafts},
        **_part(everything, found, drafts),
        "mean": {
            "single_provisions": singles,
            "failing": counts.drafts - counts.satisfying,
            "rescued_by_leaving_one_out": counts.rescued,
        },
        "every_category": _part(settled, found, drafts),
        "notes": _notes(found, asked, groups),
    }


def lines(found: Mapping[str, Any]) -> list[str]:
    """The answer in words, a sentence a line."""
    drafts, names = found["drafts"], {p["item"]: p["provision"] for p in found["provisions"]}
    told = [f"{found['list']}: {len(names)} provisions, {len(found['parties'])} parties."]
    told.append(f"There are {drafts['all']:,} drafts; {drafts['excluded']:,} hold provisions that "
                f"exclude each other, which leaves {found['allowed']:,}.")
    some = any(least is not None for least in found["thresholds"].values())
    if not some:
        told.append("Without thresholds every draft satisfies everybody, so there is no more to "
                    "say of them: give --threshold PARTY=NUMBER, the least mean satisfaction that "
                    "a party accepts.")
        return [*told, *_perhaps(found), *found["notes"]]
    told += _zone_lines(found, names)
    mean = found["mean"]
    if mean["single_provisions"]:
        told.append("A threshold on the mean is weak. These satisfy everybody alone, as a draft "
                    "of one provision: " + "; ".join(
                        f"{item} ({names[item]})" for item in mean["single_provisions"]) + ".")
    if mean["failing"]:
        told.append(f"Of {mean['failing']:,} drafts that fail, "
                    f"{mean['rescued_by_leaving_one_out']:,} "
                    f"({_share(mean['rescued_by_leaving_one_out'], mean['failing'])}) would "
                    "satisfy everybody with one provision left out, nothing else changed.")
    told.append("With at least one provision of every category, "
                f"{found['every_category']['allowed']:,} drafts are left:")
    told += ["  " + line for line in _zone_lines(found["every_category"], names)]
    return [*told, *_perhaps(found), *found["notes"]]


def _perhaps(found: Mapping[str, Any]) -> list[str]:
    """Provisions that may exclude each other, where none are said to."""
    if found["exclusions"] or not found["suggested_exclusions"]:
        return []
    return ["No provisions are said to exclude each other. Perhaps these do; nothing was assumed: "
            + "; ".join(" and ".join(pair["items"]) for pair in found["suggested_exclusions"])
            + ". Give --exclude ITEM,ITEM for those that do."]


def thresholds_of(texts: Sequence[str]) -> dict[str, float]:
    """`ukraine=5` and the like, as a mapping.

    Raises:
        ArgumentError: a text of another form, or a party twice.
    """
    found: dict[str, float] = {}
    for text in texts:
        party, sign, value = text.partition("=")
        try:
            least = float(value)
        except ValueError:
            sign = ""
        if not sign or not party.strip():
            raise ArgumentError(f"--threshold {text}: give PARTY=NUMBER, such as north=5.")
        if party.strip() in found:
            raise ArgumentError(f"--threshold {text}: {party.strip()} has one already.")
        found[party.strip()] = least
    return found


def exclusions_of(texts: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """`2,3` and the like, as groups."""
    return tuple(tuple(part.strip() for part in text.split(",")) for text in texts)


def options(path: str | Path) -> tuple[dict[str, float], tuple[tuple[str, ...], ...]]:
    """An options file: YAML with `thresholds` (party: number) and `exclude` (lists of items).

    Raises:
        InputError: it is of another form.
    """
    from zopa.scenario.document import compose

    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError([Problem(str(path), f"it cannot be read ({error.strerror})")]) from None
    document = compose(text, str(path))
    data = document.data
    form = "Write `thresholds: {party: number}` and `exclude: [[item, item], ...]`."
    if not isinstance(data, dict) or not data or set(data) - {"thresholds", "exclude"}:
        raise InputError([Problem(f"{path}:1", "it is not a file of options for a provisions "
                                  "list", form)])
    least, groups = data.get("thresholds") or {}, data.get("exclude") or []
    if not isinstance(least, dict) or not all(
            isinstance(v, int | float) and not isinstance(v, bool) for v in least.values()):
        raise InputError([Problem(document.where_dotted("thresholds"),
                                  "it is not a mapping of party to number", form)])
    if not isinstance(groups, list) or not all(isinstance(group, list) for group in groups):
        raise InputError([Problem(document.where_dotted("exclude"),
                                  "it is not a list of lists of items", form)])
    return ({str(party): float(value) for party, value in least.items()},
            tuple(tuple(str(item) for item in group) for group in groups))


class _Part:
    """Counts and frontier of some of the drafts."""

    def __init__(self, drafts: Drafts) -> None:
        parties, count = drafts.score.shape
        self._drafts = drafts
        self.tally = Tally(0, np.zeros(parties, dtype=np.int64), np.zeros(parties, dtype=np.int64),
                           0, np.zeros(count, dtype=np.int64),
                           np.zeros(count + 1, dtype=np.int64),
                           np.zeros(count + 1, dtype=np.int64), 0)
        self.frontier = Frontier(parties)

    def add(self, block: Block, which: Booleans | None = None) -> None:
        self.tally += tally(self._drafts, block, which)
        self.frontier.add(block, which)


def _part(part: _Part, found: Provisions, drafts: Drafts) -> dict[str, Any]:
    counts, efficient = part.tally, part.frontier.found()
    share = counts.holding / counts.satisfying if counts.satisfying else None
    fine = np.array([_fits(drafts, int(mask)) for mask in efficient.mask], dtype=bool)
    sizes = np.flatnonzero(counts.of_size)
    return {
        "allowed": counts.drafts,
        "satisfying": counts.satisfying,
        "ruled_out": {
            party: {"by_its_threshold": int(counts.drafts - counts.each[i]),
                    "by_its_threshold_alone": int(counts.only[i])}
            for i, party in enumerate(found.parties)},
        "in_no_satisfying_draft": _holding(found, counts, 0),
        "in_every_satisfying_draft": _holding(found, counts, counts.satisfying),
        "share_of_satisfying_drafts": {
            item: None if share is None else float(share[j])
            for j, item in enumerate(found.items)},
        "sizes": [{"provisions": int(k), "drafts": int(counts.of_size[k]),
                   "satisfying": int(counts.satisfying_of_size[k])} for k in sizes],
        "efficient": _efficient(efficient, efficient.in_mean, fine, found, drafts),
        "efficient_in_mean_and_number": _efficient(
            efficient, np.ones(len(fine), dtype=bool), fine, found, drafts),
    }


def _efficient(efficient: Undominated, which: Booleans, fine: Booleans, found: Provisions,
               drafts: Drafts) -> dict[str, Any]:
    mean = efficient.mean / drafts.scale
    margin = np.where(drafts.asks, mean - drafts.threshold / drafts.scale, np.inf).min(axis=1)
    points = [{"items": [found.items[j] for j in members(int(efficient.mask[n]))],
               "mean": dict(zip(found.parties, mean[n].tolist(), strict=True)),
               "least_margin": float(margin[n]) if drafts.asks.any() else None,
               "satisfies_all": bool(fine[n])}
              for n in np.flatnonzero(which)]
    return {"size": len(points), "satisfying": int((which & fine).sum()), "drafts": points}


def _holding(found: Provisions, counts: Tally, number: int) -> list[str]:
    """Items that so many of the satisfying drafts hold; empty where none satisfies."""
    return [item for j, item in enumerate(found.items)
            if counts.satisfying and counts.holding[j] == number]


def _fits(drafts: Drafts, mask: int) -> bool:
    held = list(members(mask))
    surplus = drafts.score[:, held].sum(axis=1) - drafts.threshold * len(held)
    return bool(((surplus >= 0) | ~drafts.asks).all())


def _alone(drafts: Drafts, provision: int) -> bool:
    return _fits(drafts, 1 << provision)


def _gathered(source: ImportedProvisions | str | Path | Sequence[str | Path],
              thresholds: Mapping[str, float], exclusions: Sequence[Sequence[str | int]]
              ) -> tuple[Provisions, dict[str, float], tuple[tuple[str, ...], ...]]:
    if isinstance(source, ImportedProvisions):
        if source.provisions is None:
            raise ArgumentError("`source` holds no provisions list.")
        found, asked = source.provisions, dict(source.thresholds or {})
        groups = source.exclusions
    else:
        paths = [source] if isinstance(source, str | Path) else list(source)
        if not 1 <= len(paths) <= 2:
            raise ArgumentError("Give a provisions list, and an options file if there is one.")
        read = reader.read(paths[0])
        assert read.provisions is not None
        found = read.provisions
        asked, groups = options(paths[1]) if len(paths) == 2 else ({}, ())
    asked = reader.checked_thresholds(found, {**asked, **thresholds})
    more = reader.checked_exclusions(found, [*groups, *exclusions])
    return found, asked, tuple(dict.fromkeys(more))


def _notes(found: Provisions, asked: Mapping[str, float], groups: Sequence[Sequence[str]]
           ) -> list[str]:
    notes = ["A draft is a set of provisions, at least one; it satisfies a party if the mean "
             "satisfaction of what is in is at least the party's threshold."]
    without = [party for party in found.parties if party not in asked]
    if without:
        notes.append(f"No threshold is given for {', '.join(without)}: every draft satisfies "
                     "there.")
    if not groups:
        notes.append("No provisions were taken to exclude each other.")
    return notes


def _zone_lines(part: Mapping[str, Any], names: Mapping[str, str]) -> list[str]:
    told = [f"{part['satisfying']:,} satisfy everybody "
            f"({_share(part['satisfying'], part['allowed'])})."]
    told += [ruled_out(party, out, part["allowed"]) for party, out in part["ruled_out"].items()]
    for key, where in (("in_every_satisfying_draft", "every"), ("in_no_satisfying_draft", "no")):
        if part[key]:
            told.append(f"In {where} satisfying draft: "
                        + "; ".join(f"{item} ({names[item]})" for item in part[key]) + ".")
    efficient, wide = part["efficient"], part["efficient_in_mean_and_number"]
    told.append(f"{efficient['size']:,} are efficient in the means, {efficient['satisfying']:,} of "
                f"them satisfying everybody; {wide['size']:,} in means and number of provisions, "
                f"{wide['satisfying']:,} satisfying.")
    fine = sorted((draft for draft in efficient["drafts"] if draft["satisfies_all"]),
                  key=lambda draft: -(draft["least_margin"] or 0.0))
    if fine:
        told.append("Efficient and satisfying, the one farthest above every threshold first:")
    told += [f"  {', '.join(draft['items'])} ("
             + ", ".join(f"{party} {mean:.2f}" for party, mean in draft["mean"].items()) + ")."
             for draft in fine[:LISTED]]
    if len(fine) > LISTED:
        told.append(f"  and {len(fine) - LISTED} more (the JSON has all)")
    return told


def ruled_out(party: str, out: Mapping[str, int], allowed: int) -> str:
    """What one party's threshold does."""
    count, alone = out["by_its_threshold"], out["by_its_threshold_alone"]
    if not count:
        return f"{party}: its threshold rules out nothing."
    which = ("all of them fail" if alone == count and count > 1 else
             "none of them fails" if not alone else f"{alone:,} of them "
             f"fail{'s' if alone == 1 else ''}")
    return (f"{party}: its threshold rules out {count:,} ({_share(count, allowed)}); "
            f"{which} by it alone.")


def _share(part: int, whole: int) -> str:
    if 0 < part < whole / 2000:
        return "less than 0.1 %"
    return f"{100 * part / whole:.1f} %" if whole else "none"
