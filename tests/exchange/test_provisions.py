"""A provisions list: what is read, what is refused, and every count against brute force."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from zopa.core.errors import InputError
from zopa.exchange import provisions

LIST = """item,category,provision,north_sat,north_neg,south_sat,south_neg,north_pos,south_pos
1,border,the line of today is the border,3,5,9,2,0,1
2,border,the line of ten years ago is the border,9,5,2,2,1,0
3,border,observers at the border,6.5,5,7,2,2,2
4,trade,a free port,5,5,6,2,2,1
5,trade,"tariffs, on grain",8,5,1,2,1,0
6,trade,tariffs on grain end,1,5,8,2,0,1
7,justice,an amnesty,4,5,7.25,2,2,1
"""


def written(tmp_path: Path, text: str = LIST) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_what_is_written(tmp_path: Path) -> None:
    read = provisions.read(written(tmp_path)).provisions
    assert read is not None
    assert read.parties == ("north", "south")
    assert read.categories == ("border",) * 3 + ("trade",) * 3 + ("justice",)
    assert read.texts[4] == "tariffs, on grain"
    assert read.scores[:, 2].tolist() == [6.5, 7.0]
    assert read.scores[:, 6].tolist() == [4.0, 7.25]
    assert read.positions["north"][0] == "opposes"


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters(tmp_path: Path, delimiter: str) -> None:
    text = LIST.replace('"tariffs, on grain"', "tariffs on grain").replace(",", delimiter)
    read = provisions.read(written(tmp_path, "\ufeff" + text)).provisions
    assert read is not None and read.scores[1].tolist() == [9, 2, 7, 6, 1, 8, 7.25]


def test_looks_like() -> None:
    assert provisions.looks_like(LIST)
    assert not provisions.looks_like("issue,option,north,south\na,b,1,2\n")
    assert not provisions.looks_like("")


@pytest.mark.parametrize("old, new, told", [
    ("3,5,9,2,0,1", "x,5,9,2,0,1", ":2: north_sat is 'x'"),
    ("3,5,9,2,0,1", "3,5,9,2,0,7", ":2: south_pos is '7'"),
    ("3,5,9,2,0,1", "-3,5,9,2,0,1", ":2: north_sat is '-3'"),
    ("3,5,9,2,0,1", "3,5,9,2,0", ":2: it has 8 cells, but the first line has 9"),
    ("2,border", "1,border", ":3: item 1 is there twice"),
    ("2,border", "2,", ":3: item or category is empty"),
    ("category,", "kind,", ":1: column `category` is missing"),
    ("south_sat", "north_sat", ":1: column `north_sat` is there twice"),
])
def test_what_is_refused(tmp_path: Path, old: str, new: str, told: str) -> None:
    with pytest.raises(InputError, match="list.csv") as refused:
        provisions.read(written(tmp_path, LIST.replace(old, new, 1)))
    assert told in str(refused.value)


def test_every_fault_at_once(tmp_path: Path) -> None:
    text = LIST.replace("3,5,9,2", "x,5,y,2").replace("5,5,6,2", "5,5,z,2")
    with pytest.raises(InputError) as refused:
        provisions.read(written(tmp_path, text))
    assert len(refused.value.problems) == 3


def test_unknown_party_or_item_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no party 'nort'.*Did you mean 'north'"):
        provisions.read(written(tmp_path), {"nort": 5})
    with pytest.raises(InputError, match="no item '9'"):
        provisions.read(written(tmp_path), {}, [(1, 9)])
    with pytest.raises(InputError, match="two or more different"):
        provisions.read(written(tmp_path), {}, [(1, 1)])


@pytest.mark.parametrize("groups", [(), ((1, 2), (5, 6)), ((1, 2), (2, 3), (5, 6, 4))])
def test_the_domain_has_the_same_zone(tmp_path: Path, groups: tuple[tuple[int, ...], ...]) -> None:
    asked = {"north": 5.0, "south": 6.5}
    imported = provisions.read(written(tmp_path), asked, groups)
    domain, found = imported.domain, imported.provisions
    assert found is not None
    packages = np.array(list(itertools.product(*map(range, domain.sizes))))
    packages = packages[domain.allowed(packages)]
    fine = (domain.utilities(packages) >= domain.reservation[:, None]).all(axis=0)
    expected = allowed = 0
    for size in range(8):
        for draft in itertools.combinations(range(7), size):
            if any(len({j + 1 for j in draft} & set(group)) > 1 for group in groups):
                continue
            allowed += 1
            expected += all(not draft or found.scores[i, list(draft)].mean() >= asked[party]
                            for i, party in enumerate(found.parties))
    assert len(packages) == allowed
    assert fine.sum() == expected


def test_suggestions_name_opposites_first_and_are_used_nowhere(tmp_path: Path) -> None:
    imported = provisions.read(written(tmp_path))
    assert imported.provisions is not None and not imported.exclusions
    pairs = provisions.suggested(imported.provisions)
    assert {pair.items for pair in pairs} >= {("1", "2"), ("5", "6")}
    assert pairs[0].crossed and len(pairs[0].words) >= 2
    assert imported.domain.size == 2 ** 7 and not imported.domain.forbidden
