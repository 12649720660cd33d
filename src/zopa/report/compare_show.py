"""A comparison of two runs on a terminal: inputs first, then answers, the largest change first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from zopa.core.errors import one_line
from zopa.report.compare import Comparison
from zopa.report.compare_answers import is_number
from zopa.report.compare_headlines import Headline
from zopa.report.compare_inputs import InputChanges, NumberChange, words
from zopa.report.wording import counted, decimal, join, number, percent

if TYPE_CHECKING:
    from rich.console import Console

LONGEST = 160
"""Characters of a text of the scenario that a cell shows."""
SIDES = {"another order": "The sides are in another order. Answers are compared by name.",
         "others": "The sides are not the same parties. Answers are compared by name."}
EXCEEDS = {True: "yes", False: "no", None: "not known"}
NOTE = ("A is the first run, B the second. “Beyond Monte Carlo”: whether the change is more than "
        "finitely many draws explain (95 %). It says nothing on whether the inputs are right.")
NOTHING = "Nothing changed: the same inputs, the same answers"


def show(found: Comparison, everything: bool = False, console: Console | None = None) -> None:
    """Print what differs.

    Args:
        found: from `zopa.report.compare.compare`.
        everything: every entry of the answers that differs, after the headline answers.
        console: standard output by default.
    """
    from rich.console import Console as RichConsole

    where = console or RichConsole(highlight=False, soft_wrap=False)
    for name, view in (("A", found.before), ("B", found.after)):
        stored = view.manifest
        _say(where, f"{name}: {view.scenario.title} ({stored['scenario']['name']}, as of "
                    f"{stored['scenario']['date']}, {stored['draws']} draws, seed "
                    f"{stored['seed']})")
    _say(where, "")
    for line in summary(found):
        _say(where, line)
    _inputs(found.inputs, where)
    _headlines("Answers", found.headlines, where)
    _headlines("Verdicts", found.verdicts, where)
    if everything:
        _table(where, "Every entry of the answers that differs", ["Path", "A", "B", "Change"],
               [[d.path, _plain(d.before), _plain(d.after),
                 "" if d.change is None else _sign(number(d.change))] for d in found.differences])
    if found.differences:
        _say(where, NOTE, "dim")


def summary(found: Comparison) -> Iterator[str]:
    """What differs, in a few sentences."""
    inputs, count = found.inputs, len(found.differences)
    if found.same_bytes and inputs.none:
        yield f"{NOTHING}, to the byte."
        return
    if inputs.none and not count:
        yield f"{NOTHING}."
        return
    parts = [f"{n} {one if n == 1 else more}" for n, one, more in (
        (len(inputs.numbers), "number", "numbers"),
        (len(inputs.structure), "other entry", "other entries"),
        (len(inputs.settings), "setting", "settings")) if n]
    yield f"Inputs: {join(parts) if parts else 'nothing'} changed."
    if inputs.sides in SIDES:
        yield SIDES[inputs.sides]
    if not found.same_text and not (inputs.numbers or inputs.structure):
        yield "The texts of the scenarios differ in layout, order or comments alone."
    if found.same_bytes:
        yield "Answers: nothing changed, the same bytes."
    elif not count:
        yield "Answers: nothing changed."
    else:
        shown = [one for one in (*found.headlines, *found.verdicts) if one.changed]
        beyond = sum(1 for one in shown if one.exceeds)
        total = len(found.headlines) + len(found.verdicts)
        text = (f"{len(shown)} of {total} headline answers and verdicts changed, {beyond} beyond "
                "what the Monte Carlo intervals allow" if shown else
                "no headline answer and no verdict changed")
        yield (f"Answers: {text}. In all, {count} "
               f"{'entry differs' if count == 1 else 'entries differ'}.")


def _inputs(inputs: InputChanges, console: Console) -> None:
    _table(console, "How they were made", ["Setting", "A", "B"],
           [[s.path, _plain(s.before), _plain(s.after)] for s in inputs.settings])
    _table(console, "Numbers of the scenario", ["Path", "What", "A", "B"],
           [[change.path, ", ".join(change.parts), *_both(change)] for change in inputs.numbers])
    _table(console, "Other entries of the scenario", ["Path", "What", "A", "B"], [
        [change.path, change.kind + (f", with {counted(change.numbers, 'number')}"
                                     if change.numbers else ""),
         _plain(change.before), _plain(change.after)] for change in inputs.structure])


def _both(change: NumberChange) -> tuple[str, str]:
    """Both numbers in words, with unit and source where they differ."""
    one, two = words(change.before), words(change.after)
    if one["value"] == two["value"] and {"value", "distribution"} & {*change.parts}:
        # rounded they look the same
        for text, which in ((one, change.before), (two, change.after)):
            text["value"] = str(which.model_dump(exclude_none=True, exclude={"unit", "source"}))
    keys = ["value", *(part for part in ("unit", "source") if part in change.parts)]
    return ("; ".join(one[key] or f"no {key}" for key in keys),
            "; ".join(two[key] or f"no {key}" for key in keys))


def _headlines(title: str, found: Sequence[Headline], console: Console) -> None:
    changed = [one for one in found if one.changed]
    _table(console, title, ["Answer", "A", "B", "Change", "Beyond Monte Carlo"], [
        [one.title, _value(one, 0), _value(one, 1), _change(one),
         EXCEEDS[one.exceeds] if one.change is not None else ""] for one in changed])
    if changed and len(changed) < len(found):
        _say(console, f"{counted(len(found) - len(changed), 'other')} did not change.", "dim")


def _value(one: Headline, which: int) -> str:
    value = (one.before, one.after)[which]
    if not is_number(value):
        return _plain(value)
    text = (percent(value) if one.unit == "probability" and value >= 0 else
            _points(value) if one.unit == "probability" else
            decimal(value, 3) if one.unit == "utility" else number(value))
    word = one.words[which]
    return f"{text}, {word}" if word and one.words[0] != one.words[1] else text


def _change(one: Headline) -> str:
    if one.change is None:
        return ""
    return (_points(one.change) if one.unit == "probability" else
            _sign(decimal(one.change, 3)) if one.unit == "utility" else
            f"{_sign(number(one.change))} {one.unit}")


def _points(change: float) -> str:
    """A change of a probability, in points: `+3.1 points`."""
    if abs(change) < 0.0005:
        return "under 0.05 points"
    return f"{_sign(decimal(100 * change, 1))} points"


def _sign(text: str) -> str:
    return text if text.startswith("\N{MINUS SIGN}") else f"+{text}"


def _plain(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if is_number(value):
        return number(value, 6)
    if isinstance(value, list):
        return join([_plain(item) for item in value])
    if isinstance(value, dict):
        return join([f"{key}={str(item).lower()}" for key, item in value.items()]) or "–"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def _say(console: Console, text: str, style: str | None = None) -> None:
    console.print(one_line(text), style=style, markup=False, emoji=False)


def _table(console: Console, title: str, header: Sequence[str],
           rows: Iterable[Sequence[str]]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title), box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for name in header:
        table.add_column(Text(name), overflow="fold")
    for row in rows:
        table.add_row(*(Text(one_line(cell)) for cell in row))
    if table.row_count:
        console.print(table)
