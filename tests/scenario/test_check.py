"""Consistency: each check names the offender, its place and the mend."""

from __future__ import annotations

import pytest

from tests.scenario.made import NAME, errors, line_of, made, with_change
from zopa.core.errors import InputError
from zopa.scenario.check import ensure
from zopa.scenario.load import loads
from zopa.scenario.template import template_text

# what is replaced in the template, by what, the start of the offender's line, words of the message
WRONG = [
    # parties
    ("    roles: [patron] ", "    roles: [belligerent] ", "parties:",
     "a war needs exactly two belligerents, but parties has 3 (north, south, west)"),
    ("    supports: south\n", "    supports: soth\n", "    supports: soth",
     "parties.west.supports names the side 'soth', which does not exist. Did you mean 'south'?"),
    ("    supports: south\n", "", "  west:", "parties.west is a patron but supports nobody"),
    ("    roles: [patron] ", "    roles: [host] ", "    west:\n",
     "war.support.west has a support chain, but the party is no patron"),
    ("    roles: [patron] ", "    roles: [] ", "    roles: []", "parties.west.roles is empty"),
    ("  north:\n    name: North\n    roles: [belligerent]",
     "  nor.th:\n    name: North\n    roles: [host]\n  north:\n    name: North\n"
     "    roles: [belligerent]", "parties:", "parties has the name 'nor.th'"),
    ("    name: South\n    roles: [belligerent]\n    discount:",
     "    name: South\n    roles: [belligerent]\n    # discount:", "  south:",
     "parties.south lacks the key 'discount'. Give it per month, e.g. 0.99."),
    # the agreement space
    ("      north: {value: 0.6, unit: weight", "      north: {value: 0.5, unit: weight",
     "      north: {value: 0.5",
     "the weights of north over the issues sum to 0.9, not 1"),
    ("      north: {value: 0.6, unit: weight", "      nrth: {value: 0.6, unit: weight",
     "      nrth:", "issues.border.weights has the key 'nrth', which is no party. Did you mean "
     "'north'?"),
    ("          south: {value: 1.0, unit: utility",
     "          south: {value: 1.2, unit: utility", "          south: {value: 1.2",
     "issues.border.options.old-line.values.south must be between 0 and 1 (value of an option to "
     "a party), but is 1.2"),
    ("        values:\n          north: {value: 1.0, unit: utility, source: {judgement: The best "
     "that North asks for here.}}\n", "        values:  # none\n", "        values:  # none",
     "issues.harbour.options.northern.values has nothing for the side 'north'"),
    ("harbour: [northern]}", "harbor: [northern]}", "  - forbid:",
     "constraints.0.forbid has the key 'harbor', which is no issue. Did you mean 'harbour'?"),
    ("harbour: [northern]}", "harbour: [norther]}", "  - forbid:",
     "names the option 'norther', which does not exist. Did you mean 'northern'?"),
    ("forbid: {border: [old-line], harbour: [northern]}",
     "forbid: {border: [old-line, freeze]}", "constraints:", "the constraints leave no package"),
    # the war
    ("    favours: north                       #", "    favours: west   #", "    favours: west",
     "war.position.favours names the belligerent 'west', which does not exist"),
    ("present_cell: 4", "present_cell: 9", "    present_cell: 9",
     "war.position.present_cell is 9, outside the window of 9 cells (0 to 8)"),
    ("{1: 0.30, -1: 0.05}", "{1: 0.99, -1: 0.05}", "      north-advances: {1: 0.99",
     "war.position.moves.north-advances sums to 1.04, more than 1"),
    ("{1: 0.30, -1: 0.05}", "{9: 0.30, -1: 0.05}", "      north-advances: {9",
     "war.position.moves.north-advances.9 leaves the window at once"),
    ("      static: {1: 0.05, -1: 0.05}\n", "", "    moves:",
     "war.position.moves has nothing for the momentum level 'static'"),
    ("{favours: south, title: South advances}", "{favours: nobody, title: South advances}",
     "      south-advances: {favours", "names the belligerent 'nobody', which does not exist"),
    ("    present: static", "    present: statik", "    present: statik",
     "war.momentum.present names the level 'statik', which does not exist. Did you mean 'static'?"),
    ("north-advances: {static: 0.20}", "north-advances: {static: 1.20}",
     "      north-advances: {static: 1.20}",
     "war.momentum.transitions.north-advances sums to 1.2, more than 1"),
    ("{north-advances: 0.10, south-advances: 0.10}",
     "{north-advances: {range: [0.1, 0.95]}, south-advances: 0.10}",
     "      static: {north-advances: {range",
     "war.momentum.transitions.static can sum to 1.05 in a draw, more than 1"),
    ("{north-advances: 0.10, south-advances: 0.10}",
     "{north-advances: 0.10, static: 0.5, south-advances: 0.10}", "      static: {north",
     "gives the probability of 'static' too, and sums to 0.7, not 1"),
    ("      present: high\n", "      present: hihg\n", "      present: hihg",
     "war.support.west.present names the level 'hihg', which does not exist. Did you mean 'high'?"),
    ("    south: {base: {lognormal: [0.004, 0.4], unit: utility per month, source: {judgement: "
     "Taken equal to the other side's cost.}}}\n", "", "  costs:",
     "war.costs has nothing for the belligerent 'south'. Add `south:`."),
    ("      support: {west: {low: 1.5}}", "      support: {wst: {low: 1.5}}",
     "      support: {wst", "which is no support chain. Did you mean 'west'?"),
    ("      support: {west: {low: 1.5}}", "      support: {west: {lo: 1.5}}",
     "      support: {west: {lo:", "which is no level of support. Did you mean 'low'?"),
    ("{value: 0.003, unit: probability per month,", "{value: 0.9, unit: probability per month,",
     "  hazards:", "the hazards of collapse can come to 1.35 together, more than 1"),
    ("prior: {north: 0.7, south: 0.3, analyst: 0.5}", "prior: {north: 0.7, south: 0.3}",
     "    prior:", "war.beliefs.prior has nothing for the believer 'analyst'"),
    ("prior: {north: 0.7, south: 0.3, analyst: 0.5}",
     "prior: {north: 1.0, south: 0.3, analyst: 0.5}", "    prior:",
     "war.beliefs.prior.north must be > 0 and < 1"),
    ("    prior: {north: 0.7", "    grid_points: 8\n    prior: {north: 0.7", "    grid_points: 8",
     "war.beliefs.grid_points must be odd, but is 8"),
    ("    failure: 0.1", "    failure: 0.1\n    host: wset", "    host: wset",
     "war.talks.host names the party 'wset', which does not exist. Did you mean 'west'?"),
    ("    failure: 0.1", "    failure: 0.1\n    proposer: {north: 0.5, south: 0.5}",
     "    proposer:", "war.talks.proposer names both sides"),
    ("    south: {utility: 0.3, why", "    suoth: {utility: 0.3, why", "    suoth:",
     "which is no belligerent. Did you mean 'south'?"),
    # numbers
    ("rate: {range: [0.05, 0.3], unit: probability per month",
     "rate: {range: [5, 30], unit: percent per month", "    rate:",
     "war.talks.rate has the unit 'percent per month', but a probability of talks in a period is "
     "in 'probability per month'"),
    ("rate: {range: [0.05, 0.3], unit: probability per month",
     "rate: {range: [0.05, 0.3], unit: probability per year", "    rate:",
     "war.talks.rate has the unit 'probability per year'"),
    ("      present: high\n", "      present: high\n      choice: {cost: {high: 0.001}, victory: "
     "0.7, defeat: 0.2, discount: {value: 0.99, unit: km}}\n", "      choice:",
     "has the unit 'km', but a patron's discount factor is in"),
    ("present: {value: 0.4, unit: share", "present: {value: 0.4, unit: km", "    present:",
     "but a present position is in 'share'"),
    ("rate: {range: [0.05, 0.3],", "rate: {range: [0.05, 0.3], tied: war.cost.north.base,",
     "    rate:", "is tied to 'war.cost.north.base', which is no number here. Did you mean "
     "'war.costs.north.base'?"),
    ("rate: {range: [0.05, 0.3],", "rate: {range: [0.05, 0.3], tied: war.enforcement,",
     "    rate:", "which is a known value"),
    ("rate: {range: [0.05, 0.3],", "rate: {range: [0.05, 0.3], tied: war.talks.rate,",
     "    rate:", "war.talks.rate is tied in a circle"),
    ("rate: {range: [0.05, 0.3],", "rate: {normal: [0.1, 0.1],", "    rate:",
     "Cut it with `within: [low, high]`."),
    # sources
    ("{cite: survey, where: map 1}", "{cite: servey, where: map 1}", "    present: {value: 0.4",
     "names the source 'servey', which does not exist. Did you mean 'survey'?"),
    # levers
    ("by: [west]", "by: [wets]", "    by: [wets]",
     "levers.less-support.by.0 names the party 'wets', which does not exist"),
    ("{path: war.talks.rate, multiply: 1.5}", "{path: war.talk.rate, multiply: 1.5}",
     "      - {path: war.talk.rate", "war.talk.rate does not exist: war has no 'talk'. Did you "
     "mean 'talks'?"),
    ("{path: war.support.west.present, set: low}", "{path: war.support.west.present, set: lo}",
     "      - {path: war.support", "names the level 'lo', which does not exist. Did you mean"),
    ("{path: war.support.west.present, set: low}", "{path: war.support.west.present, add: 1}",
     "      - {path: war.support", "which is no number. Use `set`."),
    ("{path: war.talks.rate, multiply: 1.5}", "{path: war.talks.rate, set: often}",
     "      - {path: war.talks", "sets war.talks.rate, a number, to 'often'"),
    ("{path: war.talks.rate, multiply: 1.5}", "{path: war.horizon, multiply: 1.5}",
     "      - {path: war.horizon", "which is a setting and no input"),
    ("{path: war.talks.rate, multiply: 1.5}", "{path: title, set: Peace}",
     "      - {path: title", "A lever changes something in parties"),
    ("{path: war.talks.rate, multiply: 1.5}", "{path: war.position, set: 1.0}",
     "      - {path: war.position", "no single value"),
    # claims
    ("{test: only_settlement}", "{test: only_setlement}", "      - {test",
     "which is no test. Did you mean 'only_settlement'?"),
    ("{test: only_settlement}", "{test: advantage}", "      - {test",
     "lacks the argument 'party' (a side). It is written advantage(party)."),
    ("{test: only_settlement}", "{test: advantage, args: {party: sauth}}", "      - {test",
     "names the side 'sauth', which does not exist. Did you mean 'south'?"),
    ("{test: only_settlement}", "{test: advantage, args: {pary: south}}", "      - {test",
     "has 'pary', which advantage does not take. Did you mean 'party'?"),
    ("{test: only_settlement}", "{test: patron_withdraws, args: {patron: south}}", "      - {test",
     "names the support chain 'south'"),
    ("{test: only_settlement}", "{test: worse_off_if, args: {party: south, lever: more}}",
     "      - {test", "names the lever 'more'"),
    ("{test: only_settlement}", "{test: forgone_offer_was_better, args: {party: south, offer: o}}",
     "      - {test", "names the offer 'o'"),
    ("{test: only_settlement}",
     "{test: zone_includes, args: {issue: border, options: [freze]}}", "      - {test",
     "names the option 'freze', which does not exist. Did you mean 'freeze'?"),
    ("{test: only_settlement}", "{test: zone_includes, args: {issue: border, options: freeze}}",
     "      - {test", "must be a list of options"),
    ("{test: only_settlement}", "{test: advanced, args: {party: north, since: long ago}}",
     "      - {test", "must be a date, but is 'long ago'"),
    ("{test: only_settlement}", "{test: victory_unlikely, args: {party: north, at: 2022-01-01}}",
     "      - {test", "is before every recorded state"),
    ("kind: testable ", "kind: event ", "    kind: event", "is event but has a test"),
    ("    tests:\n      - {test: only_settlement}\n", "", "  deadlock:",
     "is testable but has neither a test nor `not_modelled`"),
    # offers and history
    ("offers: {} ", "history: [{date: 2024-02-01}]\noffers: {} ", "history:",
     "history.0.date 2024-02-01 is after the scenario's date 2024-01-01"),
    ("offers: {} ", "history: [{date: 2023-02-01}, {date: 2023-01-01}]\noffers: {} ", "history:",
     "history.1.date 2023-01-01 is not after the one before it"),
    ("offers: {} ", "history: [{date: 2023-02-01, momentum: statc}]\noffers: {} ", "history:",
     "Did you mean 'static'?"),
    ("offers: {} ", "offers: {o: {title: O, date: 2023-01-01, package: {border: freeze}, "
     "state: {date: 2023-01-01}, source: {cite: survey}}} ", "offers:",
     "offers.o.package has no option for the issue 'harbour'"),
]


@pytest.mark.parametrize(("old", "new", "at", "words"), WRONG,
                         ids=[str(i) for i in range(len(WRONG))])
def test_an_inconsistency_is_named_at_its_place(old: str, new: str, at: str, words: str) -> None:
    text = with_change(old, new)
    found = errors(text)
    lines = [line for line in found if words in line]
    assert lines, found
    place = line_of(text, at.rstrip("\n"))
    assert any(line.startswith(f"{NAME}:{place}:") for line in lines), (lines, place)


def test_all_at_once() -> None:
    text = with_change("present_cell: 4", "present_cell: 9")
    text = text.replace("by: [west]", "by: [wets]").replace("only_settlement", "only_setlement")
    assert len(errors(text)) == 3


STRICT = [
    ("known_since: 2023-11-15", "known_since: 2024-06-01",
     "known only since 2024-06-01, after the scenario's date 2024-01-01"),
    ("{value: 0.0158, unit: share}", "{value: 0.0258, unit: share}",
     "the moves give a sd of the 1-period change of position of 0.01581, not 0.0258 share"),
    ("{cite: survey, where: map 1}", "{judgement: Read from a map.}", None),
]


@pytest.mark.parametrize(("old", "new", "words"), STRICT, ids=["known since", "targets", "source"])
def test_warnings_are_errors_under_strict(old: str, new: str, words: str | None) -> None:
    text = with_change(old, new)
    warnings = [str(w) for w in loads(text, NAME).warnings]
    strict = errors(text, strict=True)
    assert strict == warnings
    assert any((words or "has no source") in line for line in strict)


def test_advice_is_no_error_under_strict() -> None:
    text = with_change("    year: 2023\n    known_since: 2023-11-15", "    year: 2025")
    words = "sources.survey is of 2025, later than the scenario's date 2024-01-01"
    assert any(words in str(w) for w in loads(text, NAME).warnings)
    assert not any(words in line for line in errors(text, strict=True))


def test_one_reason_for_more_than_three_numbers() -> None:
    text = template_text()
    for reason in ("Taken equal to the other side's cost.", "A little above the stronger side.",
                   "North traded through it before.", "Two rounds were held in two years."):
        assert reason in text
        text = text.replace(reason, "Somebody said so once.")
    found = [line for line in errors(text, strict=True) if "stands for 4 numbers" in line]
    assert len(found) == 1


def test_sizes_are_stated() -> None:
    text = with_change("    cells: 9\n", "    cells: 401\n").replace(
        "present_cell: 4", "present_cell: 200")
    text = text.replace("    prior: {", "    grid_points: 101\n    prior: {")
    assert any("states, more than 50000" in line for line in errors(text))


def test_a_long_text() -> None:
    text = with_change("title: North and South", f"title: {'x' * 5000}")
    assert any("title has 5000 characters, more than 4000" in line for line in errors(text))


def test_a_scenario_changed_in_python_is_refused_too() -> None:
    scenario = made()
    ensure(scenario)
    with pytest.raises(InputError, match="scenario: a war needs exactly two belligerents"):
        ensure(scenario.model_copy(update={"parties": {
            name: party for name, party in scenario.parties.items() if name != "north"}}))


def test_a_war_that_nothing_ends_needs_a_discount_below_one() -> None:
    text = template_text()
    for old in ("{value: 0.002, unit: probability per month",
                "{value: 0.003, unit: probability per month"):
        assert text.count(old) == 1
        text = text.replace(old, "{value: 0, unit: probability per month")
    assert errors(text) == []
    endless = text.replace("discount: {value: 0.99,", "discount: {value: 1,")
    found = errors(endless)
    assert [line.split(" is 1 ")[0].split(": ")[1] for line in found] == [
        "parties.north.discount", "parties.south.discount"]
    assert all("Give a discount below 1, or a hazard above 0." in line for line in found)
    assert errors(endless.replace("ends: held", "ends: absorbing")) == []


CHOICE = """      choice:
        cost: {high: {value: 0.002, unit: utility per month, source: {judgement: Made up here.}}}
        victory: {value: 0.9, unit: utility, source: {judgement: Near its best end of the war.}}
        defeat: {value: 0.1, unit: utility, source: {judgement: Near its worst end of the war.}}
        discount: {value: 0.99, unit: factor per month, source: {judgement: As for the sides.}}
"""


def chooses(old: str = "", new: str = "") -> str:
    """The template with a patron who chooses, and one change to the choice."""
    assert CHOICE.count(old) == 1 or not old
    choice = CHOICE.replace(old, new) if old else CHOICE
    return with_change("        low: {high: 0.01}\n", "        low: {high: 0.01}\n" + choice)


def test_a_patron_who_chooses() -> None:
    assert errors(chooses()) == []
    assert len(errors(chooses(), strict=True)) == len(errors(template_text(), strict=True))
    unknown = errors(chooses("cost: {high:", "cost: {hihg:"))
    assert len(unknown) == 1 and "which is no level of support. Did you mean 'high'?" in unknown[0]
    beyond = errors(chooses("value: 0.99,", "value: 1.5,"))
    assert any("a patron's discount factor" in line for line in beyond)


@pytest.mark.parametrize(("old", "new", "words"), [
    ("cost: {high:", "cost: {low:", "choice.cost.low is above 0"),
    ("victory: {value: 0.9,", "victory: {value: 0.0,", "defeat is worth more to west"),
], ids=["lowest level", "ends"])
def test_advice_on_a_choice(old: str, new: str, words: str) -> None:
    text = chooses(old, new)
    assert any(words in str(w) for w in loads(text, NAME).warnings)
    assert not any(words in line for line in errors(text, strict=True))


def test_only_a_patron_who_supports_a_side_chooses() -> None:
    ally = chooses().replace("    roles: [patron] ", "    roles: [ally] ")
    assert any("only a patron chooses" in line for line in errors(ally))
    nobody = chooses().replace("    supports: south\n", "")
    assert any("west supports nobody" in line for line in errors(nobody))


def test_a_patron_who_does_not_discount_needs_a_war_that_ends() -> None:
    text = chooses("value: 0.99,", "value: 1.0,")
    assert errors(text) == []
    for old in ("{value: 0.002, unit: probability per month",
                "{value: 0.003, unit: probability per month"):
        assert text.count(old) == 1
        text = text.replace(old, "{value: 0, unit: probability per month")
    found = errors(text)
    assert len(found) == 1 and "war.support.west.choice.discount can be 1" in found[0]
