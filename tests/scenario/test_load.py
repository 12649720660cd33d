"""Loading: the origin, faults of form and their words, all at once."""

from __future__ import annotations

import pytest

from tests.scenario.made import NAME, errors, line_of, made, with_change
from zopa.scenario.load import load, loads
from zopa.scenario.origin import digest
from zopa.scenario.source import examples
from zopa.scenario.template import template_text


def test_the_template_has_no_errors() -> None:
    assert errors(template_text()) == []


@pytest.mark.parametrize("name", sorted(examples()))
def test_shipped_examples_load(name: str) -> None:
    scenario = load(name)
    assert scenario.origin is not None and scenario.origin.name == name


def test_the_origin_stays_with_copies() -> None:
    scenario = made()
    swapped = scenario.swapped()
    assert scenario.origin is not None and scenario.origin.text == template_text()
    assert swapped.origin == scenario.origin
    assert swapped.belligerents == scenario.belligerents[::-1]
    assert digest(swapped) != digest(scenario)
    assert digest(swapped.swapped()) == digest(scenario)


def test_a_mapping_is_expected() -> None:
    assert errors("- a\n- b\n") == [
        f"{NAME}:1:1: the file is not a mapping. `zopa new FILE` writes a template."]


FORM = [
    ("title: North and South", "titel: North and South",
     "titel is not a known key. Did you mean 'title'?"),
    ("title: North and South\n", "", "the file lacks the key 'title'. Add `title:`."),
    ("zopa: 1 ", "zopa: 2 ", "zopa must be one of 1, but is 2"),
    ("date: 2024-01-01 ", "date: 2024-13-01 ", "date must be a date, but is '2024-13-01'"),
    ("date: 2024-01-01 ", "date: 2024 ", "date must be a date, but is 2024"),
    ("period: month", "period: mnth", "Did you mean 'month'?"),
    ("title: North and South", "title: 1978", "title must be text, but is 1978. Put it in quotes."),
    ("ends: held", "ends: hold", "war.position.ends must be one of 'held', 'absorbing'"),
    ("cells: 9\n", "cells: 2\n", "war.position.cells must be at least 3, but is 2"),
    ("cells: 9\n", "cells: nine\n", "war.position.cells must be a whole number, but is 'nine'"),
    ("cell: 0.05", "cell: wide", "war.position.cell must be a number, but is 'wide'"),
    ("cell: 0.05", "cell: '0.05'", "war.position.cell must be a number, but is '0.05'"),
    ("cell: 0.05", "cell: true", "war.position.cell must be a number, but is true"),
    ("cell: 0.05", "cell: [0.05]", "war.position.cell must be a number, but is a list"),
    ("cell: 0.05", "cell:", "war.position.cell has no value"),
    ("cell: 0.05", "cell: .nan", "war.position.cell must be a finite number"),
    ("range: [0.05, 0.3]", "range: [0.3, 0.05]",
     "war.talks.rate range [0.3, 0.05] is empty. Give [low, high]"),
    ("range: [0.05, 0.3]", "range: [0.3]", "war.talks.rate.range has too few numbers"),
    ("range: [0.05, 0.3]", "triangular: [0.3]", "war.talks.rate.triangular has too few numbers"),
    ("range: [0.05, 0.3]", "range: [0.1, 0.2, 0.3]",
     "war.talks.rate.range must have 2 entries, but has 3"),
    ("range: [0.05, 0.3]", "range: [low, 0.3]",
     "war.talks.rate.range.0 must be a number, but is 'low'"),
    ("range: [0.05, 0.3]", "rnge: [0.05, 0.3]",
     "war.talks.rate.rnge is not a known key. Did you mean 'range'?"),
    ("range: [0.05, 0.3]", "range: [0.05, 0.3], value: 0.1",
     "war.talks.rate must have exactly one of value, range,"),
    ("range: [0.05, 0.3]", "range: [0.05, 0.3], within: [0, 1]",
     "war.talks.rate has `within`, which range does not take"),
    ("{judgement: Two rounds were held in two years.}", "{judgement: why}",
     "war.talks.rate.source.judgement must have at least 8 characters"),
    ("{judgement: Two rounds were held in two years.}", "{judgement: Two rounds, in two years.}",
     "needs quotes"),
    ("{judgement: Two rounds were held in two years.}", "{because: Two rounds were held.}",
     "war.talks.rate.source must be {cite: KEY}, {judgement: why} or {calibrated: how}"),
    ("{judgement: Two rounds were held in two years.}", "common knowledge",
     "but is 'common knowledge'. Write one of them."),
    ("how: direct", "how: directly", "Did you mean 'direct'?"),
    ("    how: direct\n", "", "claims.deadlock lacks the key 'how'"),
    ("roles: [patron] ", "roles: patron ", "parties.west.roles must be a list"),
    ("{path: war.talks.rate, multiply: 1.5}", "{path: war.talks.rate}",
     "must have exactly one of set, add, multiply, but has none"),
    ("{path: war.talks.rate, multiply: 1.5}", "{path: war.talks.rate, multiply: 1.5, add: 1}",
     "but has add and multiply"),
    ("offers: {} ", "offers: {<<: {}} ", "merge"),
]


@pytest.mark.parametrize(("old", "new", "words"), FORM,
                         ids=[new or words for _, new, words in FORM])
def test_one_fault_one_line(old: str, new: str, words: str) -> None:
    found = errors(with_change(old, new))
    assert any(words in line for line in found), found
    assert len(found) == 1


@pytest.mark.parametrize(("old", "new", "words"), [row for row in FORM if row[1]],
                         ids=[new for _, new, _ in FORM if new])
def test_the_place_is_the_line_of_the_fault(old: str, new: str, words: str) -> None:
    text = with_change(old, new)
    name, line, column, _ = errors(text)[0].split(":", 3)
    assert name == NAME and int(column) >= 1
    assert int(line) == line_of(text, new.rstrip("\n"))


def test_all_faults_at_once_in_the_order_of_the_file() -> None:
    text = with_change("period: month", "period: moth").replace("ends: held", "ends: hold")
    text = text.replace("title: North and South", "titel: North and South")
    found = errors(text)
    assert len(found) == 3
    places = [int(line.split(":")[1]) for line in found]
    assert places == sorted(places)


def test_a_quoted_no_and_a_plain_no_are_text() -> None:
    text = with_change("    name: West\n", "    name: NO\n")
    assert loads(text).scenario.parties["west"].name == "NO"
