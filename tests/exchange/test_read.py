"""The format is found by content; whatever is not read is one line of a known error."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.small import (
    GENIUS_DOMAIN,
    GENIUS_LINE,
    GENIUS_PORT,
    RECTANGLES,
    TABLE,
    WEB_DOMAIN,
    WEB_NORTH,
    WEB_SOUTH,
    folder,
)
from zopa.core.errors import ArgumentError, InputError
from zopa.exchange.detect import Format, detect
from zopa.exchange.read import read

PROVISIONS = ("item,category,provision,A_sat,B_sat\n"
              "1,land,monitors at the line,6,4\n2,land,joint patrols,3,8\n")


@pytest.mark.parametrize(("text", "found"), [
    (GENIUS_DOMAIN, Format.GENIUS), (GENIUS_PORT, Format.GENIUS), (WEB_DOMAIN, Format.GENIUSWEB),
    (TABLE, Format.TABLE), (PROVISIONS, Format.PROVISIONS),
    ("zopa: 1\ntitle: x\n", Format.SCENARIO),
])
def test_formats_by_content(text: str, found: Format) -> None:
    assert detect(text.encode(), "some.file") is found


def test_a_lone_carriage_return_is_no_provisions_list(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not recognised"):
        read(folder(tmp_path, a_csv="\x01\rnothing\n"))


def test_endings_do_not_matter(tmp_path: Path) -> None:
    assert read(folder(tmp_path, a_csv=GENIUS_LINE)).kind == "Genius XML"
    assert read(folder(tmp_path, a_json=TABLE)).kind == "table"
    assert read(folder(tmp_path, a_xml=PROVISIONS)).kind == "provisions list"


def test_a_shipped_scenario_by_its_name() -> None:
    imported = read(["camp-david-1978"])
    domain = imported.domain
    assert imported.kind == "scenario" and domain.parties == ("israel", "egypt")
    assert domain.reservation.tolist() == [0.0, 0.0] and domain.size == 64
    everything = np.array([[0] * 6, [1] * 6])
    np.testing.assert_allclose(domain.utilities(everything), [[1.0, 0.0], [0.0, 1.0]], atol=1e-12)


def test_a_scenario_with_a_war_stands_at_its_middle() -> None:
    imported = read(["ukraine-2025"])
    assert len(imported.domain.issues) == 8
    assert any("middle" in note for note in imported.notes)
    assert any("veto" in note for note in imported.notes)


def test_files_that_do_not_go_together(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Give files of one format"):
        read(folder(tmp_path, a_xml=GENIUS_LINE, b_csv=TABLE))
    with pytest.raises(InputError, match="a second table"):
        read(folder(tmp_path, a_csv=TABLE, b_csv=TABLE + "\n"))
    twice = folder(tmp_path, a_xml=GENIUS_LINE)[0]
    with pytest.raises(InputError, match="given twice"):
        read([twice, tmp_path / "." / "a.xml"])


def test_two_parties_may_want_the_same(tmp_path: Path) -> None:
    domain = read(folder(tmp_path, a_xml=GENIUS_LINE, b_xml=GENIUS_LINE)).domain
    np.testing.assert_array_equal(domain.worth[0][0], domain.worth[0][1])


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(ArgumentError, match="No file is given"):
        read([])
    with pytest.raises(InputError, match="no such file"):
        read([tmp_path / "none.xml"])
    with pytest.raises(InputError, match="no such example"):
        read(["camp-dvid-1978"])
    with pytest.raises(InputError, match="directory"):
        read([tmp_path])


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zopa.exchange.raw.MOST_BYTES", 1000)
    path = tmp_path / "a.csv"
    path.write_bytes(b"issue,option,A\n" + b"x" * 17 * 2**20)
    with pytest.raises(InputError, match="bytes allowed"):
        read([path])


SEEDS = [text.encode() for text in (GENIUS_LINE, RECTANGLES, WEB_NORTH, WEB_SOUTH, TABLE,
                                    PROVISIONS)]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(SEEDS), st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 30),
                                                  st.binary(max_size=6)), max_size=4))
def test_damaged_files_end_in_a_known_error(tmp_path_factory: pytest.TempPathFactory, seed: bytes,
                                            edits: list[tuple[int, int, bytes]]) -> None:
    for start, length, new in edits:
        start %= len(seed)
        seed = seed[:start] + new + seed[start + length:]
    path = tmp_path_factory.getbasetemp() / "damaged"
    path.write_bytes(seed)
    try:
        domain = read([path]).domain
    except InputError as error:
        assert len(str(error).splitlines()) == len(error.problems)
    except ArgumentError as error:
        assert len(str(error).splitlines()) == 1
    else:
        assert np.isfinite(domain.worth[0]).all()
