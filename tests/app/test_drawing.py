"""Charts on their way to the browser: a specification once, then rows; the newest figure wins."""

from __future__ import annotations

import asyncio
from typing import Any

from tests.app.fake_engine import FULL, view
from tests.report import sample_answers
from zopa.app.board import PANELS
from zopa.app.drawing import Drawing, Specs
from zopa.report.charts import figure
from zopa.scenario.setting import Setting

SCENARIO = sample_answers.scenario()


class Part:
    """Takes what would be sent to the browser."""

    def __init__(self) -> None:
        self.sent: set[tuple[str, str]] = set()
        self.drawn: list[dict[str, Any]] = []

    def draw(self, payload: dict[str, Any], place: str) -> None:
        self.drawn.append(payload)


def at(value: float, name: str = "deal-by-month") -> Any:
    return figure(view(SCENARIO, Setting().with_input("war.talks.rate", value), FULL), name)


def test_the_specification_is_sent_once_and_rows_each_time() -> None:
    async def acts() -> None:
        part, specs = Part(), Specs()
        drawing = Drawing(part, "now", specs)
        for value in (0.1, 0.2, 0.3):
            drawing.draw(at(value))
            if drawing.task is not None:
                await drawing.task
        assert ["spec" in p for p in part.drawn] == [True, False, False]
        assert part.drawn[0]["spec"]["data"] == {"name": "rows", "values": []}
        assert part.drawn[2]["rows"] == at(0.3).rows != part.drawn[1]["rows"]
        other = Part()
        Drawing(other, "now", specs).draw(at(0.1))
        assert "spec" in other.drawn[0]

    asyncio.run(acts())


def test_while_a_specification_is_made_only_the_newest_figure_waits() -> None:
    async def acts() -> None:
        part = Part()
        drawing = Drawing(part, "now", {})
        for value in (0.1, 0.2, 0.3, 0.4):
            drawing.draw(at(value))
        assert drawing.task is not None
        await drawing.task
        assert part.drawn[-1]["rows"] == at(0.4).rows and len(part.drawn) <= 2

    asyncio.run(acts())


def test_a_chart_without_a_key_comes_whole_and_none_after_it_was_let_go() -> None:
    async def acts() -> None:
        part = Part()
        drawing = Drawing(part, "b", {})
        shown = figure(sample_answers.view(), "obstacles")
        drawing.draw(shown)
        drawing.draw(shown)
        assert drawing.task is not None
        await drawing.task
        assert [p["key"] for p in part.drawn] == [None] and part.drawn[0]["spec"] == shown.spec
        drawing.draw(figure(sample_answers.view(), "obstacles"))
        drawing.forget()
        await drawing.task
        assert len(part.drawn) == 1

    asyncio.run(acts())


def test_charts_that_move_with_a_slider_have_their_data_in_one_place() -> None:
    keyed = [p.name for p in PANELS if figure(sample_answers.view(), p.name).key is not None]
    assert keyed == ["zone", "deal-by-month", "outlook", "waiting-terms", "waiting-value"]
    for name in keyed:
        shown = figure(sample_answers.view(), name)
        assert shown.spec["data"]["name"] == "rows"
        assert shown.spec["data"]["values"] == shown.rows
        assert str(shown.spec).count("'values': [{") == 1
        assert at(0.2, name).spec | {"data": 0} == at(0.3, name).spec | {"data": 0}


def test_a_figure_costs_its_specification_only_when_that_is_asked_for() -> None:
    shown = at(0.2, "zone")
    assert "spec" not in vars(shown)
    assert shown.spec is shown.spec
