"""The extra that the page needs, and what to say where it is not installed."""

from __future__ import annotations

from importlib.util import find_spec

from zopa.core.errors import ArgumentError


def require() -> None:
    """Does nothing where NiceGUI is installed.

    Raises:
        ArgumentError: it is not; says how to install it.
    """
    if find_spec("nicegui") is None:
        raise ArgumentError("the what-if page needs the extra `app`. Install it: "
                            "pip install 'zopa[app]'.")
