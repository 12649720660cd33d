"""Everything that can be wrong with a file, in one line."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from zopa.core.errors import InputError
from zopa.scenario import source
from zopa.scenario.document import MOST_BYTES


def fault(path: Path | str) -> str:
    with pytest.raises(InputError) as caught:
        source.read(path)
    assert len(caught.value.problems) == 1
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_nothing_there(tmp_path: Path) -> None:
    assert "there is no such file" in fault(tmp_path / "absent.yaml")


def test_a_misspelt_example() -> None:
    name = next(iter(source.examples()))
    assert f"Did you mean the example '{name}'?" in fault(name[:-1])


def test_a_directory(tmp_path: Path) -> None:
    assert "it is a directory" in fault(tmp_path)


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b"", "empty"), (b" \n\n", "empty"), ("a: é".encode("utf-16"), "UTF-16"),
     (b"a: 1\nb: \xff\xfe\xe9", "not UTF-8"), (b"\x7fELF\x00\x01", "not a text file"),
     ("a: é\n".encode("latin-1"), "not UTF-8")])  # fmt: skip
def test_not_a_text(tmp_path: Path, raw: bytes, words: str) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(raw)
    assert words in fault(path)


def test_the_place_of_a_wrong_byte(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"a: 1\nb: \xe9\n")
    assert fault(path).startswith(f"{path}:2:4: ")


def test_a_file_above_the_stated_size(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"#" * (MOST_BYTES + 1))
    assert f"more than the {MOST_BYTES} allowed" in fault(path)


def test_a_byte_order_mark_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    origin = source.read(path)
    assert origin.text == "a: 1\n"
    assert origin.name == "s"
    assert origin.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
