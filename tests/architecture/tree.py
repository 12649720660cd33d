"""What the architecture tests share: the modules of the package and what each one imports."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "zopa"

ORDER = (
    "core", "claims", "agreement", "spaces", "war", "scenario", "reading", "draws", "bargaining",
    "ensemble", "questions", "calibrate", "exchange", "report", "whatif", "app", "cli",
)  # fmt: skip
"""The folders of the package: each imports from itself and from those before it only."""


@dataclass(frozen=True)
class Import:
    """One import of one module: `level` says when it runs."""

    importer: str
    target: str
    line: int
    at_import: bool
    for_types: bool


def name_of(path: Path) -> str:
    """The dotted name of a source file, `zopa.core.errors`."""
    parts = list(path.relative_to(SOURCE).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, Path]:
    """Dotted name -> file, for every module of the package."""
    return {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def folder_of(module: str) -> str | None:
    """The folder of a module of the package; None for those of its root."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and (PACKAGE / parts[1]).is_dir() else None


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _walk(node: ast.AST, inside: bool, typed: bool) -> Iterator[tuple[ast.stmt, bool, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import | ast.ImportFrom):
            yield child, inside, typed
        function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from _walk(child, inside or function, typed or _is_type_checking(child))


def _targets(node: ast.stmt, importer: str, path: Path) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = node.module or ""
        if node.level:
            here = importer.split(".")
            here = here if path.name == "__init__.py" else here[:-1]
            base = ".".join(here[: len(here) - node.level + 1] + ([base] if base else []))
        for alias in node.names:
            deeper = f"{base}.{alias.name}"
            yield deeper if deeper in modules() else base


@cache
def imports() -> tuple[Import, ...]:
    """Every import statement of the package, resolved to modules."""
    return tuple(
        Import(importer, target, node.lineno, not inside and not typed, typed)
        for importer, path in modules().items()
        for node, inside, typed in _walk(parsed(path), False, False)
        for target in _targets(node, importer, path)
    )


def imported_with(module: str) -> set[str]:
    """All modules which importing `module` imports, packages' `__init__` included."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if "." in name:
            waiting.append(name.rpartition(".")[0])
        waiting.extend(i.target for i in imports() if i.importer == name and i.at_import)
    return found


def tracked_text() -> Iterator[tuple[str, str]]:
    """Path and text of every text file that belongs to the project."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached"], cwd=ROOT, capture_output=True, check=True
    )
    for name in listing.stdout.decode().split("\0"):
        path = ROOT / name
        if not name or not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" not in data:
            yield name, data.decode("utf-8")
