"""Charts on their way to the browser: rows at once, specifications made beside and sent once.

A panel takes the newest figure when it is free, so that charts come in order and none piles up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from zopa.report.chart_style import DATA, Figure

if TYPE_CHECKING:
    from zopa.app.elements import PanelPart

Specs = dict[tuple[str, Hashable], dict[str, Any]]


class Drawing:
    """The charts of one place of one panel.

    Args:
        part: the panel.
        place: `now` or `b`.
        specs: made already, shared by all tabs.
    """

    def __init__(self, part: PanelPart, place: str, specs: Specs) -> None:
        self.part, self.place, self.specs = part, place, specs
        self.next: Figure | None = None
        self.last: Figure | None = None
        self.task: asyncio.Task[None] | None = None

    def draw(self, figure: Figure) -> None:
        """Draw this next."""
        if figure is self.last:
            return
        self.next = self.last = figure
        if figure.key is not None and (figure.name, figure.key) in self.specs and self.free:
            self.next = None
            self._send(figure)
        elif self.free:
            self.task = asyncio.create_task(self._work())

    @property
    def free(self) -> bool:
        """Whether no specification is being made."""
        return self.task is None or self.task.done()

    def forget(self) -> None:
        """The place is empty again."""
        self.next = self.last = None

    async def _work(self) -> None:
        while self.next is not None:
            figure, self.next = self.next, None
            place = (figure.name, figure.key)
            if figure.key is None:
                spec = await asyncio.to_thread(lambda f: f.spec, figure)
                if self.last is not None:
                    self.part.draw({"key": None, "spec": spec, "rows": []}, self.place)
                continue
            if place not in self.specs:
                self.specs[place] = await asyncio.to_thread(lambda f: without_rows(f.spec), figure)
            if self.last is not None:
                self._send(figure)

    def _send(self, figure: Figure) -> None:
        key = f"{figure.name} {figure.key}"
        payload: dict[str, Any] = {"key": key, "rows": figure.rows}
        if (self.place, key) not in self.part.sent:
            self.part.sent.add((self.place, key))
            payload["spec"] = self.specs[figure.name, figure.key]
        self.part.draw(payload, self.place)


def without_rows(spec: dict[str, Any]) -> dict[str, Any]:
    """A specification whose data come by themselves."""
    return {**spec, "data": {"name": DATA, "values": []}}
