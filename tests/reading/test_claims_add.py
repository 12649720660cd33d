"""Decided rows into a scenario: nothing else changes, nothing is added twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path

import pytest

from tests.cli.calling import call
from tests.reading.made_rows import read
from zopa.core.errors import InputError
from zopa.reading.against import Against, Near, Suggestion
from zopa.reading.claims_add import Added, added
from zopa.reading.forms import Call
from zopa.reading.ledger import to_yaml
from zopa.reading.row import Decision, Row
from zopa.reading.sections import plain
from zopa.scenario.load import loads
from zopa.scenario.template import template_text

YES = Decision(verdict="confirmed")
CLAIMS = [("East", "the war cannot end on the ground: “no side has the means”"),
          ("West", "a mediator was seen in the capital # on Monday"),
          ("North", "nobody was there")]
ROWS = [row.model_copy(update={"decision": YES}) for row in read(CLAIMS, document="wire.txt")]
TEST = Call(test="only_settlement", why="its words say so")
AGAINST = Against(scenario="my.yaml", suggestions=(
    Suggestion(row=ROWS[0].id, tests=(TEST,), decision="confirmed"),
    Suggestion(row=ROWS[1].id, decision="confirmed"),
))
TEMPLATE = template_text()


def add(text: str = TEMPLATE, rows: list[Row] = ROWS, against: Against | None = AGAINST,
        wanted: Collection[str] = (), dates: dict[str, dt.date | None] | None = None,
        cite: str | None = None) -> Added:
    return added(text, "my.yaml", rows, against, wanted, dates, cite)


def test_confirmed_rows_become_claims_with_tests_source_and_date() -> None:
    date = dt.date(2020, 1, 2)
    result = add(dates={"wire.txt": date})
    scenario = loads(result.text).scenario
    assert list(result.claims.values()) == [ROWS[0].id, ROWS[1].id]
    first, second = (scenario.claims[key] for key in result.claims)
    assert first.says == CLAIMS[0][1] and first.tests[0].test == "only_settlement"
    assert [link.who for link in first.chain] == ["the report wire.txt", "East"]
    assert first.kind == "testable" and first.date == date
    assert second.says == CLAIMS[1][1] and second.not_modelled is not None
    (key,) = result.sources
    assert scenario.sources[key].title == "wire.txt" and scenario.sources[key].year == 2020


def test_no_other_line_of_the_file_changes() -> None:
    lines, fresh = TEMPLATE.split("\n"), add().text.split("\n")
    kept = iter(fresh)
    assert all(line in kept for line in lines)
    assert list(loads(add().text).scenario.claims)[0] == "deadlock"


def test_the_same_claim_is_never_added_twice() -> None:
    once = add()
    again = add(once.text)
    assert again.text == once.text and again.claims == {}
    assert again.there == {row: key for key, row in once.claims.items()}
    other = [ROWS[0].model_copy(update={"id": "0123456789"})]
    named = add(once.text, other, None, wanted=["0123456789"])
    assert named.claims == {} and list(named.there) == ["0123456789"]


def test_a_row_that_is_a_claim_of_the_scenario_is_not_added() -> None:
    near = Near(claim="deadlock", near=1, why="its words")
    against = Against(scenario="my.yaml", suggestions=(
        Suggestion(row=ROWS[0].id, claims=(near,), tests=(TEST,), decision="confirmed"),))
    assert add(against=against).there == {ROWS[0].id: "deadlock"}


def test_what_is_not_confirmed_is_left_out() -> None:
    result = add()
    assert result.left == {ROWS[2].id: "its suggestion is not confirmed"}
    undecided = [row.model_copy(update={"decision": None}) for row in ROWS]
    assert add(rows=undecided).claims == {}
    with pytest.raises(InputError, match="is not decided"):
        add(rows=undecided, wanted=[ROWS[0].id])


def test_a_denial_is_not_given_the_test_of_what_it_denies() -> None:
    denied = [ROWS[0].model_copy(update={"polarity": "denied"})]
    (claim,) = list(loads(add(rows=denied).text).scenario.claims.values())[1:]
    assert claim.says.startswith("Denied: ") and claim.tests == ()
    assert claim.not_modelled == "It is denied: only_settlement asks the opposite."


def test_open_arguments_and_tests_that_do_not_check_are_refused_in_one_line() -> None:
    def against(test: Call) -> Against:
        return Against(scenario="my.yaml", suggestions=(
            Suggestion(row=ROWS[0].id, tests=(test,), decision="confirmed"),))

    with pytest.raises(InputError, match="leaves party open"):
        add(against=against(Call(test="advantage", why="", open={"party": ("east", "west")})))
    with pytest.raises(InputError, match="would not check") as refused:
        add(against=against(Call(test="advantage", why="", args={"party": "nobody"})))
    assert len(str(refused.value).split("\n")) == 1
    with pytest.raises(InputError, match="no source 'wire'"):
        add(cite="wire")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("form", ["claims last", "no claims", "empty claims"])
def test_places_that_claims_can_have(form: str, end: str) -> None:
    start = TEMPLATE.index("claims:  ")
    stop = TEMPLATE.index("not_modelled:\n")
    rest = TEMPLATE[stop:]
    claims = {"claims last": TEMPLATE[start:stop], "no claims": "",
              "empty claims": "claims: {}  # none yet\n"}[form]
    text = (TEMPLATE[:start] + rest + claims).rstrip("\n").replace("\n", end)
    result = add(text)
    scenario = loads(result.text).scenario
    assert set(result.claims) <= set(scenario.claims)
    assert len(scenario.claims) == 2 + (form == "claims last")
    assert result.text.count("\r\n") == (result.text.count("\n") if end == "\r\n" else 0)
    assert ("# none yet" in result.text) == (form == "empty claims")


def test_claims_on_one_line_are_refused() -> None:
    start, stop = TEMPLATE.index("claims:  "), TEMPLATE.index("not_modelled:\n")
    claim = ("claims: {a: {says: b, chain: [{who: c, standing: unnamed}], how: direct, kind: event,"
             " source: {judgement: made up here}}}\n\n")
    with pytest.raises(InputError, match="written on one line"):
        add(TEMPLATE[:start] + claim + TEMPLATE[stop:])


def test_the_command_writes_once_and_refuses_shipped_examples(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    scenario, ledger = tmp_path / "my.yaml", tmp_path / "claims.yaml"
    scenario.write_bytes(b"\xef\xbb\xbf" + TEMPLATE.encode())
    ledger.write_text(to_yaml(ROWS, beside={
        "against": plain(AGAINST), "dates": {"wire.txt": "2020-01-02"}}), encoding="utf-8")
    arguments = ("claims", "add", str(scenario), str(ledger))
    dry = call(capsys, monkeypatch, *arguments, "--dry-run")
    assert "2 claims would be added" in dry.out and scenario.read_bytes()[3:] == TEMPLATE.encode()
    first = call(capsys, monkeypatch, *arguments)
    assert first.code == 0 and "2 claims added" in first.out
    written = scenario.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf") and b"2020-01-02" in written
    again = call(capsys, monkeypatch, *arguments)
    assert "no claims added" in again.out and scenario.read_bytes() == written
    assert call(capsys, monkeypatch, "check", str(scenario)).code == 0
    shipped = call(capsys, monkeypatch, "claims", "add", "ukraine-2025", str(ledger))
    assert shipped.code == 2 and "zopa new" in shipped.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["claims.yaml", "my.yaml"]
