"""What is written is read back with the same utilities, after the format's own normalisation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from tests.exchange.small import domains, packages, utilities
from zopa.exchange import cells, genius_write, geniusweb_write, names
from zopa.exchange.read import read
from zopa.exchange.scaled import scaled
from zopa.exchange.table import ISSUE, NOTES, OPTION
from zopa.exchange.write import files, save
from zopa.spaces.domain import Domain

TIGHT = {"rtol": 1e-12, "atol": 1e-12}


def same(found: np.ndarray, wanted: np.ndarray) -> None:
    """Equal to 1e-12 of the largest utility, both in raw units."""
    scale = np.maximum(np.abs(wanted).max(axis=1, keepdims=True), 1.0)
    np.testing.assert_allclose(found / scale, wanted / scale, **TIGHT)


QUICK = settings(max_examples=40, deadline=None,
                 suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("written")


def again(domain: Domain, form: str, out: Path, order: Sequence[int] | None = None) -> Domain:
    """Written and read."""
    for old in out.rglob("*.*"):
        old.unlink()
    made, _ = files(domain, form, out if form in ("genius", "geniusweb") else out / "table")
    save(made, force=True)
    return read(list(made)).domain


@QUICK
@given(domains())
def test_tables_are_exact(place: Path, domain: Domain) -> None:
    if any(party.lower() in (*ISSUE, *OPTION, *NOTES) for party in domain.parties):
        return
    for form in ("csv", "xlsx"):
        back = again(domain, form, place)
        assert (back.parties, back.issues, back.options) == (
            domain.parties, domain.issues, domain.options)
        same(utilities(back), utilities(domain))
        np.testing.assert_array_equal(back.reservation, domain.reservation)
        np.testing.assert_array_equal(back.disagreement, domain.disagreement)


@QUICK
@given(domains())
def test_additive_genius(place: Path, domain: Domain) -> None:
    back = again(domain, "genius", place)
    assert (back.issues, back.options) == (domain.issues, domain.options)
    form = scaled(domain, sum_to_one=False)
    same(utilities(back) * form.span[:, None] + form.lowest[:, None], utilities(domain))
    stated = np.isfinite(domain.reservation)
    np.testing.assert_allclose(back.reservation[stated],
                               form.on_it(domain.reservation)[stated], **TIGHT)


@QUICK
@given(domains(rules=3))
def test_genius_with_rules(place: Path, domain: Domain) -> None:
    if domain.additive:
        return
    back = again(domain, "genius", place)
    most = genius_write._largest(domain)
    np.testing.assert_allclose(utilities(back), utilities(domain) / most[:, None], **TIGHT)
    assert utilities(back).max() <= 1.0 + 1e-12


@QUICK
@given(domains(rules=3))
def test_geniusweb(place: Path, domain: Domain) -> None:
    back = again(domain, "geniusweb", place)
    assert (back.issues, back.options) == (domain.issues, domain.options)
    reference = utilities(domain)
    assert utilities(back).min() >= -1e-12 and utilities(back).max() <= 1.0 + 1e-12
    if domain.additive:
        form = scaled(domain, sum_to_one=True)
        same(utilities(back) * form.span[:, None] + form.lowest[:, None], reference)
    # an affine function of what it was, whichever groups were written
    low, high = reference.min(axis=1), reference.max(axis=1)
    start, end = utilities(back).min(axis=1), utilities(back).max(axis=1)
    span = (high - low) / np.where(end > start, end - start, 1.0)
    same((utilities(back) - start[:, None]) * span[:, None] + low[:, None], reference)


@QUICK
@given(domains(parties=2))
def test_reservation_bids_are_the_least_that_is_enough(domain: Domain) -> None:
    notes: list[str] = []
    utility = utilities(domain)
    for i, bid in enumerate(geniusweb_write._bids(domain, notes)):
        least = domain.reservation[i]
        enough = utility[i][utility[i] >= least - 1e-12 * max(1.0, abs(least))]
        if bid is None:
            assert not np.isfinite(least) or not len(enough)
            continue
        held = [options.index(bid["issuevalues"][issue]) for issue, options
                in zip(domain.issues, domain.options, strict=True)]
        place = np.flatnonzero((packages(domain) == held).all(axis=1))[0]
        assert utility[i, place] == enough.min()


def test_utilities_that_fit_are_written_as_they_are(place: Path) -> None:
    domain = Domain(("a", "b"), ("x", "y"), (("p", "q"), ("r", "s")),
                    (np.array([[0.1, 0.4], [0.5, 0.0]]), np.array([[0.2, 0.3], [0.0, 0.5]])))
    for form in ("genius", "geniusweb"):
        np.testing.assert_allclose(utilities(again(domain, form, place)), utilities(domain),
                                   **TIGHT)


@pytest.mark.parametrize("name", ["=1", "'=1", "''=1", "-5", "'-5", "@x", "+", "'quoted'", "a=b"])
def test_guards_are_undone(name: str) -> None:
    written = cells.guarded(name)
    assert cells.plain(written) == name
    assert cells.NUMBER.fullmatch(written) or not written.startswith(("=", "+", "-", "@"))


def test_keys_are_distinct_and_allowed() -> None:
    made = names.keys(("Straße 1", "strasse-1", "!!", "a b", "A b", "x" * 80, "x" * 80, "ok_1"),
                      "issue")
    assert made[-1] == "ok_1" and len(set(made)) == len(made)
    assert all(len(key) <= 60 and key.replace("-", "").replace("_", "").isalnum() for key in made)


def test_a_change_of_scale_is_written_without_two_signs() -> None:
    domain = Domain(("A",), ("x",), (("a", "b"),), (np.array([[-3.0, 5.0]]),))
    assert scaled(domain, True).notes(("A",)) == ["A: utilities are written as (u + 3) / 8."]
