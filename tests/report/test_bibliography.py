"""`sources.bib`: what is cited, and nothing that TeX would run."""

from __future__ import annotations

import re

from tests.report import sample_answers
from zopa.report.bibliography import address, cited, entry, escaped, to_bibtex
from zopa.scenario.schema import Source


def test_only_what_is_cited_is_listed() -> None:
    scenario = sample_answers.scenario()
    extra = {**scenario.sources, "unused": Source(title="T", author="A", year=2000)}
    with_extra = scenario.model_copy(update={"sources": extra})
    assert list(cited(with_extra)) == ["survey"]
    assert to_bibtex(with_extra).count("@misc{") == 1
    assert "@misc{survey,\n  author = {{Institute of Surveys}}" in to_bibtex(with_extra)


def test_commands_of_tex_are_escaped_and_braces_balance() -> None:
    hostile = "}\\input{/etc/passwd} 50% & $x_1^2$ #~"
    text = entry("k, ey}", Source(title=hostile, author=hostile, year=2020, note=hostile))
    assert "\\input" not in text
    assert text.startswith("@misc{k--ey-,\n")
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    assert escaped("a\n  b") == "a b"


def test_only_web_addresses_are_addresses() -> None:
    assert address("https://example.org/a?b=c") == "https://example.org/a?b=c"
    for other in ("javascript:alert(1)", "data:text/html,x", "https://a b", "ftp://x",
                  'https://x"onclick=', " https://x", "https:///<script>", None):
        assert address(other) is None
