"""Plain elements that hold a text: what is set is shown as text, never as HTML."""

from __future__ import annotations

from collections.abc import Callable

from nicegui.elements.mixins.text_element import TextElement


def words(tag: str, content: str, classes: str = "") -> TextElement:
    """An element that holds a text and nothing else."""
    made = TextElement(tag=tag, text=content)
    made.classes(classes)
    return made


def set_text(element: TextElement, content: str) -> None:
    """Another text, where it is another."""
    if element.text != content:
        element.set_text(content)


def button(label: str, press: Callable[[], None]) -> TextElement:
    """A button; what it does is what it says."""
    made = words("button", label, "z-button")
    made.props('type="button"').on("click", lambda: press())
    return made


def enable(element: TextElement, able: bool) -> None:
    """A button that can or cannot be pressed; it keeps the focus either way."""
    wanted = "false" if able else "true"
    if element.props.get("aria-disabled") != wanted:
        element.props(f'aria-disabled="{wanted}"')
