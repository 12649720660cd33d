"""Who decides inside a party, what a side alone knows, and what makes a patron stop.

Three parts of a scenario that are optional: groups with a veto, private resolve, a patron's choice.
"""

from __future__ import annotations

from pydantic import Field

from zopa.scenario.number import Frozen, NumberLike


class Group(Frozen):
    """Part of a party that decides with it: a president, a ministry, a parliament, a public.

    A group with a veto blocks every package that is worth less to it than what it `accepts`, by its
    own weights.  The party's ratification floor follows: the least utility of the party above which
    no package of the frontier is blocked.  A third party's veto binds the side that it supports.
    """

    title: str
    veto: bool = False
    weights: dict[str, NumberLike] = Field(description="Issue -> weight; they sum to 1.")
    values: dict[str, dict[str, NumberLike]] = Field(
        default_factory=dict, description="Issue -> option -> value, where they are not those of "
        "the party (of the side it supports, for a third party).")
    cost: NumberLike = Field(
        1.0, description="Factor on the party's cost of war (a patron's: of support).")
    accepts: NumberLike | None = Field(
        None, description="Least utility that the group accepts; by default what never agreeing is "
        "worth to it, with its own cost of war. A third party's group must state it.")


class Resolve(Frozen):
    """A cost of war that its side alone knows: uniform between two values, added to `war.costs`.

    Questions other than `obstacles` take the middle of the range.
    """

    low: NumberLike
    high: NumberLike


class Choice(Frozen):
    """A patron who supports as long as support pays.

    It goes on where that is worth as much to it as stopping.  Each period begins with W = -cost of
    its level + delta E[U], U its own utility of the supported side's victory or defeat if the war
    ends, else U = max{E[W | lowest level], E[W | its chain]} upon the new position: it chooses anew
    every period, and where it stops it is at its lowest level with certainty.
    """

    cost: dict[str, NumberLike] = Field(
        description="Level -> cost a period to the patron; 0 where none is given.")
    victory: NumberLike = Field(description="Utility of the supported side's victory.")
    defeat: NumberLike = Field(description="Utility of its defeat.")
    discount: NumberLike = Field(description="The patron's discount factor per period.")
