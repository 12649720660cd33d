"""Files of series: each form is told by its columns, each fault by its row and column."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from tests.calibrate.made import ACLED, GED, TIDY
from zopa.calibrate.readers import Wanted, parse_series, read_series
from zopa.calibrate.series import Series, monthly
from zopa.core.errors import InputError

SHARED = Path(__file__).parents[3] / "shared" / "data"


def parse(text: str, wanted: Wanted | None = None, name: str = "made.csv") -> Series:
    return parse_series(text.encode(), name, wanted)


def fault(text: str, wanted: Wanted | None = None) -> str:
    with pytest.raises(InputError) as caught:
        parse(text, wanted)
    return str(caught.value)


def test_tidy_rows_with_a_revision_and_an_empty_cell() -> None:
    found = parse(TIDY)
    assert (found.unit, found.measure, found.origin.form) == ("km2", "level", "tidy")
    assert found.dates[1] == dt.date(2023, 2, 28)
    assert found.values[1] == 111.0
    assert np.isnan(found.values[3])
    assert found.notes == ("1 date given more than once, the later row of the file was taken: "
                           "2023-02-28.",)
    assert len(found.origin.sha256) == 64


def test_another_column_other_separators_months_and_a_byte_order_mark() -> None:
    text = "\ufeffDate;Area;change_km2\n2023-01;5;\n2023-02;6;1.5\n"
    found = parse(text, Wanted(column="change_km2"))
    assert found.dates == (dt.date(2023, 1, 31), dt.date(2023, 2, 28))
    assert (found.measure, found.values[1]) == ("flow", 1.5)
    assert parse(text, Wanted(column="area")).measure == "level"


def test_one_of_several_series_with_its_licence() -> None:
    text = ("date,value,unit,series,source\n2023-01-31,5,persons per month,a,Bureau (CC BY 4.0)\n"
            "2023-01-31,7,persons per month,b,Office (MIT)\n")
    found = parse(text, Wanted(series="b"))
    assert (found.values[0], found.measure) == (7.0, "flow")
    assert (found.origin.licence, found.origin.citation) == ("MIT", "Office (MIT)")
    assert parse(text, Wanted(series="a", licence="CC0")).origin.licence == "CC0"
    assert "made.csv: it holds 2 series. Choose one with --series: a, b." in fault(text)
    assert "has no series 'c'" in fault(text, Wanted(series="c"))


def test_events_of_ged_are_spread_over_their_days() -> None:
    found = parse(GED)
    assert (found.origin.form, found.origin.licence) == ("UCDP GED", "CC BY 4.0")
    assert "Sundberg" in found.origin.citation
    # event 2: two of its four days are in January; event 4 lasts a year
    assert found.values.tolist() == [7.0, 6.0, 0.0, 4.0]
    assert "1 of 5 events last longer than 31 days" in found.notes[0]
    assert parse(GED, Wanted(count="events")).values.tolist() == [1.5, 1.5, 0.0, 1.0]
    state = Wanted(where=(("type_of_violence", "1"), ("country", "hill")))
    assert parse(GED, state).values.tolist() == [7.0, 4.0, 0.0, 4.0]
    assert monthly(found).changes[1].tolist() == [7.0, 6.0, 0.0, 4.0]


def test_candidates_are_told_by_their_name_or_status() -> None:
    assert parse(GED, name="GEDEvent_v24_0_5.csv").origin.form == "UCDP Candidate Events"
    checked = GED.replace("South,Clear", "South,Check dyad", 1)
    assert parse(checked).origin.form == "UCDP Candidate Events"
    assert "Hegre" in parse(checked).origin.citation


def test_acled_exports() -> None:
    found = parse(ACLED)
    assert found.values.tolist() == [5.0, 0.0, 0.0]
    assert "no redistribution" in found.origin.licence
    assert found.notes == ("1 identifiers given more than once, the later row was taken.",)
    assert parse(ACLED, Wanted(count="events")).values.tolist() == [2.0, 0.0, 1.0]


@pytest.mark.parametrize(("text", "wanted", "said"), [
    ("", None, "made.csv: it is empty."),
    ("a,b\n1,2\n", None, "made.csv:1: its columns are those of no form that is read: a, b."),
    ("date,value\n2023-01-31,1,2\n", None, "made.csv:2: it has 3 cells, and the header 2."),
    ("date,value,value\n", None, "the column value is there twice"),
    ("date,value\n", None, "it has no rows"),
    ("date,value\n31.1.2023,1\n", None, "made.csv:2, column date: '31.1.2023' is no date."),
    ('date,value\n\n2023-01-31,"1,5"\n', None, "made.csv:3, column value: '1,5' is no number."),
    ("date,value\n2023-01-31,inf\n", None, "column value: 'inf' is no number"),
    ("date,value,unit\n2023-01,1,km2\n2023-02,1,ha\n", None,
     "made.csv:3, column unit: the unit is 'ha', and before it was 'km2'."),
    ('date,value\n2023-01-31,"1\n', None, "it is no CSV"),
    ("date,value\n2023-01-31,1\n", Wanted(column="area"), "it has no column area"),
    ("date,value\n2023-01-31,1\n", Wanted(series="a"), "it has no column series"),
    (GED.replace("2021-02-11,2021-02-11", "2021-02-11,soon"), None,
     "made.csv:4, column date_end: 'soon' is no date."),
    (GED.replace("2021-02-11,2021-02-11", "2021-02-11,2021-02-10"), None,
     "made.csv:4, column date_end: 2021-02-10 is before date_start, 2021-02-11."),
    (GED.replace(",0,8,9,7", ",0,-8,9,7"), None,
     "made.csv:3, column best: '-8' is no number of fatalities."),
    (GED, Wanted(where=(("country", "Glen"),)), "no event fits country=Glen"),
    (GED, Wanted(where=(("land", "Hill"),)), "made.csv:1: it has no column land."),
    (ACLED.replace("05 January", "05 Janvier", 1), None,
     "made.csv:2, column event_date: '05 Janvier 2024' is no date."),
    (ACLED.replace("Upper,3", "Upper,many"), None,
     "made.csv:2, column fatalities: 'many' is no number of fatalities."),
])
def test_faults_name_row_and_column(text: str, wanted: Wanted | None, said: str) -> None:
    assert said in fault(text, wanted)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_series(tmp_path / "none.csv")
    with pytest.raises(InputError, match="byte 1: it is not UTF-8"):
        parse_series(b"\xff\xfe", "made.csv")


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is not there")
def test_the_series_that_calibrate_the_shipped_scenario() -> None:
    area = monthly(read_series(SHARED / "area_controlled_monthly.csv"))
    daily = monthly(read_series(SHARED / "area_controlled_isw_daily.csv"))
    assert (area.unit, area.measure, len(area.months)) == ("km2", "level", 40)
    assert np.allclose(area.values, daily.values)
    change = monthly(read_series(SHARED / "area_controlled_monthly.csv",
                                 Wanted(column="change_km2")))
    assert np.allclose(change.values, area.changes[1])
    losses = read_series(SHARED / "losses_monthly.csv", Wanted(series="ua_gs_personnel"))
    assert (losses.measure, losses.origin.licence) == ("flow", "MIT")
    deaths = read_series(SHARED / "fatalities_ucdp_ukraine_monthly.csv")
    assert (deaths.measure, len(deaths.dates)) == ("flow", 132)
