"""A domain as a scenario: it passes the check, and its packages have the same utilities."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.exchange.small import (
    GENIUS_DOMAIN,
    GENIUS_LINE,
    GENIUS_PORT,
    TABLE,
    domains,
    folder,
    packages,
    utilities,
)
from zopa.agreement.space import Forbidden
from zopa.core.errors import ArgumentError
from zopa.exchange import from_scenario
from zopa.exchange.imported import Imported
from zopa.exchange.origins import FileRead, origins
from zopa.exchange.read import read
from zopa.exchange.scaled import scaled
from zopa.exchange.to_scenario import _folded, _many, written
from zopa.scenario.inputs import written as numbers_of
from zopa.scenario.load import loads
from zopa.spaces.domain import Domain, Rule

DATE = dt.date(2025, 5, 31)
FILE = (FileRead("a table.csv", "0" * 64, True),)


def scenario_of(domain: Domain) -> Domain:
    """Written as a scenario, checked without a warning, and read."""
    text = written(Imported(domain, "table"), FILE, DATE).text
    checked = loads(text)
    return from_scenario.imported(checked.scenario).domain


@settings(max_examples=40, deadline=None,
          suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(domains(parties=2, rules=2, widest=2, forbidden=True))
def test_utilities_constraints_and_reservation_values(domain: Domain) -> None:
    kept = _many(domain, [])
    if not kept.allowed(packages(kept)).any():
        return
    form = scaled(_folded(kept), sum_to_one=True)
    back = scenario_of(domain)
    assert back.sizes == kept.sizes
    wanted = utilities(kept)
    scale = np.maximum(np.abs(wanted).max(axis=1, keepdims=True), 1.0)
    found = utilities(back) * form.span[:, None] + form.lowest[:, None]
    np.testing.assert_allclose(found / scale, wanted / scale, rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(back.allowed(packages(back)), kept.allowed(packages(kept)))
    least = np.maximum(domain.reservation, domain.disagreement)
    np.testing.assert_allclose(back.reservation, form.on_it(least), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(back.disagreement, form.on_it(domain.disagreement), rtol=1e-9,
                               atol=1e-9)


def test_every_number_cites_its_file(tmp_path: Path) -> None:
    paths = folder(tmp_path, port_xml=GENIUS_PORT, domain_xml=GENIUS_DOMAIN, line_xml=GENIUS_LINE)
    text = written(read(paths), origins(paths), DATE).text
    scenario = loads(text, strict=True).scenario
    cited = {path: number.source.cite for path, number in numbers_of(scenario).items()
             if not path.startswith(("thresholds", "war"))}
    assert {cite for path, cite in cited.items() if path.endswith("port")} == {"file-1"}
    assert {cite for path, cite in cited.items() if path.endswith("line")} == {"file-3"}
    hashes = [file.sha256 for file in origins(paths)]
    assert all(digest in scenario.sources[f"file-{n}"].note for n, digest in enumerate(hashes, 1))
    assert any("21 equally spaced" in line for line in scenario.not_modelled)


def test_names_become_keys_and_titles(tmp_path: Path) -> None:
    text = TABLE.replace("Dam", 'The "dam": #1 & {more}').replace("high", "- yes: [no] 'x' \\ é")
    paths = folder(tmp_path, t_csv=text)
    scenario = loads(written(read(paths), origins(paths), DATE).text, strict=True).scenario
    first = next(iter(scenario.issues.values()))
    assert first.title == 'The "dam": #1 & {more}'
    assert next(iter(first.options.values())).title == "- yes: [no] 'x' \\ é"
    assert [party.name for party in scenario.parties.values()] == ["Upper valley", "Lower valley"]


def test_the_same_input_gives_the_same_text(tmp_path: Path) -> None:
    paths = folder(tmp_path, t_csv=TABLE)
    texts = {written(read(paths), origins(paths), DATE).text for _ in range(2)}
    assert len(texts) == 1


def two(rules: tuple[Rule, ...] = (), forbidden: tuple[Forbidden, ...] = (),
        sizes: tuple[int, ...] = (2, 2, 2)) -> Domain:
    return Domain(("a", "b"), tuple("xyz"), tuple(tuple(map(str, range(n))) for n in sizes),
                  tuple(np.ones((2, n)) * np.arange(n) for n in sizes), rules, forbidden)


def test_what_a_scenario_cannot_hold_is_one_line() -> None:
    joined = Rule((0, 1, 2), ((0,), (0,), (0,)), np.ones(2))
    with pytest.raises(ArgumentError, match=r"3 issues are joined \(x, y, z\)"):
        written(Imported(two((joined,)), "table"), FILE, DATE)
    with pytest.raises(ArgumentError, match="two parties or more"):
        written(Imported(Domain(("a",), ("x",), (("p", "q"),), (np.ones((1, 2)),)), "table"),
                FILE, DATE)
    with pytest.raises(ArgumentError, match="nothing to agree on"):
        written(Imported(two(sizes=(1, 1, 1)), "table"), FILE, DATE)
    with pytest.raises(ArgumentError, match="forbids every package"):
        written(Imported(two((), (Forbidden((0,), ((0,),)),), (1, 2, 2)), "table"), FILE, DATE)


def test_issues_of_one_option_leave_their_rules_behind() -> None:
    rules = (Rule((0, 1), ((0,), (1,)), np.array([3.0, -1.0])),
             Rule((0,), ((0,),), np.array([5.0, 7.0])))
    domain = two(rules, sizes=(1, 2, 2))
    kept = _folded(_many(domain, []))
    wanted = domain.utilities(np.array([[0, *held] for held in itertools.product((0, 1), (0, 1))]))
    np.testing.assert_allclose(utilities(kept), wanted)
    assert kept.issues == ("y", "z") and kept.additive
