"""Rows of a ledger beside a scenario: which claims of it they make, which tests they suggest.

1. Actors are the scenario's parties, by name, alias and other spelling, with the officials that the
   ledger itself says speak for them.
2. A row makes a claim of the scenario where it has at least `COVERED` of the claim's terms by
   weight (see `matter.Weights`); the same speaker adds `SPEAKER`, another one takes it away.
3. A row suggests the tests whose forms its words have (see `forms`).  A row that makes the same
   test of the same arguments as a claim, and shares a content word with it, makes that claim too.
4. Rows that look testable and got neither are to do; claims that no row makes are missed, each with
   the sentence of the texts that comes nearest.

All of it is a suggestion for a person to confirm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from zopa.reading.actors import Actors, Entry, shipped
from zopa.reading.forms import Call, calls, looks_testable
from zopa.reading.matter import Matter, Weights, marked, matter, with_people
from zopa.reading.row import Row, Span, Strict
from zopa.reading.text import paragraphs

if TYPE_CHECKING:
    from zopa.scenario.schema import Claim, Scenario

COVERED = 0.5
SPEAKER = 0.1
MOST_CLAIMS = 4
ALIKE = 0.6
"""From here on the signs of a row and a claim are compared: the whole of them is about the same."""

NEAREST = 0.25
"""Below this share a sentence is not near enough to be shown beside a missed claim."""

Chosen = Literal["confirmed", "rejected"]


class Near(Strict):
    """A claim of the scenario that a row makes."""

    claim: str
    near: float = Field(ge=0, le=1, description="Share of the claim's terms, by weight.")
    why: str


class Suggestion(Strict):
    """What a row may be in the scenario; `decision` is the reviewer's."""

    row: str
    claims: tuple[Near, ...] = ()
    tests: tuple[Call, ...] = ()
    decision: Chosen | None = None


class ToDo(Strict):
    """A row that looks testable but matches nothing."""

    row: str
    says: str
    why: str = "it weighs up what the model has, but no form of a test fits"


class Missed(Strict):
    """A claim of the scenario that no row makes."""

    claim: str
    says: str
    document: str | None = None
    nearest: Span | None = Field(None, description="The sentence that comes nearest to it.")
    near: float = 0.0


class Against(Strict):
    """A ledger beside a scenario."""

    scenario: str
    suggestions: tuple[Suggestion, ...] = ()
    to_do: tuple[ToDo, ...] = ()
    missed: tuple[Missed, ...] = ()
    elsewhere: tuple[str, ...] = Field(
        (), description="Claims of sources of which no claim at all is found here."
    )

    def of(self, row: str) -> Suggestion | None:
        """The suggestion for a row."""
        return next((s for s in self.suggestions if s.row == row), None)


@dataclass(frozen=True)
class _Stated:
    """A claim of the scenario, ready to be compared."""

    name: str
    claim: Claim
    matter: Matter


def actors_of(scenario: Scenario, rows: Iterable[Row] = (), actors: Actors | None = None
              ) -> Actors:  # fmt: skip
    """Who is who in a scenario: its parties, other spellings of places, and their officials."""
    known = (shipped() if actors is None else actors).with_scenario(scenario)
    known = known.extended(
        Entry(name=known.find(place) or place, places=(place, *others))
        for place, others in scenario.aliases.items()
    )
    return with_people(known, rows)


def beside(
    rows: Sequence[Row],
    scenario: Scenario,
    name: str,
    texts: Mapping[str, str] | None = None,
    actors: Actors | None = None,
    before: Against | None = None,
) -> Against:
    """Rows beside a scenario.

    Args:
        name: what the scenario is called, for the ledger.
        texts: document -> text, to show the nearest sentence of a missed claim.
        actors: the gazetteer of the reading.
        before: of the ledger before; its decisions stay where row, claims and tests are the same.
    """
    known = actors_of(scenario, rows, actors)
    keys = {party.name: key for key, party in scenario.parties.items()}
    stated = [_Stated(key, claim, matter(claim.says, known))
              for key, claim in scenario.claims.items()]  # fmt: skip
    matters = [_of_row(row, known) for row in rows]
    weights = Weights.of([*matters, *(one.matter for one in stated)])
    suggestions, to_do = [], []
    found: set[str] = set()
    for row, its in zip(rows, matters, strict=True):
        words = marked(row.says, known, keys)
        tests = calls(words, scenario)
        claims = _claims(row, its, tests, stated, weights)
        found.update(near.claim for near in claims)
        if claims or tests:
            suggestions.append(Suggestion(row=row.id, claims=claims, tests=tests))
        elif looks_testable(words) and "{" in words:
            to_do.append(ToDo(row=row.id, says=row.says))
    cited = {_cited(one.claim) for one in stated if one.name in found}
    missed, elsewhere = [], []
    for one in stated:
        if one.name in found:
            continue
        if found and _cited(one.claim) not in cited:
            elsewhere.append(one.name)
        else:
            missed.append(_missed(one, texts or {}, known, weights))
    return Against(
        scenario=name, suggestions=tuple(_kept(suggestions, before)), to_do=tuple(to_do),
        missed=tuple(missed), elsewhere=tuple(elsewhere),
    )  # fmt: skip


def _cited(claim: Claim) -> str:
    """The source that a claim is from."""
    return str(getattr(claim.source, "cite", None) or "no source")


def _of_row(row: Row, actors: Actors) -> Matter:
    """The terms of a row, with those of who speaks and of the reporting word."""
    said = matter(row.says, actors)
    cue = matter(row.cue.span.text, actors).terms if row.cue else frozenset[str]()
    who = matter(row.source.name or "", actors).terms
    return Matter(said.terms | cue | who, said.positive == (row.polarity != "denied"))


def _claims(
    row: Row, its: Matter, tests: Sequence[Call], stated: Sequence[_Stated], weights: Weights
) -> tuple[Near, ...]:
    """The claims of the scenario that a row makes, nearest first."""
    asked = {(call.test, repr(sorted(call.args.items()))) for call in tests}
    found = []
    for one in stated:
        shared = sorted(one.matter.words & its.words)
        if not shared:
            continue
        same = _same_speaker(row, one.claim)
        covered = weights.covered(one.matter, its)
        score = covered + SPEAKER * (same or 0)
        tested = bool(
            asked & {(c.test, repr(sorted(c.args.items()))) for c in _plain(one.claim)[:1]}
        )
        enough = len(shared) >= 2 or len(one.matter.words) <= 2 or same == 1
        if (score < COVERED or not enough) and not (tested and same != -1):
            continue
        why = f"{len(shared)} of its {len(one.matter.words)} content words ({', '.join(shared)})"
        if tested:
            why += ", the same test"
        if same:
            why += ", the same speaker" if same > 0 else ", but another speaker"
        if its.positive != one.matter.positive and weights.near(one.matter, its) >= ALIKE:
            why += "; one of the two denies what the other says"
        near = Near(claim=one.name, near=round(covered, 2), why=why)
        found.append((not tested, -score, one.name, near))
    return tuple(near for *_, near in sorted(found, key=lambda f: f[:3])[:MOST_CLAIMS])


def _plain(claim: Claim) -> list[Call]:
    """A claim's tests with their arguments as a suggestion writes them."""
    return [
        Call(test=call.test, why="", args={
            name: tuple(map(str, value)) if isinstance(value, list | tuple) else str(value)
            for name, value in call.args.items()})
        for call in claim.tests
    ]  # fmt: skip


def _same_speaker(row: Row, claim: Claim) -> int:
    """1 for the same speaker, -1 for another one, 0 where one of them is not named."""
    if row.layer != "attributed":
        return 1 if len(claim.chain) == 1 else 0
    source = row.source
    surface = source.surface.text if source.surface is not None else ""
    mine = _names(f"{source.name or ''} {surface}")
    links = [_names(link.who) for link in claim.chain[1:]]
    if not mine or not links:
        return 0
    if any(mine & link for link in links):
        return 1
    return -1 if source.name and claim.chain[-1].standing == "on the record" else 0


def _names(text: str) -> set[str]:
    words = {word.strip(".,;:").lower() for word in text.split()}
    return {word for word in words if len(word) > 2} - {"the", "not", "named", "and", "some"}


def _missed(
    one: _Stated, texts: Mapping[str, str], actors: Actors, weights: Weights
) -> Missed:  # fmt: skip
    """A claim that no row makes, with the sentence that has most of its terms."""
    best: tuple[float, str, Span] | None = None
    for document, text in texts.items():
        for paragraph in paragraphs(text):
            start = 0
            for end in paragraph.ends:
                piece = paragraph.text[start:end]
                skipped = len(piece) - len(piece.lstrip())
                first = paragraph.start + start + skipped
                start = end
                words = piece.strip()
                its = matter(words, actors)
                if not its.words & one.matter.words:
                    continue
                near = weights.covered(one.matter, its)
                if best is None or near > best[0]:
                    span = Span(start=first, end=first + len(words), text=words)
                    best = near, document, span
    missed = Missed(claim=one.name, says=one.claim.says)
    if best is None or best[0] < NEAREST:
        return missed
    update = {"document": best[1], "nearest": best[2], "near": round(best[0], 2)}
    return missed.model_copy(update=update)


def _kept(suggestions: Sequence[Suggestion], before: Against | None) -> Iterable[Suggestion]:
    """Suggestions with the decisions made before, where they still say the same.

    What was confirmed keeps the tests that the reviewer left in it, and none decided is dropped.
    """
    for one in suggestions:
        old = before.of(one.row) if before is not None else None
        if old is not None and old.decision is not None:
            if old.decision == "confirmed":
                one = one.model_copy(update={"decision": "confirmed", "tests": old.tests})
            elif [c.test for c in old.tests] == [c.test for c in one.tests]:
                one = one.model_copy(update={"decision": "rejected"})
        yield one
    now = {one.row for one in suggestions}
    for old in before.suggestions if before is not None else ():
        if old.decision is not None and old.row not in now:
            yield old
