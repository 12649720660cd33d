"""Writes the generated pages of `docs/reference`; `make docs` runs it, a test compares them.

    python -m docs.generate            write the pages
    python -m docs.generate --check    exit with 1 where a page is not what would be written
"""

from __future__ import annotations

import sys
from pathlib import Path

from docs.generators import claim_tests, commands, ledger_format, scenario_format

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"

PAGES = {
    "cli.md": commands.page,
    "scenario.md": scenario_format.page,
    "claim-tests.md": claim_tests.page,
    "ledger.md": ledger_format.page,
}


def pages() -> dict[Path, str]:
    """Every generated page and the text that it should have."""
    return {REFERENCE / name: build() for name, build in PAGES.items()}


def main() -> int:
    """Write or compare the pages; the exit code."""
    check = "--check" in sys.argv[1:]
    stale = 0
    for path, text in pages().items():
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if check:
            print(f"{path.relative_to(ROOT)} is out of date: run `make docs`", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
