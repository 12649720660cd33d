"""How well reports are read: token measures, sources, modes, swaps; by rule and in all.

    python bench/read_score.py                     the development half of the gold set
    python bench/read_score.py --half test         the other half: never tuned on
    python bench/read_score.py --half test --write the same, and store the precision of each rule
    python bench/read_score.py --polnear DIR       a copy of PolNeAR, or of one compartment of it

Measures.  Content tokens: the words in the contents of all attributed rows against those of the
gold rows (precision, recall, F).  A predicted row has the content of a gold row where the F of
their words is at least one half; the pairs are chosen to make the sum of F largest.  Its source is
right where the canonical names are equal or the surfaces have one head; a pronoun resolved to
another name than the gold's is wrong.  A swap: in a row tagged conjoined-denial, the source named
is another source of that paragraph.  Intervals: 95 percent, bootstrap over texts.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from read_gold import Attribution, Text, gold, polnear, words
from scipy.optimize import linear_sum_assignment

from zopa.reading.read import read_text

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "reading" / "gold"
PRECISION = ROOT / "src" / "zopa" / "reading" / "data" / "precision.json"
RESAMPLES, SEED = 1000, 20250531
PRONOUNS = frozenset("he she it they".split())
ENDS = re.compile(r"\s+(?:of|for|in|at|on|from|inside|within|with|to|close|near|who|that|which|"
                  r"familiar|speaking|interviewed)\b|,|\(")


@dataclass(frozen=True)
class Scored:
    """A text with what was read in it, and the pairs of rows with one content."""

    text: Text
    read: tuple[Attribution, ...]
    pairs: tuple[tuple[int, int], ...]


def head(surface: str | None) -> str:
    """The head word of a source: the last word before a preposition or a comma, lower case."""
    if not surface:
        return ""
    found = re.findall(r"[\w.-]+", ENDS.split(surface.strip(), maxsplit=1)[0].replace("’", "'"))
    return found[-1].lower() if found else ""


def overlap(one: Attribution, other: Attribution) -> float:
    """The F of the words of two contents."""
    both = len(one.content & other.content)
    return 2 * both / (len(one.content) + len(other.content)) if both else 0.0


def source_right(read: Attribution, wanted: Attribution) -> bool:
    """Whether the sources agree: none in both, one name, or one head."""
    if wanted.source is None:
        return read.source is None
    if read.source is None:
        return False
    if read.name and wanted.name and read.name.lower() == wanted.name.lower():
        return True
    if head(read.source) in PRONOUNS and read.name and wanted.name:
        return head(read.name) == head(wanted.name)
    return head(read.source) == head(wanted.source)


def swapped(read: Attribution, wanted: Attribution, rows: Iterable[Attribution]) -> bool:
    """Whether a row is given to another source of its paragraph."""
    if source_right(read, wanted) or read.source is None:
        return False
    others = [r for r in rows if r.paragraph == wanted.paragraph and r.name != wanted.name]
    return any(r.name and r.name == read.name or r.source and head(r.source) == head(read.source)
               for r in others)


def read(text: Text) -> Scored:
    """A text read, and its rows paired with the annotated ones of the same layer."""
    ledger = read_text(text.text, document=text.id)
    rows = []
    for row in ledger.rows:
        surface, cue = row.source.surface, row.cue
        content = frozenset[int]().union(*(words(text.text, p.start, p.end) for p in row.content))
        rows.append(Attribution(
            content, surface.text if surface else None, row.source.name, row.layer,
            words(text.text, cue.span.start, cue.span.end) if cue else frozenset(), row.polarity,
            row.mode, row.what, (), row.rule, row.paragraph,
            words(text.text, surface.start, surface.end) if surface else frozenset(),
            bool(row.needs_review)))
    pairs: list[tuple[int, int]] = []
    if rows and text.gold:
        value = [[_value(r, g) for g in text.gold] for r in rows]
        for i, j in zip(*linear_sum_assignment(value, maximize=True), strict=True):
            if value[i][j] >= 0.5:
                pairs.append((int(i), int(j)))
    return Scored(text, tuple(rows), tuple(pairs))


def _value(one: Attribution, wanted: Attribution) -> float:
    """The worth of a pair: the F of the contents; one cue and one source break ties."""
    if (one.layer == "attributed") != (wanted.layer == "attributed"):
        return 0.0
    same = overlap(one, wanted)
    if same < 0.5:
        return 0.0
    one_source = head(one.source) == head(wanted.source)
    return same + 0.1 * bool(one.cue & wanted.cue) + 0.01 * one_source


def tokens(scored: Sequence[Scored], layers: Callable[[str], bool]) -> tuple[float, float, float]:
    """Precision, recall and F of content words."""
    right = predicted = wanted = 0
    for one in scored:
        ours = frozenset[int]().union(*(r.content for r in one.read if layers(r.layer)))
        theirs = frozenset[int]().union(*(r.content for r in one.text.gold if layers(r.layer)))
        right, predicted, wanted = (
            right + len(ours & theirs), predicted + len(ours), wanted + len(theirs))
    precision = right / predicted if predicted else 0.0
    recall = right / wanted if wanted else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def share(flags: Iterable[bool]) -> float:
    """The share of true ones; not a number of none."""
    listed = list(flags)
    return sum(listed) / len(listed) if listed else math.nan


def matched(
    scored: Sequence[Scored], layer: str = "attributed"
) -> list[tuple[Attribution, Attribution]]:
    """The pairs of rows, read and annotated, of a layer."""
    return [(s.read[i], s.text.gold[j]) for s in scored for i, j in s.pairs
            if s.text.gold[j].layer == layer]


def attributed(layer: str) -> bool:
    return layer == "attributed"


Measure = Callable[[Sequence[Scored]], float]
MEASURES: dict[str, Measure] = {
    "content tokens, precision": lambda s: tokens(s, attributed)[0],
    "content tokens, recall": lambda s: tokens(s, attributed)[1],
    "content tokens, F": lambda s: tokens(s, attributed)[2],
    "content tokens with the narrator's, F": lambda s: tokens(s, lambda layer: True)[2],
    "rows found": lambda s: len(matched(s)) / max(1, sum(
        r.layer == "attributed" for one in s for r in one.text.gold)),
    "source right when content is right": lambda s: share(source_right(*p) for p in matched(s)),
    "polarity right": lambda s: share(r.polarity == g.polarity for r, g in matched(s)),
    "mode right": lambda s: share(r.mode == g.mode for r, g in matched(s)),
    "words, attitude, assessment right": lambda s: share(r.what == g.what for r, g in matched(s)),
    "narrator rows found": lambda s: sum(
        s_.text.gold[j].layer != "attributed" for s_ in s for _, j in s_.pairs) / max(1, sum(
            r.layer != "attributed" for one in s for r in one.text.gold)),
}


def interval(scored: Sequence[Scored], measure: Measure) -> tuple[float, float]:
    """The 95 percent bootstrap interval over texts."""
    chance = random.Random(SEED)
    values = (measure(chance.choices(scored, k=len(scored))) for _ in range(RESAMPLES))
    drawn = sorted(v for v in values if not math.isnan(v))
    return drawn[int(0.025 * len(drawn))], drawn[max(0, int(0.975 * len(drawn)) - 1)]


def precision_of(rule: str) -> Measure:
    """The share of a rule's rows with content and source right."""
    def measure(scored: Sequence[Scored]) -> float:
        flags = []
        for one in scored:
            pairs = dict(one.pairs)
            for i, row in enumerate(one.read):
                if row.rule == rule:
                    flags.append(i in pairs and source_right(row, one.text.gold[pairs[i]]))
        return share(flags)
    return measure


def swaps(scored: Sequence[Scored]) -> tuple[int, int]:
    """Swaps among the rows tagged conjoined-denial, and how many of these were found."""
    rows = [(s.read[i], s.text.gold[j], s.text.gold) for s in scored for i, j in s.pairs
            if "conjoined-denial" in s.text.gold[j].tags]
    return sum(swapped(r, g, all_) for r, g, all_ in rows), len(rows)


def report(scored: Sequence[Scored], title: str) -> dict:
    """Print every measure with its interval, and by rule; the rules as data."""
    print(f"{title}: {len(scored)} texts, {sum(len(s.text.gold) for s in scored)} annotated rows, "
          f"{sum(len(s.read) for s in scored)} read")
    for name, measure in MEASURES.items():
        low, high = interval(scored, measure)
        print(f"  {name:40s} {100 * measure(scored):5.1f}  [{100 * low:.1f}, {100 * high:.1f}]")
    wrong, of = swaps(scored)
    print(f"  swaps in conjoined denials: {wrong} of {of} rows found")
    rules = {}
    print("  by rule: rows with content and source right")
    for rule in sorted({r.rule for s in scored for r in s.read}):
        measure, rows = precision_of(rule), sum(r.rule == rule for s in scored for r in s.read)
        low, high = interval(scored, measure)
        rules[rule] = {"precision": round(measure(scored), 3), "low": round(low, 3),
                       "high": round(high, 3), "rows": rows}
        print(f"    {rule:24s} {100 * measure(scored):5.1f}  [{100 * low:.1f}, {100 * high:.1f}]"
              f"  of {rows}")
    return rules


def report_polnear(scored: Sequence[Scored]) -> None:
    """The token measures on PolNeAR: contents, and sources."""
    print(f"PolNeAR: {len(scored)} articles, {sum(len(s.text.gold) for s in scored)} attributions")
    for name, k in (("precision", 0), ("recall", 1), ("F", 2)):
        def measure(s: Sequence[Scored], k: int = k) -> float:
            return tokens(s, attributed)[k]
        low, high = interval(scored, measure)
        print(f"  content tokens, {name:10s} {100 * measure(scored):5.1f}"
              f"  [{100 * low:.1f}, {100 * high:.1f}]")
    both = share(bool(r.source_tokens & g.source_tokens) or not r.source_tokens | g.source_tokens
                 for r, g in matched(scored))
    print(f"  source shares a word when content is right {100 * both:5.1f}")


def show(scored: Sequence[Scored]) -> None:
    """Print what was missed, added, or given to another source."""
    for one in scored:
        def said(row: Attribution, text: str = one.text.text) -> str:
            found = (re.match(r"\w+(?:['’]\w+)*", text[i:]) for i in sorted(row.content))
            return " ".join(word.group() for word in found if word)
        got, hit = {i for i, _ in one.pairs}, {j for _, j in one.pairs}
        for j, row in enumerate(one.text.gold):
            if j not in hit:
                print(f"{one.text.id} MISSED {row.layer} | {row.source} | {said(row)}")
        for i, row in enumerate(one.read):
            if i not in got:
                print(f"{one.text.id} ADDED {row.rule} | {row.source} | {said(row)}")
        for i, j in one.pairs:
            r, g = one.read[i], one.text.gold[j]
            if not source_right(r, g):
                print(f"{one.text.id} SOURCE {r.rule} | {r.source} = {r.name} | "
                      f"gold {g.source} = {g.name}")
            if overlap(r, g) < 0.95:
                print(f"{one.text.id} EXTENT {r.rule}\n     {said(r)}\n     {said(g)}")
            for field in ("polarity", "mode", "what"):
                ours, theirs = getattr(r, field), getattr(g, field)
                if ours != theirs:
                    print(f"{one.text.id} {field} {r.rule} {ours} gold {theirs} | {said(g)}")


def main() -> None:
    """Score, print, and store the rules' precision if asked to."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--half", choices=["dev", "test"], default="dev")
    options.add_argument("--polnear", type=Path)
    options.add_argument("--write", action="store_true",
                         help="store the precision of each rule on the test half")
    options.add_argument("--show", action="store_true", help="list what differs (never on test)")
    wanted = options.parse_args()
    if wanted.half == "test" and wanted.show:
        options.error("the test half is not looked at row by row")
    if wanted.write and wanted.half != "test":
        options.error("what stands beside a row is measured on the half that no rule was made for: "
                      "add --half test")
    texts = list(polnear(wanted.polnear) if wanted.polnear else gold(GOLD / wanted.half))
    if not texts:
        options.error("there are no annotated texts")
    started = time.perf_counter()
    scored = [read(text) for text in texts]
    taken = time.perf_counter() - started
    if wanted.polnear:
        report_polnear(scored)
    else:
        if wanted.show:
            show(scored)
        rules = report(scored, wanted.half)
        if wanted.write:
            data = {"half": wanted.half, "texts": len(scored), "resamples": RESAMPLES,
                    "rules": rules}
            PRECISION.write_text(json.dumps(data, indent=2) + "\n", encoding="utf-8")
    print(f"  {sum(len(t.text.split()) for t in texts) / taken:.0f} words a second, with loading")


if __name__ == "__main__":
    main()
