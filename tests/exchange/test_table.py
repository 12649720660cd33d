"""The mediators' table: layouts and numbers as people write them, faults with their row."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.exchange.small import TABLE
from zopa.core.errors import InputError
from zopa.exchange.imported import Imported
from zopa.exchange.read import read


def table(tmp_path: Path, text: str, encoding: str = "utf-8") -> Imported:
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return read([path])


def test_weights_merged_cells_and_special_rows(tmp_path: Path) -> None:
    imported = table(tmp_path, TABLE)
    domain = imported.domain
    assert imported.kind == "table" and domain.title == "Water of the two valleys"
    assert domain.parties == ("Upper valley", "Lower valley")
    assert domain.issues == ("Dam", "Season")
    assert domain.options == (("high", "low"), ("spring", "all year"))
    np.testing.assert_allclose(domain.worth[0], [[60.0, 12.0], [0.0, 50.0]])
    np.testing.assert_allclose(domain.worth[1], [[4.2, 0.0], [20.0, 50.0]])
    assert domain.reservation.tolist() == [25.0, 30.0]
    assert domain.disagreement.tolist() == [5.0, 0.0]


SAME = "issue,option,A,B\nx,p,1,2.5\nx,q,3,0\n"


@pytest.mark.parametrize(("text", "encoding"), [
    (SAME, "utf-8-sig"), (SAME, "utf-16"), (SAME.replace(",", ";"), "utf-8"),
    (SAME.replace(",", ";").replace("2.5", "2,5"), "utf-8"), (SAME.replace(",", "\t"), "utf-16"),
    (SAME.replace("2.5", '"2,5"'), "utf-8"), (SAME.replace("\n", "\r\n"), "utf-8"),
    ("sep=;\n" + SAME.replace(",", ";"), "utf-8"), ("\n\n" + SAME + "\n\n", "utf-8"),
    (SAME.replace("issue,option", '"Issue ","OPTIONS"'), "utf-8"),
    (SAME.replace("x,q", ",q"), "utf-8"), ("issue,option,A,B\nx,,,\n,p,1,250%\n,q,3,0", "utf-8"),
    ("A,notes,issue,B,option,comment\n1,n,x,2.5,p,\n3,,x,0,q,later\n", "utf-8"),
])
def test_layouts_that_say_the_same(tmp_path: Path, text: str, encoding: str) -> None:
    domain = table(tmp_path, text, encoding).domain
    assert domain.parties == ("A", "B") and domain.options == (("p", "q"),)
    np.testing.assert_array_equal(domain.worth[0], [[1.0, 3.0], [2.5, 0.0]])


def test_guarded_names_are_read_without_their_guard(tmp_path: Path) -> None:
    domain = table(tmp_path, "issue,option,'=A,B\n'+x,'@p,1,2\n,-5,3,0\n,'quoted',3,0\n").domain
    assert domain.parties[0] == "=A" and domain.issues == ("+x",)
    assert domain.options == (("@p", "-5", "'quoted'"),)


def test_reservation_values_may_be_blank(tmp_path: Path) -> None:
    domain = table(tmp_path, SAME + "Reservation,,,1\n").domain
    assert domain.reservation.tolist() == [-np.inf, 1.0]
    assert np.isneginf(table(tmp_path, SAME).domain.reservation).all()


BAD = {
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", "zero bytes"),
    "empty": (b"", "the file is empty"),
    "blank": (b"\xef\xbb\xbf \n", "the file is empty"),
    "latin": ("issue,option,Zoë\nx,p,1\n".encode("latin-1"), "not UTF-8 text"),
    "prose": (b"We met at noon.\n", "its format is not recognised"),
    "header": (b"issue,option\nx,p\n", "no column of a party"),
    "twice": (b"issue,option,A,a ,A\nx,p,1,2,3\n", "two columns are named 'A'"),
    "no rows": (b"issue,option,A\n", "no option below its header"),
    "missing": (b"issue,option,A\nx,p,1\nx,q,\n", ":3: 'q' of 'x' for A is missing"),
    "word": (b"issue,option,A\nx,p,high\n", ":2: 'p' of 'x' for A is 'high'"),
    "formula": (b"issue,option,A\nx,p,=1+1\n", "is '=1\\+1', which is no number"),
    "infinite": (b"issue,option,A\nx,p,1e999\n", "too large"),
    "nan": (b"issue,option,A\nx,p,nan\n", "no number"),
    "thousands": (b'issue,option,A\nx,p,"1,234"\n', "read in two ways"),
    "mixed": (b"issue;option;A\nx;p;1,5\nx;q;1.5\n", ":3: .*decimal comma"),
    "option twice": (b"issue,option,A\nx,p,1\nx,p,2\n", ":3: 'x' has the option 'p' twice"),
    "before": (b"issue,option,A\n,p,1\n", "before the first issue"),
    "neither": (b"issue,option,A\nx,p,1\n,,1\n", "neither an issue nor an option"),
    "weights": (b"issue,option,A\nx,,1\nx,p,1\ny,q,1\n", "'y' has no weights"),
    "weights twice": (b"issue,option,A\nx,,1\nx,p,1\nx,,1\n", "two rows of weights"),
    "no options": (b"issue,option,A\nx,,1\ny,,1\nx,p,1\n", "'y' has weights but no option"),
    "negative": (b"issue,option,A\nx,,-1\nx,p,1\n", "less than 0"),
    "reservations": (b"issue,option,A\nx,p,1\nreservation,,1\nreservation,,2\n", "given twice"),
    "quote": (b'issue,option,A\nx,p,"1\nx,q,2\n', "Is a quote not closed"),
    "control": (b"issue,option,A\nx,p\x07q,1\n", "control character U\\+0007"),
    "long": (b"issue,option,A\nx," + b"p" * 400 + b",1\n", "more than 300"),
}


@pytest.mark.parametrize("name", BAD)
def test_faults_are_one_line_with_the_row(tmp_path: Path, name: str) -> None:
    data, said = BAD[name]
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=said) as caught:
        read([path])
    assert "table.csv" in str(caught.value) and "\n" not in str(caught.value)
