"""GeniusWeb JSON: a domain and one profile a party.

    LinearAdditiveUtilitySpace   u_i(package) = sum_j w_ij u_ij(o_j), weights sum to 1
    SumOfGroupsUtilitySpace      u_i(package) = sum over groups of issues of the utility stated for
                                 the values held together, 0 where none is stated

A domain file is optional, for every profile holds its domain; profiles must agree on it.  A range
of numbers is listed value by value.  The reservation value is the utility of the reservation bid;
without one every agreement is acceptable, and no agreement counts as 0.

The wrappers of the Java classes (`discreteutils`, `numberutils`, `partsutils`) and their class
names are both read, and so is NegMAS's `reserved_value`.

Reference: the GeniusWeb manual, Interactive Intelligence group, TU Delft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np

from zopa.agreement.space import Floats
from zopa.exchange.imported import Imported
from zopa.exchange.json_parts import Part, parse
from zopa.exchange.raw import MOST_OPTIONS, cleaned, distinct, wrong
from zopa.spaces.domain import Domain, Rule

KIND = "GeniusWeb JSON"
ADDITIVE = "LinearAdditiveUtilitySpace"
GROUPS = "SumOfGroupsUtilitySpace"
DISCRETE = ("discreteutils", "DiscreteValueSetUtilities")
NUMBERS = ("numberutils", "NumberValueSetUtilities")
PARTS = ("partsutils", "PartsUtilities")
SUM = 1e-6

Issues = dict[str, tuple[str, ...]]
Key = tuple[tuple[int, int], ...]
"""Issues and the option held on each."""


@dataclass(frozen=True, eq=False)
class Profile:
    """One party's preferences."""

    name: str
    issues: Issues
    title: str
    worth: list[Floats]
    groups: dict[Key, float]
    reservation: float | None


def read(files: Sequence[tuple[str, str]]) -> Imported:
    """A domain and its profiles, in any order.

    Args:
        files: how a file is called in messages, and its text.

    Raises:
        InputError: no profile, domains that differ, or what a file says cannot be used.
    """
    domain: tuple[str, str, Issues] | None = None
    profiles: list[tuple[str, Profile]] = []
    for shown, text in files:
        root = parse(text, shown)
        if root.has(ADDITIVE) or root.has(GROUPS):
            profiles.append((shown, _profile(root, shown)))
        elif root.has("issuesValues"):
            if domain is not None:
                raise wrong(shown, f"a second domain, besides {domain[0]}",
                            "Give one domain and its profiles.")
            domain = shown, root.text("name", Path(shown).stem), _issues(root)
        elif any(key.endswith(("UtilitySpace", "Ordering")) for key in root.keys()):
            raise wrong(shown, f"it is a {root.keys()[0][:60]}", f"{ADDITIVE} and {GROUPS} are "
                        "read.")
        else:
            raise wrong(f"{shown}:1", "it is JSON, but neither a GeniusWeb domain nor a profile",
                        f"A domain has `issuesValues`, a profile `{ADDITIVE}`.")
    if not profiles:
        raise wrong(files[0][0], "it holds issues but nobody's preferences",
                    "Give the profiles too: zopa zone DOMAIN.json PROFILE1.json PROFILE2.json")
    source, title, issues = domain or (profiles[0][0], profiles[0][1].title, profiles[0][1].issues)
    for shown, profile in profiles:
        if ({name: set(options) for name, options in profile.issues.items()}
                != {name: set(options) for name, options in issues.items()}):
            raise wrong(shown, f"its domain is not that of {source}",
                        "Issues and their values must be the same.")
    found = [profile for _, profile in profiles]
    return Imported(_domain(found, issues, title), KIND, tuple(
        f"{Path(shown).name} states no reservation bid: every agreement is acceptable, and no "
        "agreement counts as 0." for shown, profile in profiles if profile.reservation is None))


def _domain(profiles: list[Profile], issues: Issues, title: str) -> Domain:
    order = list(issues)
    places = [[list(profile.issues).index(issue) for issue in order] for profile in profiles]
    slots = [{issue: {o: n for n, o in enumerate(options)} for issue, options
              in profile.issues.items()} for profile in profiles]
    worth = tuple(np.stack([
        profile.worth[place[n]][[slot[issue][o] for o in issues[issue]]]
        for profile, place, slot in zip(profiles, places, slots, strict=True)])
        for n, issue in enumerate(order))
    groups = [_in_order(profile, issues) for profile in profiles]
    keys = dict.fromkeys(key for found in groups for key in found)
    stated = [profile.reservation for profile in profiles]
    return Domain(
        distinct([profile.name for profile in profiles]), tuple(order), tuple(issues.values()),
        worth,
        tuple(Rule(tuple(i for i, _ in key), tuple((o,) for _, o in key),
                   np.array([found.get(key, 0.0) for found in groups])) for key in keys), (),
        np.array([0.0 if r is None else r for r in stated]),
        np.array([-np.inf if r is None else r for r in stated]), title=title)


def _in_order(profile: Profile, issues: Issues) -> dict[Key, float]:
    """A profile's groups in the domain's order of issues and options."""
    names, order = list(profile.issues), list(issues)
    return {tuple(sorted((order.index(names[i]), issues[names[i]].index(
        profile.issues[names[i]][o])) for i, o in key)): utility
        for key, utility in profile.groups.items()}


def _issues(domain: Part) -> Issues:
    found: Issues = {}
    for part in domain.part("issuesValues").parts():
        name = cleaned(part.key, part.where, "the name of an issue")
        if name in found:
            raise wrong(part.where, f"the issue '{name}' is named twice", "Rename one.")
        found[name] = _range(part.part("range")) if part.has("range") else _listed(part)
    if not found:
        raise wrong(domain.where, "the domain has no issue", "Add one to `issuesValues`.")
    return found


def _listed(part: Part) -> tuple[str, ...]:
    options = [cleaned(_value(option), part.where, "a value")
               for option in part.items("values")]
    if not options or len(options) > MOST_OPTIONS or len(set(options)) < len(options):
        raise wrong(part.where, f"it has {len(options)} values, {len(set(options))} of them "
                    "different", f"An issue has 1 to {MOST_OPTIONS}, each once.")
    return tuple(options)


def _range(part: Part) -> tuple[str, ...]:
    low, high, step = (part.decimal(name) for name in ("low", "high", "step"))
    if step <= 0 or high < low or (high - low) / step >= MOST_OPTIONS:
        raise wrong(part.where, f"the range from {low} to {high} by {step} is not one of 1 to "
                    f"{MOST_OPTIONS} values", "Mend it.")
    return tuple(_value(low + n * step) for n in range(int((high - low) / step) + 1))


def _value(value: Any) -> str:
    """A value as text; numbers without trailing zeros."""
    if isinstance(value, Decimal) and abs(value.adjusted()) <= 30:
        return format(Decimal(value).normalize(), "f")
    return value if isinstance(value, str) else str(value)


def _profile(root: Part, shown: str) -> Profile:
    additive = root.has(ADDITIVE)
    space = root.part(ADDITIVE if additive else GROUPS)
    domain = space.part("domain")
    issues = _issues(domain)
    title = domain.text("name", Path(shown).stem)
    name = space.text("name", Path(shown).stem)
    worth, groups = _additive(space, issues) if additive else _groups(space, issues)
    reservation = _reservation(space, issues, worth, groups)
    return Profile(name, issues, title, worth, groups, reservation)


def _additive(space: Part, issues: Issues) -> tuple[list[Floats], dict[Key, float]]:
    weights, utilities = space.part("issueWeights"), space.part("issueUtilities")
    for part in (weights, utilities):
        _same_issues(part, issues)
    given = {" ".join(key.split()): weights.number(key) for key in weights.keys()}
    total = sum(given.values())
    if min(given.values()) < 0.0 or abs(total - 1.0) > SUM:
        raise wrong(weights.where, f"the weights sum to {total:.6g}, or one is less than 0",
                    "GeniusWeb's weights are 0 or more and sum to 1.")
    rows = {" ".join(part.key.split()): part for part in utilities.parts()}
    return [given[issue] * _utilities(rows[issue], options) for issue, options
            in issues.items()], {}


def _same_issues(part: Part, issues: Issues) -> None:
    names = [" ".join(key.split()) for key in part.keys()]
    unknown = next((name for name in names if name not in issues), None)
    if unknown is not None:
        raise wrong(part.where, f"the issue '{unknown[:60]}' is not in the domain",
                    f"The domain has {', '.join(issues)}.")
    missing = next((issue for issue in issues if issue not in names), None)
    if missing is not None:
        raise wrong(part.where, f"the issue '{missing}' of the domain is missing", "Add it.")


def _utilities(part: Part, options: tuple[str, ...]) -> Floats:
    for wrapper in NUMBERS:
        if part.has(wrapper):
            return _interpolated(part.part(wrapper), options)
    wrapper = next((w for w in DISCRETE if part.has(w)), DISCRETE[0])
    table = part.part(wrapper).part("valueUtilities")
    found = {" ".join(key.split()): table.number(key) for key in table.keys()}
    known = set(options)
    unknown = next((key for key in found if key not in known), None)
    if unknown is not None:
        raise wrong(table.where, f"the value '{unknown[:60]}' is not in the domain",
                    f"The domain has {', '.join(options[:8])}.")
    missing = next((option for option in options if option not in found), None)
    if missing is not None:
        raise wrong(table.where, f"the value '{missing}' has no utility", "Add it.")
    return np.array([found[option] for option in options])


def _interpolated(part: Part, options: tuple[str, ...]) -> Floats:
    low, high = part.number("lowValue"), part.number("highValue")
    try:
        values = np.array([float(option) for option in options])
    except ValueError:
        raise wrong(part.where, "the values of its issue are not numbers",
                    "Give each value its utility.") from None
    if not low < high:
        raise wrong(part.where, "`lowValue` is not below `highValue`", "Exchange them.")
    share = (values - low) / (high - low)
    utility = (1.0 - share) * part.number("lowUtility") + share * part.number("highUtility")
    return np.where((values < low) | (values > high), 0.0, utility)


def _groups(space: Part, issues: Issues) -> tuple[list[Floats], dict[Key, float]]:
    worth = [np.zeros(len(options)) for options in issues.values()]
    groups: dict[Key, float] = {}
    order, taken = list(issues), set()
    for wrapped in space.part("partUtilities").parts():
        wrapper = next((w for w in PARTS if wrapped.has(w)), None)
        part = wrapped.part(wrapper) if wrapper else wrapped
        names = [" ".join(_value(name).split()) for name in part.items("issues")]
        unknown = next((n for n in names if n not in issues or n in taken), None)
        if unknown is not None:
            raise wrong(part.where, f"the issue '{unknown[:60]}' is not in the domain, or in two "
                        "groups", "Each issue is in one group.")
        taken |= set(names)
        for entry in part.part("utilslist").parts():
            values = [" ".join(_value(v).split()) for v in entry.items("values")]
            if len(values) != len(names) or any(v not in issues[n] for n, v
                                                in zip(names, values, strict=False)):
                raise wrong(entry.where, "its values are not one for each issue of the group, "
                            "from the domain", f"The group has {', '.join(names)}.")
            key = tuple(sorted((order.index(n), issues[n].index(v))
                               for n, v in zip(names, values, strict=True)))
            if len(key) == 1:
                worth[key[0][0]][key[0][1]] = entry.number("util")
            else:
                groups[key] = entry.number("util")
    missing = next((issue for issue in issues if issue not in taken), None)
    if missing is not None:
        raise wrong(space.where, f"the issue '{missing}' of the domain is in no group", "Add it.")
    return worth, groups


def _reservation(space: Part, issues: Issues, worth: list[Floats],
                 groups: dict[Key, float]) -> float | None:
    """The utility of the reservation bid; an issue that it leaves out counts as 0."""
    if space.has("reservationBid") and space.given("reservationBid"):
        bid = space.part("reservationBid").part("issuevalues")
        held: dict[int, int] = {}
        for key in bid.keys():
            issue, value = " ".join(key.split()), " ".join(_value(bid.value(key)).split())
            if value not in issues.get(issue, ()):
                raise wrong(bid.where, f"'{issue[:60]}' is not an issue with the value "
                            f"'{value[:60]}'", "Name values of the domain.")
            held[list(issues).index(issue)] = issues[issue].index(value)
        return float(sum(worth[i][o] for i, o in held.items())
                     + sum(u for key2, u in groups.items()
                           if all(held.get(i) == o for i, o in key2)))
    if space.has("reserved_value") and space.given("reserved_value"):
        return space.number("reserved_value")
    return None
