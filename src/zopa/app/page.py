"""The page: every tab has a view of its own on the one scenario of the process."""

from __future__ import annotations

import asyncio

from fastapi.responses import Response
from nicegui import app, ui

from zopa.app.base_case import BaseCase
from zopa.app.drawing import Specs
from zopa.app.parts import words
from zopa.app.tab_view import TabView
from zopa.app.workspace import Faulty, Opened, Workspace
from zopa.core.errors import InputError
from zopa.report.embed import DARK, LIGHT, bundled
from zopa.report.serialise import to_script
from zopa.scenario.setting import Setting, checked, from_query

VEGA = "/zopa/vega.js"


class Shared:
    """What all tabs of a state of the scenario share: the base case and the specifications."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.state: object = None
        self.base: BaseCase | None = None
        self.specs: Specs = {}

    def of(self, opened: Opened) -> tuple[BaseCase, Specs]:
        """For the scenario as it is now; the base case is asked the first time."""
        if self.state is not opened or self.base is None:
            loop = asyncio.get_running_loop()
            self.state, self.specs = opened, {}
            self.base = BaseCase(opened.engine, loop.call_soon_threadsafe)
            self.base.begin()
        return self.base, self.specs


class Beginning:
    """What begins once the first page stands, so that nothing heavy delays that.

    Attributes:
        seen: set when a browser has the page and is connected.
    """

    def __init__(self) -> None:
        self.seen = asyncio.Event()
        self.task: asyncio.Task[str] | None = None

    def script(self) -> asyncio.Task[str]:
        """The script of the charts: put together once, beside the server."""
        if self.task is None:
            self.task = asyncio.create_task(asyncio.to_thread(bundled))
        return self.task


def register(workspace: Workspace, beginning: Beginning) -> None:
    """The page at `/`, and the script of the charts."""
    shared = Shared(workspace)

    @app.get(VEGA)
    async def charts() -> Response:
        return Response(await beginning.script(), media_type="text/javascript",
                        headers={"Cache-Control": "private, max-age=86400"})

    @ui.page("/", response_timeout=15.0)
    async def index() -> None:
        ui.context.client.on_connect(beginning.seen.set)
        build(shared, ui.context.client.request.url.query)


def build(shared: Shared, query: str = "") -> TabPage:
    """The content of one tab."""
    ui.add_head_html(f'<meta name="zopa-vega" content="{VEGA}">')
    ui.add_head_html("<script>window.zopaLooks = "
                     f"{to_script({'light': LIGHT, 'dark': DARK})};</script>")
    ui.add_css(shipped("style.css"))
    return TabPage(shared, query)


def shipped(name: str) -> str:
    """The text of a file of this folder."""
    from importlib.resources import files

    return (files("zopa.app") / name).read_text(encoding="utf-8")


class TabPage:
    """A tab: the view of the scenario, or its errors; built anew when the file changes."""

    def __init__(self, shared: Shared, query: str) -> None:
        self.shared = shared
        self.client = ui.context.client
        self.view: TabView | None = None
        self.setting = Setting()
        self.said = self._read(query)
        self.dark = ui.dark_mode(None)
        self.root = ui.element("div").classes("z-page")
        shared.workspace.listeners.add(self.changed)
        self.client.on_delete(self.close)
        self._build()

    def changed(self) -> None:
        """The scenario is another: the setting stays as far as it fits."""
        if self.view is not None:
            self.setting = self.view.tab.now
            self.view.close()
            self.view = None
        with self.client:
            self.root.clear()
            self._build()

    def close(self) -> None:
        """The tab went away."""
        self.shared.workspace.listeners.discard(self.changed)
        if self.view is not None:
            self.view.close()

    def _read(self, query: str) -> str:
        try:
            self.setting = from_query(query)
        except InputError as error:
            return str(error)
        return ""

    def _build(self) -> None:
        state = self.shared.workspace.state
        ui.page_title(f"{self.shared.workspace.title}: what if")
        with self.root:
            if isinstance(state, Faulty):
                faults(self.shared.workspace.name, state)
                return
            said, self.said = self.said, ""
            try:
                checked(self.setting, state.scenario)
            except InputError as error:
                said = f"{error}\nThe base case is shown."
                self.setting = Setting()
            base, specs = self.shared.of(state)
            self.view = TabView(self.shared.workspace, state, base, specs, self.client.id,
                                self.setting, said, self.next_look)

    def next_look(self) -> str:
        """From the system's light or dark to light, to dark, and back; what it is now."""
        order: list[bool | None] = [None, False, True]
        self.dark.value = order[(order.index(self.dark.value) + 1) % 3]
        return look_of(self.dark.value)


def look_of(dark: bool | None) -> str:
    """What a look is called."""
    return {None: "Theme: system", False: "Theme: light", True: "Theme: dark"}[dark]


def faults(name: str, state: Faulty) -> None:
    """The errors of the scenario, as `zopa check` prints them."""
    with ui.element("main").classes("z-faulty"):
        words("h1", f"{name} has errors")
        words("p", "The page comes back when the file is saved without them.")
        with ui.element("ul").props('role="alert"'):
            for line in state.lines:
                words("li", line)
