"""What to ask next of people who know the parties, and what an answer means.

Everything is kept in the mapping that `zopa.exchange.elicited` reads, and what has no place there
yet is what is left to ask: so an interview that stops goes on where it stopped.

1. Issues, their options, the parties, who answers.
2. For every expert and party: the order of the issues' swings from a party's worst option to its
   best; points of these swings, of 100 for the first; for every issue the order of its options and
   the points of those between best and worst; the least that the party accepts.

Reference: von Winterfeldt and Edwards (1986), Decision Analysis and Behavioral Research, for swing
weights; Edwards and Barron (1994), Organizational Behavior and Human Decision Processes 60.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from zopa.exchange.elicited import UNKNOWN, VERSION
from zopa.scenario.patch import did_you_mean

State = dict[str, Any]
DONT_KNOW = ("?", "don't know", "dont know", "unknown")
_NUMBER = r"([0-9]+(?:\.[0-9]+)?)"
_RANGE = re.compile(rf"{_NUMBER}(?:\s*(?:-|–|to|\.\.)\s*{_NUMBER})?")


class Unclear(Exception):
    """An answer that cannot be taken, with the reason for the person who gave it."""


@dataclass(frozen=True)
class Question:
    """One thing to ask.

    Attributes:
        place: keys under which the answer is kept.
        text: the question.
        form: how to answer.
        meaning: from what was typed to what is kept; raises `Unclear`.
    """

    place: tuple[str, ...]
    text: str
    form: str
    meaning: Callable[[str], Any]


def begin(title: str = "", issues: dict[str, Sequence[str]] | None = None,
          parties: Sequence[str] = ()) -> State:
    """An interview with nothing answered yet but what is given."""
    state: State = {"zopa_preferences": VERSION}
    if title:
        state["title"] = title
    if issues:
        state["issues"] = {issue: list(names) for issue, names in issues.items()}
    if parties:
        state["parties"] = list(parties)
    return state


def next_question(state: State) -> Question | None:
    """What is to be asked; None where everything is answered."""
    return next(_questions(state), None)


def answered(state: State, question: Question, said: str) -> None:
    """Keep an answer.

    Raises:
        Unclear: it cannot be taken; nothing is kept.
    """
    kept = question.meaning(said.strip())
    part = state
    for key in question.place[:-1]:
        if not isinstance(part.get(key), dict):
            part[key] = {}
        part = part[key]
    part[question.place[-1]] = kept


def add_experts(state: State, names: Sequence[str]) -> None:
    """More people to ask."""
    experts = state.setdefault("experts", {})
    for name in names:
        experts.setdefault(name, {})


def _questions(state: State) -> Iterator[Question]:
    if "title" not in state:
        yield Question(("title",), "What is it about?", "a title, or ? for none",
                       lambda said: "" if said in DONT_KNOW else _something(said))
    if not state.get("issues"):
        yield Question(("issues",), "Which issues are there?", "names, with commas between them",
                       lambda said: dict.fromkeys(_names(said), ()))
    for issue, options in (state.get("issues") or {}).items():
        if not options:
            yield Question(("issues", issue), f"Which outcomes are possible on '{issue}'?",
                           "names, with commas between them",
                           partial(_names, at_least=2))
    if not state.get("parties"):
        yield Question(("parties",), "Which parties must agree?",
                       "names, with commas between them", _names)
    if not state.get("experts"):
        yield Question(("experts",), "Who answers the questions about the parties?",
                       "one name or several, with commas between them; each is asked apart",
                       lambda said: {name: {} for name in _names(said)})
    for expert, spoken in (state.get("experts") or {}).items():
        for party in state.get("parties") or ():
            yield from _of_party(state, expert, party, (spoken or {}).get(party))


def _of_party(state: State, expert: str, party: str, said: Any) -> Iterator[Question]:
    place = ("experts", expert, party)
    who = f"[{expert} on {party}]"
    if said is None:
        yield Question(place, f"{who} Do you know what {party} wants?",
                       "yes, or ? if not", _knows)
    if not isinstance(said, dict):
        return
    issues = list(state["issues"])
    known = said.get("issues")
    if known is None:
        yield Question(
            (*place, "issues"),
            f"{who} Imagine that {party} gets its worst outcome on every issue. Which issue would "
            "it change first from its worst outcome to its best, which next?",
            f"{_numbered(issues)}; > between them, = where two tie, or ?",
            partial(_ranked, names=issues, some=True))
    if isinstance(known, dict):
        yield from _points(known.get("order") or [], known, (*place, "issues"),
                           lambda first, name: (
                               f"{who} Going from worst to best on '{first}' counts 100 points. "
                               f"How many does it count on '{name}'?"), last=True)
    for issue, options in state["issues"].items():
        told = (said.get("options") or {}).get(issue)
        here = (*place, "options", issue)
        if told is None and len(options) > 1:
            yield Question(
                here, f"{who} How does {party} rank the outcomes on '{issue}', best first?",
                f"{_numbered(options)}; > between them, = where two tie, or ?",
                partial(_ranked, names=list(options), some=False))
        if isinstance(told, dict):
            yield from _points(told.get("order") or [], told, here, lambda first, name: (
                f"{who} '{first}' counts 100 points and the worst outcome 0. How many does "
                f"'{name}' count?"), last=False)
    if "reservation" not in said:
        yield Question(
            (*place, "reservation"),
            f"{who} If {party}'s best outcome on everything has 100 points and its worst 0, how "
            "many must an agreement have at least for it to accept?",
            "a number, a range such as 30-45, or ?", _points_of)


def _points(order: list[Any], known: dict[str, Any], place: tuple[str, ...],
            text: Callable[[str, str], str], last: bool) -> Iterator[Question]:
    """Points of what comes after the first, each below what comes before it."""
    groups = [item if isinstance(item, list) else [item] for item in order]
    told = known.get("points") or {}
    asked = groups[1:] if last else groups[1:-1]
    most = 100.0
    for group in asked:
        name = group[0]
        if name not in told:
            yield Question((*place, "points", name), text(groups[0][0], name),
                           "a number, a range such as 40-60, or ?",
                           partial(_points_of, most=most))
        elif told[name] != UNKNOWN:
            most = float(told[name][1] if isinstance(told[name], list) else told[name])


def _knows(said: str) -> Any:
    if said.lower() in ("yes", "y"):
        return {}
    if said.lower() in ("no", "n", *DONT_KNOW):
        return UNKNOWN
    raise Unclear("Answer yes, or ? if not.")


def _something(said: str) -> str:
    if not said:
        raise Unclear("Nothing was typed.")
    return said


def _names(said: str, at_least: int = 1) -> list[str]:
    """Names with commas between them."""
    names = [name.strip() for name in said.split(",") if name.strip()]
    if said.lower() in DONT_KNOW or len(names) < at_least:
        raise Unclear(f"At least {'one name' if at_least == 1 else 'two names'} must be given; "
                      "ctrl-D stops, and what was answered is kept.")
    for n, name in enumerate(names):
        if name in names[:n]:
            raise Unclear(f"'{name}' is there twice.")
        if re.search(r"[>=?]", name) or not name.isprintable():
            raise Unclear(f"'{name}' cannot be a name: it has >, = or ? in it.")
    return names


def _ranked(said: str, names: list[str], some: bool) -> Any:
    """An order: names or their numbers with > between them, = between those that tie."""
    if said.lower() in DONT_KNOW:
        return UNKNOWN
    order: list[Any] = []
    seen: set[str] = set()
    for part in said.split(">"):
        group = []
        for text in (piece.strip() for piece in part.split("=")):
            placed = (text not in names and text.isdecimal() and 0 < int(text) <= len(names)
                      and not any(name.isdecimal() for name in names))
            name = names[int(text) - 1] if placed else text
            if name not in names:
                raise Unclear(f"There is no '{text}'.{did_you_mean(text, names)}")
            if name in seen:
                raise Unclear(f"'{name}' is there twice.")
            seen.add(name)
            group.append(name)
        order.append(group[0] if len(group) == 1 else group)
    left = [name for name in names if name not in seen]
    if left and not some:
        raise Unclear(f"'{left[0]}' is not in the order. Name all, or answer ?.")
    first = order[0][0] if isinstance(order[0], list) else order[0]
    return {"order": order, "points": {first: 100}} if some else {"order": order}


def _points_of(said: str, most: float = 100.0) -> Any:
    """A number of points or a range, at most what ranks above has."""
    if said.lower() in DONT_KNOW:
        return UNKNOWN
    found = _RANGE.fullmatch(said)
    if not found:
        raise Unclear("Give a number, a range such as 40-60, or ?.")
    low = float(found[1])
    high = float(found[2]) if found[2] is not None else low
    if not low <= high <= 100:
        raise Unclear("Points lie between 0 and 100, the lower end first.")
    if low > most:
        raise Unclear(f"What ranks above it has {most:g} at most. Give less, or ?.")
    ends = [int(end) if end == int(end) else end for end in (low, high)]
    return ends[0] if low == high else ends


def _numbered(names: Sequence[str]) -> str:
    """Names with the numbers that may stand for them, where these are no names themselves."""
    if any(name.isdecimal() for name in names):
        return ", ".join(names)
    return ", ".join(f"{n} {name}" for n, name in enumerate(names, start=1))
