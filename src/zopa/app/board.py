"""What the page shows: for every panel the newest answer, its setting, how far it is refined.

An answer to an earlier setting stays until the new one comes, marked as such and dimmed; it is
never passed off as the new one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from zopa.report.chart_obstacles import obstacles
from zopa.report.chart_style import Figure
from zopa.report.chart_time import deal_by_month, outlook
from zopa.report.chart_verdicts import verdicts
from zopa.report.chart_waiting import waiting_terms, waiting_value
from zopa.report.chart_zone import zone
from zopa.report.view import View
from zopa.scenario.setting import Setting

if TYPE_CHECKING:
    from zopa.whatif.engine import Update

QUICK, FULL = "quick", "full"


@dataclass(frozen=True)
class Panel:
    """One chart's place.

    Attributes:
        name, title: of the place, before there is a chart.
        make: makes the figure.
        stages: of the updates that it changes with.
        war: whether it needs a war.
    """

    name: str
    title: str
    make: Callable[[View], Figure | None]
    stages: tuple[str, ...]
    war: bool = True


PANELS = (
    Panel("zone", "Is there a zone?", zone, (QUICK, FULL), False),
    Panel("deal-by-month", "When is a deal predicted?", deal_by_month, (QUICK, FULL)),
    Panel("outlook", "How does the war go on with no deal?", outlook, (QUICK, FULL)),
    Panel("waiting-terms", "Which terms does waiting bring?", waiting_terms, (FULL,)),
    Panel("waiting-value", "What is waiting worth?", waiting_value, (FULL,)),
    Panel("obstacles", "Why is there no deal yet?", obstacles, ("obstacles",)),
    Panel("verdicts", "Which claims hold?", verdicts, ("verdicts",), False),
)


@dataclass(frozen=True)
class Shown:
    """An answer in its place.

    Attributes:
        setting: what it answers.
        quick: from the small batch, not yet from the whole ensemble.
        draws, effective: solved for it, and how many these are worth after weighing.
        view: the answers known when it came.
        figure: None where the answers have nothing to draw.
    """

    setting: Setting
    quick: bool
    draws: int
    effective: float
    view: View
    figure: Figure | None


@dataclass(frozen=True)
class Mark:
    """How fresh an answer is: a word for the style, and a sentence."""

    kind: str
    text: str


@dataclass
class Board:
    """The newest answers of one reader.

    Attributes:
        panels: name -> what stands there; absent before the first answer.
        views: stage -> the newest view and its setting, quick and full.
        failed: what went wrong with the newest setting; empty where nothing did.
    """

    panels: dict[str, Shown] = field(default_factory=dict)
    views: dict[str, Shown] = field(default_factory=dict)
    failed: str = ""

    def take(self, update: Update) -> tuple[str, ...]:
        """Put an update in its places; their names."""
        if update.stage == "failed":
            self.failed = update.note
            return ()
        view = update.view
        if view is None:
            return ()
        self.failed = ""
        changed = []
        quick = update.stage == QUICK
        if update.stage in (QUICK, FULL):
            self.views[update.stage] = Shown(update.setting, quick, update.draws,
                                             update.effective, view, None)
        for panel in PANELS:
            if update.stage in panel.stages:
                self.panels[panel.name] = Shown(update.setting, quick, update.draws,
                                                update.effective, view, panel.make(view))
                changed.append(panel.name)
        return tuple(changed)

    def newest(self, setting: Setting | None = None) -> Shown | None:
        """The most refined answers to a setting; to any, the newest, where none is given."""
        full, quick = self.views.get(FULL), self.views.get(QUICK)
        if setting is not None:
            return next((s for s in (full, quick) if s is not None and s.setting == setting), None)
        zone = self.panels.get("zone")
        return full if zone is None or (full is not None and not zone.quick) else quick

    def mark(self, name: str, wanted: Setting) -> Mark:
        """How fresh a panel is."""
        shown = self.panels.get(name)
        if self.failed and (shown is None or shown.setting != wanted):
            return Mark("stale", "Not solved")
        if shown is None:
            return Mark("solving", "Being solved")
        if shown.setting != wanted:
            return Mark("stale", "Being solved; shown is the earlier setting")
        if shown.quick:
            return Mark("quick", f"Quick: {shown.draws:,} draws, being refined")
        return Mark("refined", f"Refined: {solved(shown)}")


def solved(shown: Shown) -> str:
    """`1,024 draws, worth 310 after weighing by the record`."""
    text = f"{shown.draws:,} draw{'' if shown.draws == 1 else 's'}"
    if 0.0 < shown.effective < 0.995 * shown.draws:
        text += f", worth {shown.effective:,.0f} after weighing by the record"
    return text
