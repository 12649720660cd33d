"""Decided rows of a ledger as claims of a scenario: the scenario's text with these claims in it.

1. A row is taken where its decision is `confirmed` or `corrected` and its suggestion is
   `confirmed`; one that is named may also do without a suggestion, and has no test then.
2. A row that the scenario has is left out: its id stands in a claim's source, or a claim of the
   same source says the same, or its confirmed suggestion names a claim that it makes.
3. New claims are written at the end of `claims`, new sources at the end of `sources`.  No other
   byte of the text changes, so comments and order stay.
4. The result is checked as `zopa check` does, and must be the scenario before and the new parts
   alone.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from zopa.core.errors import InputError
from zopa.reading.against import Against, Suggestion
from zopa.reading.insertion import inserted, refused
from zopa.reading.matter import STOP
from zopa.reading.row import Row, Source
from zopa.scenario.load import loads
from zopa.scenario.schema import Scenario

VOICE = "the report's own voice"
STANDING = {
    "named official": "on the record", "spokesperson": "on the record", "person": "on the record",
    "organisation": "on the record", "metonym": "on the record", "document": "published",
}  # fmt: skip
NO_TEST = "No test of the table was confirmed for it."
LONGEST_KEY = 48


@dataclass(frozen=True)
class Added:
    """A scenario's text with claims added.

    Attributes:
        text: the whole text.
        claims: key of the new claim -> row.
        sources: keys of the new sources.
        there: row -> the claim that it is already.
        left: decided rows that were not taken, with why.
    """

    text: str
    claims: dict[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    there: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)


def added(
    text: str,
    name: str,
    rows: Sequence[Row],
    against: Against | None,
    wanted: Collection[str] = (),
    dates: Mapping[str, dt.date | None] | None = None,
    cite: str | None = None,
) -> Added:
    """The text of a scenario with the decided rows of a ledger as claims.

    Args:
        name: of the scenario's file, for messages.
        wanted: ids of rows; without any, all that are decided.
        dates: document -> its date.
        cite: the source of all of them; without it, one named like the row's document.

    Raises:
        InputError: a row cannot be taken, or the scenario would not check.
    """
    before = loads(text, name).scenario
    if cite is not None and cite not in before.sources:
        raise refused(name, f"it has no source '{cite}'", "Give a key of its `sources`.")
    _check_wanted(rows, wanted, name)
    sources: dict[str, dict[str, Any]] = {}
    claims: dict[str, dict[str, Any]] = {}
    taken: dict[str, str] = {}
    there: dict[str, str] = {}
    left: dict[str, str] = {}
    said = {(_cited(c.source), _same(c.says)): key for key, c in before.claims.items()}
    for row in rows:
        if row.decision is None or row.decision.verdict == "rejected":
            continue
        if wanted and row.id not in wanted:
            continue
        suggestion = against.of(row.id) if against is not None else None
        confirmed = suggestion if suggestion and suggestion.decision == "confirmed" else None
        if confirmed is None and row.id not in wanted:
            left[row.id] = "its suggestion is not confirmed"
            continue
        date = (dates or {}).get(row.document)
        key = cite or _source_key(row.document, before, sources)
        found = _there(row, confirmed, before, said, key)
        if found is not None:
            there[row.id] = found
            continue
        if key not in before.sources:
            sources.setdefault(key, _source(row.document, date, before.date))
        claim = _claim(row, confirmed, key, date, name)
        claim_key = _free(_slug(row.says), {*before.claims, *claims})
        claims[claim_key], taken[claim_key] = claim, row.id
        said[key, _same(claim["says"])] = claim_key
    fresh = inserted(inserted(text, "sources", sources, name), "claims", claims, name)
    if claims:
        _check(fresh, name, before, claims, sources)
    return Added(fresh, taken, tuple(sources), there, left)


def _check_wanted(rows: Iterable[Row], wanted: Collection[str], name: str) -> None:
    decided = {row.id: row.decision for row in rows}
    for row in wanted:
        if row not in decided:
            raise refused(name, f"the ledger has no row {row}", "Give an `id` of its rows.")
        decision = decided[row]
        if decision is None or decision.verdict == "rejected":
            state = "is rejected" if decision else "is not decided"
            raise refused(name, f"row {row} {state}", "Write `verdict: confirmed` under its "
                           "`decision` first.")  # fmt: skip


def _there(
    row: Row, confirmed: Suggestion | None, scenario: Scenario,
    said: Mapping[tuple[str, str], str], key: str,
) -> str | None:  # fmt: skip
    """The claim of the scenario that a row is already."""
    for known, claim in scenario.claims.items():
        if f"row {row.id}" in (getattr(claim.source, "where", None) or ""):
            return known
    if (key, _same(_says(row))) in said:
        return said[key, _same(_says(row))]
    for near in confirmed.claims if confirmed is not None else ():
        if near.claim in scenario.claims:
            return near.claim
    return None


def _claim(
    row: Row, confirmed: Suggestion | None, key: str, date: dt.date | None, name: str
) -> dict[str, Any]:
    """A row as a claim of a scenario."""
    tests: list[dict[str, Any]] = []
    for call in confirmed.tests if confirmed is not None else ():
        if missing := [argument for argument in call.open if argument not in call.args]:
            raise refused(name, f"row {row.id}: {call.test} leaves {', '.join(missing)} open",
                           "Give it under `args` in the ledger, or remove the test.")  # fmt: skip
        tests.append({"test": call.test, **({"args": _listed(call.args)} if call.args else {})})
    reason = NO_TEST
    if row.polarity != "asserted" and tests:
        reason = f"It is {row.polarity}: {', '.join(t['test'] for t in tests)} asks the opposite."
        tests = []
    spans = ", ".join(f"{span.start}-{span.end}" for span in row.content)
    claim: dict[str, Any] = {
        "says": _says(row),
        "chain": _chain(row),
        "how": "direct" if row.mode == "direct" or row.layer != "attributed" else "indirect",
        "kind": "testable" if tests else "event" if row.what in ("action", "words")
        else "evaluative",
        "source": {"cite": key, "where": f"row {row.id}, characters {spans}"},
    }  # fmt: skip
    claim.update({"tests": tests} if tests else {"not_modelled": reason})
    if date is not None:
        claim["date"] = date.isoformat()
    return claim


def _listed(args: Mapping[str, Any]) -> dict[str, Any]:
    return {k: list(v) if isinstance(v, tuple) else v for k, v in args.items()}


def _says(row: Row) -> str:
    """What a row says, with its polarity."""
    before = {"asserted": "", "denied": "Denied: ", "declined": "No word on: ",
              "not said": "Not said: "}  # fmt: skip
    return before[row.polarity] + row.says


def _chain(row: Row) -> list[dict[str, str]]:
    """The report, then the sources from outermost to innermost."""
    links = [{"who": f"the report {row.document}", "standing": VOICE}]
    if row.layer != "attributed":
        return links
    for source in (row.source, *row.chain):
        link = {"who": _who(source), "standing": STANDING.get(source.type, "unnamed")}
        office = source.surface.text if source.surface is not None else ""
        notes = [f"for {source.on_behalf_of}"] if source.on_behalf_of else []
        if source.name and office and source.name != office and source.name in office:
            notes.insert(0, office)
        if row.what == "attitude or intent" and source is row.source:
            notes.append("as characterised by the report")
            link["standing"] = VOICE if link["standing"] == "on the record" else "unnamed"
        if notes:
            link["office"] = ", ".join(notes)
        links.append(link)
    return links


def _who(source: Source) -> str:
    surface = " ".join(source.surface.text.split()) if source.surface is not None else ""
    return source.name or surface or "by whom is not said"


def _source_key(
    document: str, scenario: Scenario, fresh: Mapping[str, Mapping[str, Any]]
) -> str:  # fmt: skip
    """The source that has the document's name as its title, else a new key."""
    for key, source in scenario.sources.items():
        if source.title == document:
            return key
    for key, entry in fresh.items():
        if entry["title"] == document:
            return key
    return _free(_slug(document.rsplit(".", 1)[0]), set(scenario.sources) | set(fresh))


def _source(document: str, date: dt.date | None, at: dt.date) -> dict[str, Any]:
    entry: dict[str, Any] = {"title": document, "author": "not stated"}
    if date is not None:
        return {**entry, "year": date.year, "known_since": date.isoformat()}
    return {**entry, "year": at.year, "note": "Undated: the year is that of the scenario's date."}


def _slug(text: str) -> str:
    """A key from the first content words of a text."""
    words = [w for w in re.findall(r"[a-z0-9]+", text.lower().replace("’", "")) if w not in STOP]
    key = ""
    for word in words or ["claim"]:
        if len(key) + len(word) + 1 > LONGEST_KEY or key.count("-") >= 5:
            break
        key = f"{key}-{word}" if key else word
    return key or "claim"


def _free(key: str, used: Collection[str]) -> str:
    if key not in used:
        return key
    number = 2
    while f"{key}-{number}" in used:
        number += 1
    return f"{key}-{number}"


def _same(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _cited(source: Any) -> str:
    return str(getattr(source, "cite", None) or "")


def _check(
    text: str, name: str, before: Scenario, claims: Mapping[str, Any], sources: Mapping[str, Any]
) -> None:
    """Whether the result checks, and nothing else in it changed.

    Raises:
        InputError: it does not.
    """
    try:
        after = loads(text, name).scenario
    except InputError as error:
        first = error.problems[0]
        raise refused(name, f"with these claims it would not check: {first.what.rstrip('.')}",
                       f"{first.mend} Nothing was written.".strip()) from None  # fmt: skip
    old, new = before.model_dump(), after.model_dump()
    for part, fresh in (("claims", claims), ("sources", sources)):
        if list(new[part]) != [*old[part], *fresh]:
            raise refused(name, f"its `{part}` cannot be added to as it is written",
                           "Write it as a block, a key a line. Nothing was written.")  # fmt: skip
        for key in fresh:
            del new[part][key]
    if old != new:
        raise refused(name, "adding claims would change something else in it",
                       "Write `claims` and `sources` as blocks. Nothing was written.")  # fmt: skip
