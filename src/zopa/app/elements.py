"""The parts of the page that run in the browser; each stands beside its script.

Their texts are set as text, never as HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from nicegui.element import Element
from nicegui.events import GenericEventArguments

from zopa.scenario.setting import PARTS, Setting

if TYPE_CHECKING:
    from zopa.whatif.controls import Controls


def state(setting: Setting) -> dict[str, dict[str, Any]]:
    """A setting as the controls take it."""
    return {part: dict(getattr(setting, part)) for part in PARTS}


class ControlsPart(Element, component="zopa_controls.js"):
    """Levers, numbers and claims.

    Args:
        controls: what there is.
        setting: how it stands.
        changed: called with part, name, value and whether the movement has come to rest.
    """

    def __init__(self, controls: Controls, setting: Setting,
                 changed: Callable[[str, str, Any, bool], None]) -> None:
        super().__init__()
        self._props["levers"] = [asdict(lever) for lever in controls.levers]
        self._props["groups"] = [asdict(group) for group in controls.groups]
        self._props["claims"] = [asdict(claim) for claim in controls.claims]
        self._props["state"] = state(setting)

        def heard(event: GenericEventArguments) -> None:
            told = event.args
            changed(told["part"], told["key"], told["value"], bool(told["rest"]))

        self.on("change", heard)

    def set(self, setting: Setting) -> None:
        """Move all controls."""
        self.run_method("set", state(setting))


class PanelPart(Element, component="zopa_panel.js"):
    """A chart with its sentence, its mark and its numbers."""

    def __init__(self, name: str, title: str, links: bool = False) -> None:
        super().__init__()
        self.sent: set[tuple[str, str]] = set()
        self.show(name=name, title=title, caption="", table=None, other=None, links=links, empty="",
                  mark={"kind": "solving", "text": "Being solved"})

    def show(self, **props: Any) -> None:
        """Change what is said around the chart."""
        changed = {key: value for key, value in props.items()
                   if key not in self._props or self._props[key] != value}
        if changed:
            self._props.update(changed)
            self.update()

    def draw(self, payload: Mapping[str, Any], place: str = "now") -> None:
        """Draw a chart, or put new rows into it.

        Args:
            payload: `key`, `rows` and, where the browser does not have it yet, `spec`.
            place: `now` or `b`.
        """
        self.run_method("draw", payload, place)


class TablePart(Element, component="zopa_table.js"):
    """A table of texts."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._props.update(title=title, header=[], rows=[])

    def show(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Other content."""
        if (list(header), list(rows)) != (self._props["header"], self._props["rows"]):
            self._props.update(header=list(header), rows=list(rows))
            self.update()


class SharePart(Element, component="zopa_share.js"):
    """Link, patch and command.

    Args:
        load: called with the text of a patch.
        restore: called with the query that the tab had before it lost its connection.
    """

    def __init__(self, load: Callable[[str], None], restore: Callable[[str], None]) -> None:
        super().__init__()
        self._props.update(query="", patch="", command="", fault="")
        self.on("load", lambda event: load(str(event.args)))
        self.on("restore", lambda event: restore(str(event.args)))

    def show(self, **props: str) -> None:
        """Other texts."""
        if any(self._props.get(key) != value for key, value in props.items()):
            self._props.update(props)
            self.update()
