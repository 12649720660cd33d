"""Files of a domain in another format, and saving them without writing over anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from zopa.core.errors import ArgumentError
from zopa.exchange.raw import wrong
from zopa.spaces.domain import Domain

Made = tuple[dict[Path, bytes], list[str]]


def files(domain: Domain, form: str, out: Path) -> Made:
    """Path -> bytes of a domain in a format, and what was changed on the way.

    Args:
        form: `genius`, `geniusweb`, `csv` or `xlsx`.
        out: the file, or the folder of the first two.

    Raises:
        ArgumentError: the format is unknown or cannot hold the domain.
        InputError: a name cannot be written.
    """
    if form not in WRITERS:
        raise ArgumentError(f"There is no format '{form}'. There is {', '.join(WRITERS)}.")
    return WRITERS[form](domain, out)


def _genius(domain: Domain, out: Path) -> Made:
    from zopa.exchange import genius_write

    made, notes = genius_write.written(domain)
    return {out / name: text.encode() for name, text in made.items()}, notes


def _geniusweb(domain: Domain, out: Path) -> Made:
    from zopa.exchange import geniusweb_write

    made, notes = geniusweb_write.written(domain)
    return {out / name: text.encode() for name, text in made.items()}, notes


def _csv(domain: Domain, out: Path) -> Made:
    from zopa.exchange import table_write

    text, notes = table_write.written(domain)
    return {out: text.encode()}, notes


def _xlsx(domain: Domain, out: Path) -> Made:
    from zopa.exchange import table_write, xlsx

    rows, notes = table_write.cells(domain)
    return {out: xlsx.written(rows, domain.title)}, notes


WRITERS: dict[str, Callable[[Domain, Path], Made]] = {
    "genius": _genius, "geniusweb": _geniusweb, "csv": _csv, "xlsx": _xlsx}


def save(made: Mapping[Path, bytes], force: bool = False) -> None:
    """Write files; none where one of them is there already.

    Raises:
        InputError: something is there already, or it cannot be written.
    """
    for path in made:
        if path.is_dir():
            raise wrong(str(path), "it is a directory", "Name a file; nothing was written.")
        if path.exists() and not force:
            raise wrong(str(path), "there is something already",
                        "Choose another name, or add --force; nothing was written.")
    for path, data in made.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb" if force else "xb") as file:
                file.write(data)
        except OSError as error:
            raise wrong(str(path), f"it cannot be written ({error.strerror})",
                        "Choose another place.") from None
