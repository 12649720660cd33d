"""One tab on the screen: controls, answers in words, charts, what changed, and how to share it."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from nicegui import ui

from zopa.app import headline
from zopa.app.base_case import BaseCase
from zopa.app.board import FULL, PANELS, Board, Shown, solved
from zopa.app.changes import described, table
from zopa.app.drawing import Drawing, Specs
from zopa.app.elements import ControlsPart, PanelPart, SharePart, TablePart
from zopa.app.parts import button, enable, set_text, words
from zopa.app.tab import Tab
from zopa.app.verdict_rows import verdict_rows
from zopa.app.workspace import Opened, Workspace
from zopa.core.errors import InputError
from zopa.report.brief import CAVEAT
from zopa.report.view import View
from zopa.scenario.setting import Setting, from_query

SOLVING = "The base case is being solved; its answers come in here."
NOTHING = "These answers have nothing to draw here."


class TabView:
    """Builds the tab, and brings to it what changes.

    Args:
        workspace: the scenario's name and options, for the command that is shown.
        opened: the scenario.
        base, specs: shared by all tabs.
        client: name of this tab.
        setting: to begin with.
        said: a fault of the address; empty where there is none.
        next_look: switches light and dark; returns what it is now.
    """

    def __init__(self, workspace: Workspace, opened: Opened, base: BaseCase, specs: Specs,
                 client: str, setting: Setting, said: str, next_look: Callable[[], str]) -> None:
        self.workspace, self.opened = workspace, opened
        loop = asyncio.get_running_loop()
        self.tab = Tab(opened.scenario, opened.engine, base, client,
                       loop.call_soon_threadsafe, self.told, setting)
        self.spoken = ""
        panels = [p for p in PANELS if opened.scenario.war is not None or not p.war]
        words("a", "Skip to the answers", "z-skip").props('href="#z-answers"')
        self._header(next_look)
        with ui.element("div").classes("z-layout"):
            self.controls = ControlsPart(opened.controls, setting, self.moved)
            with ui.element("main").classes("z-answers").props('id="z-answers" tabindex="-1"'):
                self._short(said)
                self._toolbar()
                self._compared()
                with ui.element("div").classes("z-panels"):
                    self.parts = {p.name: PanelPart(p.name, p.title, p.name == "verdicts")
                                  for p in panels}
                self.share = SharePart(self.load, self.restore)
                words("p", CAVEAT, "z-foot")
        self.drawings = {(name, place): Drawing(part, place, specs)
                         for name, part in self.parts.items() for place in ("now", "b")}
        self.told(tuple(self.parts))

    def close(self) -> None:
        """The tab went away, or the scenario is another."""
        self.tab.close()

    # what the reader does

    def moved(self, part: str, key: str, value: Any, rest: bool) -> None:
        """A control has moved."""
        fault = self.tab.move(part, key, value)
        self._say_fault(fault)
        if fault:
            self.controls.set(self.tab.now)

    def undo(self) -> None:
        """Back by a step."""
        self.tab.undo()
        self._set()

    def redo(self) -> None:
        """Forth by a step."""
        self.tab.redo()
        self._set()

    def reset(self) -> None:
        """Back to the base case; undo leads back."""
        self.tab.go(Setting())
        self._set()

    def keep(self) -> None:
        """Keep as B, or let B go."""
        if self.tab.kept is None:
            self.tab.keep()
        else:
            self.tab.drop()

    def to_b(self) -> None:
        """Take B's setting."""
        if self.tab.kept is not None:
            self.tab.go(self.tab.kept)
            self._set()

    def load(self, text: str) -> None:
        """Take the setting of a patch."""
        fault = self.tab.load(text)
        self.share.show(fault=fault)
        if not fault:
            self._set()

    def restore(self, query: str) -> None:
        """Take the setting that the tab had, where it still fits."""
        with suppress(InputError):
            if not self.tab.go(from_query(query)):
                self._set()

    def _set(self) -> None:
        self._say_fault("")
        self.controls.set(self.tab.now)

    def _say_fault(self, fault: str) -> None:
        set_text(self.fault, fault)

    # what is shown

    def _header(self, next_look: Callable[[], str]) -> None:
        scenario = self.opened.scenario
        with ui.element("header").classes("z-header"):
            with ui.element("div"):
                words("p", "zopa", "z-brand")
                words("h1", scenario.title)
                words("p", f"As of {scenario.date.isoformat()}. What if?", "z-note")
            look = button("Theme: system", lambda: set_text(look, next_look()))

    def _short(self, said: str) -> None:
        with ui.element("section").classes("z-short").props('aria-labelledby="z-short"'):
            words("h2", "In short").props('id="z-short"')
            self.lines = [words("p", "", "z-lead" if n == 0 else "") for n in range(3)]
            self.state = words("p", "", "z-note")
            self.note = words("p", "", "z-note")
            self.fault = words("p", said, "z-fault").props('role="alert"')
            self.live = words("p", "", "z-hidden").props('role="status" aria-live="polite"')

    def _toolbar(self) -> None:
        with ui.element("div").classes("z-tools").props('role="toolbar" aria-label="Setting"'):
            self.back = button("Undo", self.undo)
            self.forth = button("Redo", self.redo)
            self.home = button("Reset to the base case", self.reset)
            self.keeper = button("Keep as B", self.keep)
            self.there = button("Go to B", self.to_b)

    def _compared(self) -> None:
        self.changes = ui.element("section").classes("z-changes")
        with self.changes:
            words("h2", "What changed")
            self.list = ui.element("ul")
            self.listed: tuple[str, ...] = ()
            self.beside = words("p", "", "z-note")
            self.table = TablePart("Main numbers beside those of the base case")

    def told(self, names: tuple[str, ...]) -> None:
        """Something that is shown has changed."""
        if not hasattr(self, "drawings"):
            return
        tab = self.tab
        for name, part in self.parts.items():
            mark = tab.mark(name)
            part.show(mark={"kind": mark.kind, "text": mark.text})
            if name in names:
                self._panel(name, part)
        self._words()
        self._tools()
        self._changes()
        now = tab.now
        options = self.workspace.options
        self.share.show(query=now.to_query(), patch=now.to_yaml(), command=(
            f"zopa run {shlex.quote(self.workspace.name)} --patch patch.yaml "
            f"--draws {options.draws} --heavy {options.heavy}"
            + (f" --seed {options.seed}" if options.seed else "")))

    def _panel(self, name: str, part: PanelPart) -> None:
        shown = self.tab.board.panels.get(name)
        beside = self.tab.beside()
        if shown is not None:
            figure = shown.figure
            part.show(title=figure.title if figure else part._props["title"],
                      caption=caption(name, shown), empty="" if figure else NOTHING,
                      table=numbers(name, shown))
            if figure:
                self.drawings[name, "now"].draw(figure)
        other = beside[1].panels.get(name) if beside else None
        if beside is None or other is None:
            part.show(other=None)
            self.drawings[name, "b"].forget()
            return
        mark = beside[1].mark(name, beside[0])
        part.show(other={"caption": caption(name, other),
                         "mark": mark.text, "kind": mark.kind})
        if other.figure:
            self.drawings[name, "b"].draw(other.figure)

    def _words(self) -> None:
        tab = self.tab
        shown = tab.board.newest(tab.now) or tab.board.newest()
        told: tuple[str, ...] = (SOLVING,)
        if shown is not None:
            told = headline.lines(with_waiting(shown, tab.board))
            fresh = shown.setting == tab.now
            kind = "Quick" if shown.quick else "Refined"
            set_text(self.state, f"{kind}: {solved(shown)}. In parentheses, 90 % of the draws, "
                     "or what the number of draws leaves open." if fresh else
                     "Being solved; this is the earlier setting.")
            if fresh and not shown.quick and told[0] != self.spoken:
                self.spoken = told[0]
                set_text(self.live, " ".join(told))
        for n, line in enumerate(self.lines):
            set_text(line, told[n] if n < len(told) else "")
        set_text(self.note, tab.note)

    def _tools(self) -> None:
        tab = self.tab
        enable(self.back, bool(tab.steps.past))
        enable(self.forth, bool(tab.steps.future))
        enable(self.home, not tab.now.is_base)
        enable(self.there, tab.kept is not None and tab.kept != tab.now)
        self.there.set_visibility(tab.kept is not None)
        set_text(self.keeper, "Keep as B" if tab.kept is None else "Let B go")

    def _changes(self) -> None:
        tab = self.tab
        listed = described(tab.now, self.opened.controls)
        beside = tab.beside()
        self.changes.set_visibility(bool(listed) or beside is not None)
        if listed != self.listed:
            self.listed = listed
            self.list.clear()
            with self.list:
                for line in listed:
                    words("li", line)
        b = described(beside[0], self.opened.controls) if beside else ()
        set_text(self.beside, "" if beside is None else
                 f"B: {'; '.join(b) if b else 'the base case'}.")
        shown = tab.board.newest(tab.now) or tab.board.newest()
        if shown is None:
            return
        columns = [("Base case", column(tab.base.board, Setting(), shown.quick))]
        if beside:
            columns.append(("B", column(beside[1], beside[0], shown.quick)))
        there = [(name, found) for name, found in columns if found is not None]
        if not there:
            return
        header = ("", *(f"{name} ({found.draws:,} draws)" for name, found in there),
                  f"Now ({shown.draws:,} draws)", f"Now less {there[0][0].lower()}")
        self.table.show(header, table(shown.view, [found.view for _, found in there]))


def column(board: Board, setting: Setting, quick: bool) -> Shown | None:
    """Answers to a setting from as many draws as those they stand beside, or the nearest."""
    found = board.views.get("quick" if quick else FULL)
    return found if found is not None and found.setting == setting else board.newest(setting)


def with_waiting(shown: Shown, board: Board) -> View:
    """A view with the value of waiting where that answers the same setting."""
    waiting = board.panels.get("waiting-terms")
    if waiting is None or waiting.setting != shown.setting or shown.view.section("waiting"):
        return shown.view
    return View(shown.view.scenario, {**shown.view.answers,
                                      "waiting": waiting.view.answers.get("waiting")})


def caption(name: str, shown: Shown) -> str:
    """The sentence of a chart, with what fighting on is worth beside the zone."""
    if shown.figure is None:
        return ""
    more = headline.fighting_on(shown.view) if name == "zone" else ""
    return f"{shown.figure.caption} {more}".strip()


def numbers(name: str, shown: Shown) -> dict[str, Any] | None:
    """The main numbers of a chart, for those who read."""
    if name == "verdicts":
        rows = verdict_rows(shown.view)
        return {"header": ["Claim", "Who says it", "In this model", "For the other side", "Source"],
                "rows": [[r.says, r.who, r.found, r.mirror, {"text": r.source, "url": r.url}]
                         for r in rows]}
    figure = shown.figure
    if figure is None:
        return None
    if figure.table is not None:
        return {"header": list(figure.table.header), "rows": [list(r) for r in figure.table.rows]}
    if name == "obstacles":
        return {"header": ["Friction", "What", "Points (90 % of the draws)"], "rows": [
            [row["row"], row["what"], span(row)] for row in figure.rows]}
    return None


def span(row: dict[str, Any]) -> str:
    """`+12 points (+3 to +20)`."""
    from zopa.report.wording import points, within

    return within(points(row["value"]), {"low": row["low"], "high": row["high"]}, points)
