"""Imports go one way, have no cycles, and keep the heavy libraries out of the light folders."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import pytest

from tests.architecture.tree import (
    ORDER,
    PACKAGE,
    Import,
    folder_of,
    imported_with,
    imports,
    modules,
)

HEAVY = {"jax", "jaxlib", "altair", "vl_convert", "xarray", "pandas", "h5netcdf", "h5py", "SALib",
         "docx", "pptx", "openpyxl", "spacy", "nicegui", "fastapi", "uvicorn", "numpyro",
         "arviz"}

SWITCH = "zopa.core.precision"
INSIDE_FUNCTIONS = {SWITCH, "zopa.core.loop", "zopa.core.once"}
"""The modules of a light folder that name JAX, in functions that only a computation calls."""


def places(found: list[Import]) -> list[str]:
    return [f"{i.importer}:{i.line} imports {i.target}" for i in found]


def test_every_folder_has_its_place_in_the_order() -> None:
    folders = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert folders - {"data"} == set(ORDER)


def test_imports_go_one_way() -> None:
    wrong = [
        i
        for i in imports()
        if (here := folder_of(i.importer)) and (there := folder_of(i.target))
        and i.target.startswith("zopa.") and ORDER.index(there) > ORDER.index(here)
    ]  # fmt: skip
    assert places(wrong) == []


def test_no_folder_imports_the_package_root() -> None:
    above = (None, "cli")
    wrong = [i for i in imports() if i.target == "zopa" and folder_of(i.importer) not in above]
    assert places(wrong) == []


def test_no_cycles_of_modules() -> None:
    graph: dict[str, set[str]] = {name: set() for name in modules()}
    for i in imports():
        if i.target in graph and not i.for_types and i.importer != "zopa":
            graph[i.importer].add(i.target)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("folder", ["core", "claims", "scenario"])
def test_light_folders_load_neither_heavy_libraries_nor_bargaining(folder: str) -> None:
    for module in modules():
        if folder_of(module) != folder:
            continue
        loaded = imported_with(module)
        assert {name.split(".")[0] for name in loaded} & HEAVY == set(), module
        assert [name for name in loaded if folder_of(name) == "bargaining"] == [], module


@pytest.mark.parametrize("folder", ["core", "claims", "scenario"])
def test_light_folders_do_not_even_name_jax(folder: str) -> None:
    wrong = [
        i
        for i in imports()
        if folder_of(i.importer) == folder
        and i.target.split(".")[0] in ("jax", "jaxlib")
        and i.importer not in INSIDE_FUNCTIONS
    ]
    assert places(wrong) == []


def test_importing_the_package_imports_nothing_heavy() -> None:
    assert {name.split(".")[0] for name in imported_with("zopa")} & HEAVY == set()


def test_the_rules_see_what_they_forbid() -> None:
    """The resolver must find imports known to be there, or the tests above would be empty."""
    assert any(i.target == "zopa.core.errors" or i.target == "numpy" for i in imports())
    assert any(i.target == "jax" and not i.at_import for i in imports() if i.importer == SWITCH)
