"""Small files of our own in every format, and random domains."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from zopa.agreement.space import Forbidden
from zopa.spaces.domain import Domain, Rule

GENIUS_DOMAIN = """
<!-- a comment, and only then --><?xml version="1.0" encoding="UTF-8"?>
<negotiation_template number_of_sessions="1">
 <agent class=""/>
 <utility_space number_of_issues="3">
  <objective index="0" name="Harbour" type="objective" etype="objective" description="">
   <issue index="1" name="Fee" type="discrete" etype="discrete" vtype="discrete">
    <item index="1" value="low"/><item index="2" value="middle"/><item index="3" value="high"/>
   </issue>
   <objective index="9" name="Use" type="objective">
    <issue index="2" name="Berths" type="integer" lowerbound="2" upperbound="5"/>
   </objective>
   <issue index="3" name="Share" type="real"><range lowerbound="0" upperbound="1"/></issue>
  </objective>
 </utility_space>
</negotiation_template>
"""

GENIUS_PORT = """\ufeff<?xml version="1.0"?>
<utility_space>
 <objective index="0" name="Harbour">
  <issue index="3" name="Share" type="real"><range lowerbound="0" upperbound="1"/>
   <evaluator ftype="linear" parameter0="0" parameter1="1"/></issue>
  <issue index="1" name="Fee" type="discrete">
   <similarity_function><item index="1" value="elsewhere" evaluation="7"/></similarity_function>
   <item index="3" value="high" evaluation="8" cost="0"/>
   <item index="1" value="low" evaluation="2"/><item index="2" value="middle" evaluation="4"/>
  </issue>
  <objective index="9"><issue index="2" name="Berths" type="integer" lowerbound="2" upperbound="5">
    <evaluator ftype="linear" slope="0.25" offset="0.5"/></issue>
   <weight index="2" value="0.3"/></objective>
  <weight index="1" value="0.5"/><weight index="3" value="0.2"/><weight index="9" value="1"/>
 </objective>
 <reservation value="0.35"/>
 <discount_factor value="0.5"/>
</utility_space>
"""

GENIUS_LINE = """<utility_space>
 <objective index="0" name="Harbour">
  <issue index="1" name="Fee" type="discrete">
   <item index="1" value="low" evaluation="1.0"/><item index="2" value="middle" evaluation="0.5"/>
   <item index="3" value="high" evaluation="0"/>
  </issue>
  <issue index="2" name="Berths" type="integer" lowerbound="2" upperbound="5">
   <evaluator ftype="constant" parameter0="0.5"/></issue>
  <issue index="3" name="Share" type="real"><range lowerbound="0" upperbound="1"/>
   <evaluator ftype="triangular" parameter0="0" parameter1="1" parameter2="0.5"/></issue>
  <weight index="1" value="0.6"/><weight index="2" value="0.2"/><weight index="3" value="0.2"/>
 </objective>
</utility_space>
"""

RECTANGLES_DOMAIN = """<negotiation_template><utility_space number_of_issues="3">
 <objective index="0" name="Grid">
  <issue index="1" name="x" type="integer" lowerbound="0" upperbound="3"/>
  <issue index="2" name="y" type="integer" lowerbound="0" upperbound="3"/>
  <issue index="3" name="z" type="integer" lowerbound="5" upperbound="7"/>
 </objective></utility_space></negotiation_template>
"""

RECTANGLES = """

<utility_space type="nonlinear">
 <objective index="0" name="Grid">
  <issue index="1" name="x" type="integer" lowerbound="0" upperbound="3"/>
  <issue index="2" name="y" type="integer" lowerbound="0" upperbound="3"/>
  <issue index="3" name="z" type="integer" lowerbound="5" upperbound="7"/>
  <utility maxutility="100">
   <ufun type="PlainUfun" weight="1" aggregation="sum">
    <hyperRectangle utility="40"><INCLUDES index="1" min="1" max="2"/>
     <INCLUDES index="2" min="0" max="1"/></hyperRectangle>
    <hyperRectangle utility="30" weight="0.5"><INCLUDES index="3" min="6" max="9"/></hyperRectangle>
    <hyperRectangle utility="10"><EXCLUDES index="1" min="0" max="0"/></hyperRectangle>
    <hyperRectangle utility="5"/>
    <ufun type="PlainUfun" weight="2" aggregation="sum">
     <hyperRectangle utility="7"><INCLUDES index="1" min="3" max="3"/>
      <INCLUDES index="2" min="3" max="3"/><INCLUDES index="3" min="5" max="5"/></hyperRectangle>
    </ufun>
   </ufun>
  </utility>
 </objective>
 <reservation value="0.25"/>
</utility_space>
"""

WEB_DOMAIN = """{"name": "well", "issuesValues": {
  "depth": {"values": ["shallow", "deep"]},
  "days": {"range": {"low": 1, "high": 2, "step": 0.5}}}}
"""

WEB_NORTH = """{"LinearAdditiveUtilitySpace": {"name": "north",
 "domain": {"name": "well", "issuesValues": {
  "depth": {"values": ["shallow", "deep"]},
  "days": {"range": {"low": 1, "high": 2, "step": 0.5}}}},
 "issueUtilities": {
  "days": {"numberutils": {"lowValue": 1, "lowUtility": 0.2, "highValue": 2, "highUtility": 1}},
  "depth": {"discreteutils": {"valueUtilities": {"deep": 1, "shallow": 0.25}}}},
 "issueWeights": {"days": 0.4, "depth": 0.6},
 "reservationBid": {"issuevalues": {"depth": "shallow", "days": 1.5}}}}
"""

WEB_SOUTH = """{"SumOfGroupsUtilitySpace": {"name": "south",
 "domain": {"name": "well", "issuesValues": {
  "depth": {"values": ["shallow", "deep"]},
  "days": {"range": {"low": 1, "high": 2, "step": 0.5}}}},
 "partUtilities": {"both": {"partsutils": {"issues": ["days", "depth"], "utilslist": [
  {"values": ["1", "deep"], "util": 0.9}, {"values": ["2", "shallow"], "util": 0.3}]}}},
 "reservationBid": null}}
"""

TABLE = """Water of the two valleys
Issue;Option;Upper valley;Lower valley;Notes
Dam;;0,6;0,5;weights
;high;100;0;as merged cells arrive
;low;20;100
Season;;0,4;0,5
Season;spring;10,5;40
;all year;0;100

reservation;;25;30
disagreement;;5;
"""


def folder(path: Path, **files: str) -> list[Path]:
    """Write files, `name_ending=text`; their paths."""
    made = []
    for name, text in files.items():
        target = path / name.replace("_", ".")
        target.write_bytes(text.encode())
        made.append(target)
    return made


def packages(domain: Domain) -> np.ndarray:
    """Every package, `(package, issue)`."""
    return np.indices(domain.sizes).reshape(len(domain.sizes), -1).T


def utilities(domain: Domain) -> np.ndarray:
    """`(party, package)` of every package."""
    return domain.utilities(packages(domain))


LETTERS = st.characters(categories=("L", "N", "P", "S"), include_characters=" ")
NAMES = st.text(LETTERS, min_size=1, max_size=8).map(lambda s: " ".join(s.split())).filter(bool)
POINTS = st.floats(-100.0, 100.0, allow_subnormal=False).map(lambda x: round(x, 6))


@st.composite
def domains(draw: st.DrawFn, rules: int = 0, widest: int = 3, forbidden: bool = False,
            parties: int = 1, names: bool = True) -> Domain:
    """Domains of up to 3 issues and 4 options, with names of any characters."""
    def several(count: int, prefix: str) -> tuple[str, ...]:
        if not names:
            return tuple(f"{prefix}{n}" for n in range(count))
        found = draw(st.lists(NAMES, min_size=count, max_size=count, unique=True))
        return tuple(found)

    who = several(draw(st.integers(parties, 3)), "p")
    issues = several(draw(st.integers(2, 3)), "i")
    options = tuple(several(draw(st.integers(2 if n == 0 else 1, 4)), "o")
                    for n in range(len(issues)))

    def numbers(*shape: int) -> np.ndarray:
        size = int(np.prod(shape))
        return np.array(draw(st.lists(POINTS, min_size=size, max_size=size))).reshape(shape)

    def box() -> tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]:
        held = tuple(sorted(draw(st.sets(st.sampled_from(range(len(issues))), min_size=1,
                                         max_size=min(widest, len(issues))))))
        return held, tuple(tuple(sorted(draw(st.sets(st.sampled_from(range(len(options[j]))),
                                                     min_size=1)))) for j in held)

    made = tuple(Rule(*box(), numbers(len(who))) for _ in range(draw(st.integers(0, rules))))
    combinations: tuple[Forbidden, ...] = ()
    if forbidden and draw(st.booleans()):
        held, chosen = box()
        if all(len(c) < len(options[j]) for j, c in zip(held, chosen, strict=True)):
            combinations = (Forbidden(held, chosen),)
    reserved = numbers(len(who))
    reserved = np.where(np.array(draw(st.lists(st.booleans(), min_size=len(who),
                                               max_size=len(who)))), reserved, -np.inf)
    return Domain(who, issues, options, tuple(numbers(len(who), len(o)) for o in options), made,
                  combinations, numbers(len(who)), reserved, numbers(len(who)), "Round trip")
