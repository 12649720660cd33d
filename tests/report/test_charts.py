"""Charts: what they show is what the answers say, and they draw without a browser or a network."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from tests.report import sample_answers
from zopa.core.errors import ArgumentError
from zopa.report import charts
from zopa.report.chart_style import SIDE_COLOURS, config
from zopa.report.charts import MAKERS, figure, figures
from zopa.report.view import View


def test_a_war_has_every_figure_and_an_agreement_space_its_own() -> None:
    assert list(figures(sample_answers.view())) == list(MAKERS)
    assert list(figures(sample_answers.view(False))) == [
        "zone", "hinges", "rests-on"]


def test_every_figure_says_in_words_what_it_shows() -> None:
    for shown in figures(sample_answers.view()).values():
        assert len(shown.title) > 20 and len(shown.caption) > 60
        assert any(character.isdigit() for character in shown.caption)
        assert shown.rows


def test_captions_hold_the_numbers() -> None:
    view = sample_answers.view()
    shown = {name: f.caption.replace("\u202f", " ") for name, f in figures(view).items()}
    assert "86 %; the probability of victory is 9 % for North" in shown["outlook"]
    assert "within 12 months with probability 38 %" in shown["deal-by-month"]
    assert "1 of the 4 packages" in shown["zone"]
    assert "+0.048 for North and −0.072 for South" in shown["waiting-terms"]
    assert "judgement 62 %" in shown["rests-on"]


def test_swapping_the_sides_keeps_every_number_by_name() -> None:
    view = sample_answers.view()
    swapped = View(view.scenario.swapped(), view.answers, view.manifest)
    for name in ("outlook", "costs", "waiting-value", "waiting-terms"):
        def by_name(which: View, name: str = name) -> list[str]:
            return sorted(str(sorted(row.items())) for row in figure(which, name).rows)

        assert by_name(view) == by_name(swapped)
    turned = {(row["kind"], row["name"] if row["kind"] == "point" else "", row["b"], row["a"])
              for row in figure(swapped, "zone").rows}
    assert turned == {(row["kind"], row["name"] if row["kind"] == "point" else "", row["a"],
                       row["b"]) for row in figure(view, "zone").rows}


def test_the_sides_have_the_same_colours_everywhere() -> None:
    for name in ("outlook", "costs", "waiting-value"):
        spec = str(figure(sample_answers.view(), name).spec)
        assert all(colour in spec for colour in SIDE_COLOURS)


def test_changes_of_a_chance_are_drawn_in_points_and_0_strikes_through_no_text() -> None:
    for name in ("levers", "obstacles"):
        spec = figure(sample_answers.view(), name).spec
        assert "100 * datum.value" in str(spec) and "points" in str(spec)
        rows = [row for layer in spec["layer"] for row in layer["data"]["values"]]
        lines = [row for row in rows if "end" in row]
        texts = [row["y"] for row in rows if "heading" in row]
        assert lines and texts
        assert not any(line["y"] <= y <= line["end"] for line in lines for y in texts)


@pytest.mark.parametrize("name", ["outlook", "zone", "verdicts"])
def test_figures_draw_as_svg(name: str) -> None:
    text = charts.to_svg(figure(sample_answers.view(), name))
    assert text.startswith("<svg") and text.rstrip().endswith("</svg>")
    assert figure(sample_answers.view(), name).title in text


def test_figures_draw_as_png() -> None:
    assert charts.to_png(figure(sample_answers.view(), "zone")).startswith(b"\x89PNG")


def test_the_data_of_a_figure_is_a_table() -> None:
    shown = figure(sample_answers.view(), "deal-by-month")
    rows = list(csv.DictReader(io.StringIO(charts.to_csv(shown))))
    assert len(rows) == 61 and list(rows[0]) == ["outcome", "month", "value", "low", "high"]
    assert float(rows[12]["value"]) == sample_answers.view().answers["zone"]["deal_by_month"][12]


def test_no_text_of_the_data_is_a_formula() -> None:
    shown = figure(sample_answers.view(), "levers")
    rows = [row | {"row": f"{sign}1+1"} for row, sign in zip(
        [dict(shown.rows[0]) for _ in "=+-@"], "=+-@", strict=True)]
    read = list(csv.DictReader(io.StringIO(charts.to_csv(replace(shown, rows=rows)))))
    assert [row["row"] for row in read] == ["'=1+1", "'+1+1", "'-1+1", "'@1+1"]
    assert float(read[0]["value"]) == shown.rows[0]["value"]


def test_an_unknown_figure_lists_those_there_are() -> None:
    with pytest.raises(ArgumentError, match="no figure 'zones' in this run. It has: outlook, "):
        figure(sample_answers.view(), "zones")
    with pytest.raises(ArgumentError, match="It has: zone, hinges, rests-on"):
        figure(sample_answers.view(False), "outlook")


def luminance(colour: str) -> float:
    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("paper", ["#fdfdfb", "#15191c"])
def test_colours_stand_out_on_both_papers(paper: str) -> None:
    for colour in SIDE_COLOURS:
        bright, dim = sorted((luminance(colour), luminance(paper)), reverse=True)
        assert (bright + 0.05) / (dim + 0.05) >= 3.0


def test_text_is_as_dark_as_reading_needs() -> None:
    ink = config()["axis"]["labelColor"]
    assert 1.05 / (luminance(ink) + 0.05) >= 4.5


def test_the_shade_does_not_claim_that_floors_are_met() -> None:
    told = figures(sample_answers.view())["zone"].caption
    assert "can ratify it. Grey dots in the shaded part cannot be ratified." in told
    assert "ratif" not in figures(sample_answers.view(False))["zone"].caption
