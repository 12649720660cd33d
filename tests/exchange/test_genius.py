"""Genius XML as Genius itself counts, tolerant of what its files have, and clear about faults."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.exchange.small import GENIUS_DOMAIN, GENIUS_LINE, GENIUS_PORT, folder
from zopa.core.errors import InputError
from zopa.exchange.imported import Imported
from zopa.exchange.read import read


@pytest.fixture
def harbour(tmp_path: Path) -> Imported:
    return read(folder(tmp_path, port_xml=GENIUS_PORT, domain_xml=GENIUS_DOMAIN,
                       line_xml=GENIUS_LINE))


def test_issues_are_those_of_the_domain_depth_first(harbour: Imported) -> None:
    domain = harbour.domain
    assert harbour.kind == "Genius XML" and domain.title == "Harbour"
    assert domain.parties == ("port", "line")
    assert domain.issues == ("Fee", "Berths", "Share")
    assert domain.options[1] == ("2", "3", "4", "5") and len(domain.options[2]) == 21


def test_evaluations_are_divided_by_the_largest_of_their_issue(harbour: Imported) -> None:
    np.testing.assert_allclose(harbour.domain.worth[0][0], 0.5 * np.array([0.25, 0.5, 1.0]))
    np.testing.assert_allclose(harbour.domain.worth[0][1], 0.6 * np.array([1.0, 0.5, 0.0]))


def test_ranges_are_evaluated_as_genius_does(harbour: Imported) -> None:
    # 0.5 + 0.25 (v - 2), cut to [0, 1], by the weight that stands inside the nested objective
    np.testing.assert_allclose(harbour.domain.worth[1][0], 0.3 * np.array([0.5, 0.75, 1.0, 1.0]))
    np.testing.assert_allclose(harbour.domain.worth[1][1], np.full(4, 0.1))
    np.testing.assert_allclose(harbour.domain.worth[2][0], 0.2 * np.linspace(0.0, 1.0, 21))
    v = np.linspace(0.0, 1.0, 21)
    triangle = np.where(v < 0.5, v / 0.5, 1.0 - (v - 0.5) / 0.5)
    np.testing.assert_allclose(harbour.domain.worth[2][1], 0.2 * triangle, atol=1e-15)


def test_reservation_and_what_was_assumed(harbour: Imported) -> None:
    assert harbour.domain.reservation.tolist() == [0.35, 0.0]
    assert harbour.domain.disagreement.tolist() == [0.35, 0.0]
    said = " ".join(harbour.notes)
    assert "21 equally spaced" in said and "line.xml states no reservation value" in said
    assert "discount factor 0.5 is left out" in said and "divided by the largest" in said


def test_weights_of_objectives_are_passed_over(tmp_path: Path, harbour: Imported) -> None:
    text = GENIUS_PORT.replace('<weight index="9" value="1"/>', '<weight index="9" value="0.5"/>')
    imported = read(folder(tmp_path, domain_xml=GENIUS_DOMAIN, other_xml=text))
    np.testing.assert_array_equal(imported.domain.worth[1][0], harbour.domain.worth[1][0])
    assert any("weight of the objective" in note for note in imported.notes)
    assert not any("weight of the objective" in note for note in harbour.notes)


def test_profiles_without_a_domain_file(tmp_path: Path) -> None:
    imported = read(folder(tmp_path, a_xml=GENIUS_LINE))
    assert imported.domain.issues == ("Fee", "Berths", "Share")
    assert "No domain file" in imported.notes[0]


def test_weights_are_used_as_written(tmp_path: Path) -> None:
    text = GENIUS_LINE.replace('value="0.6"', 'value="1.2"')
    imported = read(folder(tmp_path, a_xml=text))
    np.testing.assert_allclose(imported.domain.worth[0][0], [1.2, 0.6, 0.0])
    assert any("sum to 1.6" in note for note in imported.notes)


def test_the_largest_evaluation_of_zero_counts_as_zero(tmp_path: Path) -> None:
    text = GENIUS_LINE.replace('evaluation="1.0"', 'evaluation="0"').replace(
        'evaluation="0.5"', 'evaluation="0.000001"')
    assert not read(folder(tmp_path, a_xml=text)).domain.worth[0].any()


@pytest.mark.parametrize("encoding", ["iso-8859-1", "utf-16", "utf-8-sig"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = GENIUS_LINE.replace("middle", "moyenne é")
    declared = "" if encoding == "utf-8-sig" else f' encoding="{encoding}"'
    path = tmp_path / "a.xml"
    path.write_bytes(f'<?xml version="1.0"{declared}?>{text}'.encode(encoding))
    assert read([path]).domain.options[0][1] == "moyenne é"


def test_a_profile_in_another_order_with_other_indices_goes_by_name(tmp_path: Path) -> None:
    swapped = GENIUS_LINE.replace('index="1" name="Fee"', 'index="7" name="Fee"').replace(
        '<weight index="1"', '<weight index="7"')
    imported = read(folder(tmp_path, d_xml=GENIUS_DOMAIN, a_xml=GENIUS_PORT, b_xml=swapped))
    np.testing.assert_allclose(imported.domain.worth[0][1], [0.6, 0.3, 0.0])


BOMB = ('<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
        "<utility_space>&b;</utility_space>")
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><utility_space/>'
BAD = {
    "truncated": (GENIUS_LINE[:300], "the file ends before its XML does"),
    "not well formed": (GENIUS_LINE.replace("low", "a & b"), "not XML"),
    "bomb": (BOMB, "document type declaration"),
    "outside": (OUTSIDE, "document type declaration"),
    "no issue": ("<html><p>hello</p></html>", "holds no Genius issue"),
    "no weight": (GENIUS_LINE.replace('<weight index="2" value="0.2"/>', ""),
                  "the issue 'Berths' has no weight"),
    "weight": (GENIUS_LINE.replace('value="0.6"', 'value="much"'), "'much', which is no number"),
    "negative weight": (GENIUS_LINE.replace('value="0.6"', 'value="-0.6"'), "less than 0"),
    "infinite": (GENIUS_LINE.replace('value="0.6"', 'value="1e999"'), "no number"),
    "evaluation": (GENIUS_LINE.replace('evaluation="0.5"', 'evaluation="NaN"'), "no number"),
    "no evaluation": (GENIUS_LINE.replace(' evaluation="0.5"', ""), "is missing"),
    "negative": (GENIUS_LINE.replace('evaluation="0.5"', 'evaluation="-1"'), "less than 0"),
    "unknown item": (GENIUS_LINE.replace('value="middle"', 'value="medium"'),
                     "the item 'medium' of 'Fee' is not in the domain"),
    "item twice": (GENIUS_LINE.replace('value="middle"', 'value="low"'), "given twice"),
    "unknown issue": (GENIUS_LINE.replace('index="1" name="Fee"', 'index="8" name="Toll"').replace(
        '<weight index="1"', '<weight index="8"'), "the issue 'Toll' is not in the domain"),
    "form": (GENIUS_LINE.replace('ftype="triangular"', 'ftype="faratin"'), "form 'faratin'"),
    "reservation": (GENIUS_LINE.replace("</utility_space>", '<reservation value="x"/>'
                                        "</utility_space>"), "reservation is 'x'"),
    "control": (GENIUS_LINE.replace('name="Harbour"', 'name="Har&#8232;bour"'), None),
}


@pytest.mark.parametrize("name", BAD)
def test_faults_are_one_line_with_the_place(tmp_path: Path, name: str) -> None:
    text, said = BAD[name]
    files = folder(tmp_path, d_xml=GENIUS_DOMAIN, a_xml=text)
    if said is None:
        assert read(files).domain.title == "Harbour"
        return
    with pytest.raises(InputError) as caught:
        read(files)
    message = str(caught.value)
    assert said in message and "a.xml" in message and "\n" not in message


def test_a_domain_alone_and_two_domains(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nobody's preferences"):
        read(folder(tmp_path, d_xml=GENIUS_DOMAIN))
    with pytest.raises(InputError, match="a second domain"):
        read(folder(tmp_path, d_xml=GENIUS_DOMAIN, e_xml=GENIUS_DOMAIN + " ", a_xml=GENIUS_LINE))


def test_names_with_control_characters_are_refused(tmp_path: Path) -> None:
    text = GENIUS_LINE.replace('name="Fee"', 'name="F&#x85;e"').replace("middle", "mid\u202edle")
    with pytest.raises(InputError, match="control character U\\+202E"):
        read(folder(tmp_path, a_xml=text))


def test_declarations_without_an_end_do_not_take_forever(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not XML"):
        read(folder(tmp_path, a_xml="<?xml " * 300_000))


def test_depth_and_ranges_are_limited(tmp_path: Path) -> None:
    deep = "<a>" * 200 + "</a>" * 200
    with pytest.raises(InputError, match="nested more"):
        read(folder(tmp_path, a_xml=deep))
    wide = GENIUS_LINE.replace('upperbound="5"', 'upperbound="2000000000"')
    with pytest.raises(InputError, match="at most 10000 whole numbers"):
        read(folder(tmp_path, a_xml=wide))
