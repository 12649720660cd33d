"""Hand-made answers of the four questions that ask why, and of history; see `sample_answers`."""

from __future__ import annotations

from typing import Any

SIDES = ("north", "south")
FRICTIONS = ("optimism", "commitment", "ratification", "private_information", "indivisibility")


def band(value: float, half: float) -> dict[str, float]:
    return {"low": value - half, "high": value + half}


def obstacles() -> dict[str, Any]:
    share = dict(zip(FRICTIONS, (0.24, 0.1, 0.04, 0.0, 0.0), strict=True))
    alone = dict(zip(FRICTIONS, (0.2, 0.06, -0.01, 0.0, 0.0), strict=True))
    found: dict[str, Any] = {
        "window": 12, "draws": 256, "effective_draws": 256.0, "all": 0.62,
        "all_interval": band(0.62, 0.1), "none": 0.24, "none_interval": band(0.24, 0.05),
        "whole": 0.38, "whole_interval": band(0.38, 0.09), "whole_monte_carlo": band(0.38, 0.01)}
    for key, values in (("share", share), ("alone", alone)):
        found |= {key: values,
                  f"{key}_interval": {n: band(v, 0.05 if v else 0.0) for n, v in values.items()},
                  f"{key}_monte_carlo": {n: band(v, 0.01 if v else 0.0)
                                         for n, v in values.items()}}
    return found | {
        "absent": {"private_information": "no side is said to know more than the other",
                   "indivisibility": "mixtures of packages can be agreed"},
        "remains": {"value": 0.24, "no_zone": 0.05, "no_zone_interval": band(0.05, 0.05),
                    "rare_talks": 0.16, "rare_talks_interval": band(0.16, 0.06), "other": 0.03,
                    "other_interval": band(0.03, 0.02), "draws_without_zone": 0.05},
        "notes": ["Solved at 256 of the 1024 draws, for every combination of the frictions."]}


def change(value: float, half: float, **more: float) -> dict[str, float]:
    return {"change": value, **band(value, half), **more}


def lever(names: list[str], title: str, deal: float, **more: Any) -> dict[str, Any]:
    return {
        "levers": names, "title": title, "draws": 256 // len(names), "effective_draws": 256.0,
        "dose": None, "dose_reason": "it is found for single levers", "reason": None,
        "deal": change(deal, 0.04, before=0.38, after=0.38 + deal) | {"interval": band(deal, 0.01)},
        "terms": {"north": change(0.01, 0.02, undefined=0.12),
                  "south": change(-0.012, 0.02, undefined=0.12)},
        "value": {"north": change(0.02, 0.01), "south": change(-0.015, 0.01)},
        "outcome": {"north": change(0.021, 0.01), "south": change(-0.014, 0.01)},
        "months": change(-12 * deal, 0.5),
        "losses": {"north": change(-900.0, 300.0)}} | more


def without(names: list[str], title: str, reason: str) -> dict[str, Any]:
    return {"levers": names, "title": title, "draws": 128, "effective_draws": 128.0, "dose": None,
            "dose_reason": "it is found for single levers", "reason": reason} | dict.fromkeys(
                ("deal", "terms", "value", "outcome", "months", "losses"))


def levers() -> list[dict[str, Any]]:
    hosted, less = "Talks are hosted every season", "West gives money only"
    return [
        lever(["hosted-talks", "less-support"], f"{hosted} + {less}", 0.11),
        lever(["hosted-talks"], hosted, 0.09, dose=1.37, dose_reason=None),
        lever(["less-support"], less, -0.05,
              dose_reason="no dose up to 4 times the lever as written opens the zone in half of "
                          "the draws",
              terms={"north": change(0.01, 0.02, undefined=0.0),
                     "south": {"change": None, "low": None, "high": None, "undefined": 1.0}}),
        without(["less-support", "more-support"], f"{less} + West gives more",
                "cannot be combined: each sets war.support.west.present")]


def hindsight() -> dict[str, Any]:
    def gain(value: float, half: float, probability: float | None) -> dict[str, Any]:
        interval = band(probability, 0.03) if probability is not None else {
            "low": None, "high": None}
        return {"gain": value, **band(value, half), "probability": probability,
                "interval": interval}

    nothing = {"gain": None, "low": None, "high": None, "probability": None,
               "interval": {"low": None, "high": None}}
    whole = {"title": "The harbour draft", "date": "2023-05-01",
             "utility": {p: {"mean": 0.55, **band(0.55, 0.06)} for p in SIDES},
             "ratifiable": {"north": 1.0, "south": 0.7}, "ratifiable_by_both": 0.7,
             "ex_ante": {"north": gain(-0.04, 0.06, 0.31), "south": gain(0.07, 0.05, 0.9)},
             "ex_post": {"north": gain(0.05, 0.08, 0.72), "south": gain(0.11, 0.06, 0.96)},
             "better_for_both": {"ex_ante": 0.28, "ex_post": 0.69}, "ex_post_reason": None,
             "months": 8, "recorded_months": 3,
             "losses": {"north": {"mean": 7000.0, "low": 5000.0, "high": 9000.0}},
             "reading": "What the offer was worth to each side."}
    return {"draft-2023": whole,
            "draft-2022": whole | {
                "title": "The first draft", "date": "2022-02-01", "losses": None,
                "ex_post": dict.fromkeys(SIDES, nothing),
                "better_for_both": {"ex_ante": 0.28, "ex_post": None},
                "ex_post_reason": "a deal is recorded after it"}}


def index(first: float | None, total: float | None, **more: Any) -> dict[str, Any]:
    def one(key: str, value: float | None) -> dict[str, Any]:
        if value is None:
            return {key: None, f"{key}_interval": None,
                    f"{key}_reason": "its interval covers all of [0, 1]"}
        return {key: value, f"{key}_interval": {"low": max(value - 0.1, 0.0),
                                                "high": min(value + 0.1, 1.0)},
                f"{key}_reason": None}

    return {"title": "an input", "tied": [], "provenance": "judgement", **one("first", first),
            **one("total", total), "group": None} | more


def hinges(war: bool = True) -> dict[str, Any]:
    design = {"first": "given data", "total": "grouped Saltelli design", "label": "under the prior",
              "why": "weights and ties break the independence", "base": 64, "groups": 8,
              "draws": 640, "level": 0.95}
    still = {"varies": False, "total_reason": "it is the same in every draw of the design",
             "inputs": {}, "groups": {}, "hinge": None, "flips_at": None,
             "flips_reason": "it is the same in every draw: no uncertain input changes it",
             "design": design}
    value = "issues.border.options.freeze.values.north"
    zone = still | {"varies": True, "total_reason": None, "hinge": value,
                    "inputs": {value: index(0.35, 0.5)},
                    "flips_at": {"value": 0.42, "unit": "utility", "verified_probability": 0.51,
                                 "between": [0.41, 0.43]}, "flips_reason": None}
    if not war:
        return {"zone": zone}
    rate, cost = "war.talks.rate", "war.costs.north.base"
    return {
        "zone": zone,
        "zone.settle": still,
        "zone.predicted.north": still | {
            "varies": True, "hinge": cost,
            "inputs": {cost: index(0.2, None), rate: index(
                0.12, 0.3, group="talks"), value: index(0.0, 0.0)},
            "groups": {"talks": {"title": "talks", "inputs": 2, "alone": False}},
            "flips_reason": None},
        "zone.deal_by_month.12": still | {
            "varies": True, "hinge": rate, "inputs": {rate: index(0.71, None)},
            "flips_reason": f"stays above one half wherever {rate} is in its range"},
        "zone.predicted.north.defined": still | {"varies": True, "flips_reason": None}}


def history() -> dict[str, Any]:
    return {"effective_draws": 310.4, "draws": 2048, "weighs": True, "kept": 1024,
            "largest_weight": 0.011, "states": 4,
            "counted": {"survival": 3, "support": 2, "momentum": 0, "position": 0, "deal": 3},
            "deal_foreseen": {"before": 0.61, "after": 0.34},
            "moved": [{"input": "war.talks.rate", "shift": -0.62},
                      {"input": "war.costs.north.base", "shift": 0.2}]}


def blocked() -> dict[str, Any]:
    group = {"title": "The parliament", "veto": True, "accepts": 0.45,
             "accepts_spread": {"low": 0.4, "median": 0.45, "high": 0.5}, "binds": 0.4,
             "nothing": 0.0, "blocks": 0.35, "blocks_spread": {"low": 0.2, "median": 0.3,
                                                               "high": 0.5},
             "alone": 0.2, "options": {"border": {"option": "freeze", "share": 0.6},
                                       "harbour": None}}
    return {"south": {"parliament": group, "ministry": group | {
        "title": "The ministry", "veto": False, "accepts": None, "accepts_spread": None,
        "binds": 0.0, "nothing": None, "blocks": None, "blocks_spread": None, "alone": None,
        "options": None}}}
