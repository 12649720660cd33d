"""Sources in an adverbial: according to X, in X's view, in the words of X, X's words aside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from zopa.reading import scope
from zopa.reading.cues import noun as reporting_noun
from zopa.reading.found import Found, tidy
from zopa.reading.parse import Parsed
from zopa.reading.row import What
from zopa.reading.rules_verbs import in_long_quote
from zopa.reading.tree import children, finite, is_verb, noun_phrase, subtree

VIEWS: dict[str, What] = {
    **dict.fromkeys(
        "view opinion eyes perspective standpoint".split(), "attitude or intent"),
    **dict.fromkeys(
        "judgement judgment assessment estimate estimates reckoning "
        "reading".split(), "assessment or prediction"),
    **dict.fromkeys(
        "words account accounts telling version admission phrase "
        "count figures".split(), "words"),
}  # fmt: skip


def find(parsed: Parsed) -> Iterator[Found]:
    """Every adverbial that names a source, with the clause that it belongs to."""
    for token in parsed.doc:
        if in_long_quote(parsed, token.i):
            continue
        if token.lower_ == "according":
            to = next(iter(children(token, "prep", "pobj", "dep", "aux")), None)
            noun = next(iter(children(to, "pobj")), None) if to is not None else None
            noun = noun or next(iter(children(token, "pobj")), None)
            if noun is not None:
                yield from _read(parsed, token, noun, "words", (token.i, token.i + 1))
        elif token.lower_ in ("believe", "credit", "trust") and _supposed(parsed, token):
            noun = next(iter(children(token, "dobj")), None)
            if noun is not None:
                yield from _read(parsed, token, noun, "words", (token.i,))
        elif (
            token.lower_ == "per"
            and token.dep_ == "prep"
            and token.head.dep_ not in ("pobj", "dobj")
        ):
            noun = next(iter(children(token, "pobj")), None)
            if noun is not None and (noun.tag_.startswith("NNP") or children(noun, "det", "poss")):
                if not any(t.like_num or t.lower_ in ("cent", "day", "week") for t in noun.subtree):
                    yield from _read(parsed, token, noun, "words", (token.i,))
        elif token.lower_ in ("in", "by", "on", "to", "from") and token.dep_ in ("prep", "agent"):
            view = next(iter(children(token, "pobj")), None)
            if view is not None and view.lower_ in VIEWS:
                owner = next(iter(children(view, "poss")), None)
                if owner is None:
                    of = next(
                        (c for c in children(view, "prep") if c.lower_ in ("of", "from")), None
                    )
                    owner = next(iter(children(of, "pobj")), None) if of is not None else None
                if owner is not None and owner.tag_ != "PRP$":
                    yield from _read(parsed, token, owner, VIEWS[view.lower_], (view.i,))


def _supposed(parsed: Parsed, token: Any) -> bool:
    """Whether it opens its segment as "To believe X, …" or "If X is to be believed" does."""
    first = parsed.segment(token.i).start
    return token.i == first + 1 and parsed.doc[first].lower_ == "to"


def _read(parsed: Parsed, top: Any, noun: Any, what: What, cue: tuple[int, ...]) -> Iterator[Found]:
    named = noun_phrase(parsed, noun)
    gone = {i for i in subtree(top) if not _clause_of(parsed, i, top)} | set(
        range(named[0], named[1])
    )
    content = _around(parsed, top, gone | set(cue))
    tokens = tidy(parsed.doc, content)
    if reporting_noun(noun.lower_) is not None and noun.lower_ == "view":
        return
    if tokens:
        yield Found("according to", tokens, cue, named, what)


def _clause_of(parsed: Parsed, index: int, top: Any) -> bool:
    """Whether a token hangs below the adverbial though it stands in the main clause."""
    segment = parsed.segment(top.i)
    return index >= segment.end or index < segment.start


def _around(parsed: Parsed, top: Any, gone: set[int]) -> set[int]:
    """The clause that the adverbial belongs to.

    At the head of a segment it holds to the next contrasting clause with a subject of its own; at
    its end, back to the last one; in between, the whole segment.
    """
    doc, segment = parsed.doc, parsed.segment(top.i)
    start, end = segment.start, segment.end
    first, last = min(gone), max(gone)
    for i in range(segment.start, segment.end):
        token = doc[i]
        if token.lower_ not in ("but", "while", "whereas", "although", "though") or i in gone:
            continue
        if i == segment.start or doc[i - 1].text not in (",", "—", "–", "--"):
            continue
        if not any(t.dep_ in ("nsubj", "nsubjpass") for t in doc[i : min(i + 8, segment.end)]):
            continue
        if i > last:
            end = min(end, i)
        elif i < first:
            start = max(start, i + 1)
    content = {i for i in range(start, end) if i not in gone}
    root = next((doc[i] for i in sorted(content) if doc[i].dep_ == "ROOT"), None)
    if root is not None and is_verb(root) and finite(root) and root.i > last:
        content = scope.cut_adversary(parsed, root, content)
    return content
