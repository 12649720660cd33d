"""The locks pin every package by hash, name no address, and satisfy `pyproject.toml`."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from tests.architecture.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
ORACLE = "bench/negmas.lock"
"""What is compared with from outside; under a licence that keeps it out of the other two."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
BASE = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
EXTRAS = PROJECT["project"]["optional-dependencies"]
DEV = [*BASE, *(wanted for extra in EXTRAS.values() for wanted in extra)]


def entries(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Every pinned requirement of a lock with its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=", line.strip())
            found.append((Requirement(requirement), hashes))
    return found


def versions(lock: str) -> dict[str, list[Version]]:
    """Name -> the versions pinned: one, or one for each range of Python versions."""
    pins: dict[str, list[Version]] = {}
    for requirement, _ in entries(lock):
        (specifier,) = requirement.specifier
        assert specifier.operator == "==", requirement
        pins.setdefault(canonicalize_name(requirement.name), []).append(Version(specifier.version))
    return pins


@pytest.mark.parametrize("lock", [*LOCKS, ORACLE])
def test_every_package_is_pinned_by_hash(lock: str) -> None:
    assert len(entries(lock)) > 20
    for requirement, hashes in entries(lock):
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes), requirement


@pytest.mark.parametrize("lock", [*LOCKS, ORACLE])
def test_no_address_in_a_lock(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert not re.search(r"://|\bfile:|--(extra-)?index|--find-links|\s@\s|^-[ifer]\b", text, re.M)


@pytest.mark.parametrize(("lock", "wanted"), [(LOCKS[0], BASE), (LOCKS[1], DEV)], ids=LOCKS)
def test_locked_versions_satisfy_the_project(lock: str, wanted: list[str]) -> None:
    pins = versions(lock)
    for requirement in map(Requirement, wanted):
        for version in pins[canonicalize_name(requirement.name)]:
            assert version in requirement.specifier, f"{requirement} against {version}"


def test_both_locks_pin_the_same_versions() -> None:
    base, dev = (versions(lock) for lock in LOCKS)
    assert {name: dev.get(name) for name in base} == base


def test_the_external_oracle_stands_in_its_own_lock_alone() -> None:
    assert "negmas" in versions(ORACLE)
    for lock in LOCKS:
        assert "negmas" not in versions(lock)
    assert "negmas" not in " ".join([*BASE, *DEV])
