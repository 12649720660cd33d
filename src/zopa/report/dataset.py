"""Every draw of a run as an xarray dataset: inputs, solved values, answers, weights, with units.

Dimensions: `draw`, `input`, `party` (the sides by name), `proposer` (the same), `month` (periods
from now), `wait`, `claim`.  NaN stands for what is not defined in a draw.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from zopa.report.inputs import described
from zopa.report.view import View
from zopa.scenario.inputs import inputs

if TYPE_CHECKING:
    import xarray

    from zopa.questions.study import Study


@dataclass(frozen=True)
class Column:
    """One variable taken from the ensemble.

    Attributes:
        name: in the dataset.
        part: attribute of the ensemble.
        field: attribute of that part.
        dims: its dimensions, `draw` last.
        units: `{period}` stands for the scenario's own.
        meaning: its long name.
    """

    name: str
    part: str
    field: str
    dims: tuple[str, ...]
    units: str
    meaning: str


P, Q, D = "party", "proposer", "draw"
COLUMNS = (
    Column("value", "bargain", "value", (P, D), "utility", "value of the game, own belief"),
    Column("reservation", "bargain", "reservation", (P, D), "utility",
           "value of fighting on this period, own belief"),
    Column("never_agreeing", "bargain", "finish", (P, D), "utility",
           "value of never agreeing, own belief"),
    Column("agree", "bargain", "agree", (Q, D), "1", "agreement now, where that side proposes"),
    Column("offer", "bargain", "offer", (Q, P, D), "utility", "what the proposer offers now"),
    Column("deal_weight", "bargain", "deal_weight", (P, D), "1",
           "a in the value of a deal, a u + K"),
    Column("deal_constant", "bargain", "deal_constant", (P, D), "utility",
           "K in the value of a deal, a u + K"),
    Column("converged", "bargain", "converged", (D,), "1", "value of never agreeing solved"),
    Column("deal_by", "timing", "deal_by", ("month", D), "probability",
           "a deal within so many periods"),
    Column("settle", "timing", "settle", (D,), "probability", "a deal within the horizon"),
    Column("terms", "timing", "terms", (P, D), "utility",
           "first agreement within the horizon, given that there is one"),
    Column("outcome", "timing", "outcome", (P, D), "utility",
           "expected outcome of the solved path, analyst's belief"),
    Column("months_of_war", "timing", "months_of_war", (D,), "{period}s",
           "expected periods fought within the horizon"),
    Column("collapse", "timing", "collapse", (P, D), "probability",
           "collapse of that side within the horizon, along the path"),
    Column("waiting_value", "waiting", "value", ("wait", P, D), "utility",
           "value today if talks start only after the wait, own belief"),
    Column("waiting_terms", "waiting", "terms", ("wait", P, D), "utility",
           "terms if talks start only after the wait, given no collapse in it"),
    Column("waiting_reservation", "waiting", "reservation", ("wait", P, D), "utility",
           "value of fighting on after the wait, given no collapse in it"),
    Column("waiting_collapse", "waiting", "collapse", ("wait", P, D), "probability",
           "collapse of that side during the wait"),
    Column("waiting_cost", "waiting", "cost", ("wait", P, D), "utility", "cost of the wait"),
    Column("victory", "outlook", "victory", (P, "look", D), "probability",
           "that side has won by then, no deal ever"),
    Column("fighting", "outlook", "fighting", ("look", D), "probability",
           "still fighting, no deal ever"),
    Column("position", "outlook", "position", ("look", D), "cells",
           "expected cell of the battlefield, given that fighting goes on"),
    Column("cost", "outlook", "cost", (P, "look", D), "utility",
           "expected cumulative cost, no deal ever"),
)


def dataset(study: Study) -> xarray.Dataset:
    """All draws of a study.

    Args:
        study: solved or not; what is missing is solved.

    Returns:
        A dataset with `units` and `long_name` on every variable that has them.
    """
    import xarray as xr

    found = xr.Dataset(coords={"draw": np.arange(len(study.draws)), "party": list(study.sides)})
    found.attrs = {"title": study.scenario.title, "date": study.scenario.date.isoformat(),
                   "seed": study.draws.seed, "period": study.scenario.period}
    found["weight"] = _variable(("draw",), study.weight, "1", "weight of the draw, sums to 1")
    _add_inputs(found, study)
    if study.scenario.war is not None:
        _add_columns(found, study)
    _add_zone(found, study)
    _add_claims(found, study)
    return found


def write(data: xarray.Dataset, path: Path) -> None:
    """Write a dataset as netCDF 4, compressed."""
    packed = {str(name): {"zlib": True, "complevel": 4}
              for name, variable in data.data_vars.items()
              if variable.dtype.kind in "fi" and variable.ndim > 1}
    data.to_netcdf(path, engine="h5netcdf", encoding=packed)


def _variable(dims: tuple[str, ...], values: Any, units: str, meaning: str) -> Any:
    array = np.asarray(values)
    if array.dtype == bool:
        array = array.astype(np.int8)
    return dims, array, {"units": units, "long_name": meaning}


def _add_inputs(found: xarray.Dataset, study: Study) -> None:
    numbers, view = inputs(study.scenario), View(study.scenario, {})
    names = list(study.draws.names)
    if not names:
        return
    found.coords["input"] = names
    found.coords["input_unit"] = ("input", [numbers[n].unit or "" for n in names])
    found.coords["input_meaning"] = ("input", [described(view, n) for n in names])
    values = np.stack([study.draws[name] for name in names])
    found["input_value"] = _variable(("input", "draw"), values, "see input_unit",
                                     "sampled value of every uncertain input")


def _add_columns(found: xarray.Dataset, study: Study) -> None:
    ensemble = study.base
    found.coords["proposer"] = list(study.sides)
    found.coords["wait"] = list(ensemble.waiting.taus)
    for column in COLUMNS:
        values = getattr(getattr(ensemble, column.part), column.field)
        units = column.units.format(period=study.scenario.period)
        found[column.name] = _variable(column.dims, values, units, column.meaning)
    for name in ("month", "look"):
        found.coords[name] = np.arange(found.sizes[name])
        found[name].attrs = {"units": f"{study.scenario.period}s", "long_name": "time from now"}


def _add_zone(found: xarray.Dataset, study: Study) -> None:
    from zopa.questions.deals import deals

    ground = deals(study)
    found["zone_packages"] = _variable(("draw",), ground.zone.mask.sum(axis=0), "packages",
                                       "packages in the zone")
    found["zone_share"] = _variable(("draw",), ground.zone.share, "1",
                                    "share of all packages that are in the zone")
    found["no_agreement"] = _variable(("party", "draw"), ground.disagreement, "utility",
                                      "point of no agreement of the zone")


def _add_claims(found: xarray.Dataset, study: Study) -> None:
    from zopa.questions.evaluate import call_of, evaluate

    tested = {name: claim.tests[0] for name, claim in study.scenario.claims.items() if claim.tests}
    if not tested:
        return
    found.coords["claim"] = list(tested)
    holds = np.stack([evaluate(study, call_of(test)).holds for test in tested.values()])
    found["claim_holds"] = _variable(
        ("claim", "draw"), holds, "probability",
        "the claim's first test holds; NaN where it cannot be evaluated")
