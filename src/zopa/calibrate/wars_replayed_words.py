"""What a replay found, in lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from zopa.calibrate.wars_replayed import Replay


def lines(found: Replay) -> Iterator[str]:
    """Deals, positions and mean scores, as tables in Markdown, which reads as text too."""
    yield f"{found.template}: {found.series}, {found.draws} draws, seed {found.seed}"
    yield ""
    yield "| known until | months | deal, % | rate of the class, % | came |"
    yield "|---|---|---|---|---|"
    for deal in found.deals:
        yield (f"| {deal.date} | {deal.ahead} | {100 * deal.model:.1f} | {100 * deal.base:.1f} | "
               f"{'deal' if deal.came else 'no deal'} |")
    log, brier = found.log_scores(), found.brier_scores()
    yield ""
    yield (f"Deals: log score {log[0]:.3f} (class {log[1]:.3f}), Brier score {brier[0]:.4f} (class "
           f"{brier[1]:.4f}).")
    yield ""
    names = list(found.places[0].rules) if found.places else []
    yield "| known until | months | change: 5, 50, 95 % | came | CRPS | best rule |"
    yield "|---|---|---|---|---|---|"
    for place in found.places:
        best = min(place.rules, key=lambda name: place.rules[name])
        yield (f"| {place.date} | {place.ahead} | {place.low:.0f}, {place.middle:.0f}, "
               f"{place.high:.0f} | {place.came:.0f} | {place.crps:.0f} | "
               f"{place.rules[best]:.0f} ({best}) |")
    if found.places:
        count = len(found.places)
        inside = sum(p.low <= p.came <= p.high for p in found.places)
        means = {name: sum(p.rules[name] for p in found.places) / count for name in names}
        best = min(means, key=lambda name: means[name])
        yield ""
        yield (f"Positions: mean CRPS {sum(p.crps for p in found.places) / count:.0f}, of the best "
               f"rule over all of them {means[best]:.0f} ({best}); {inside} of {count} inside the "
               "90 % interval.")
