"""The parts of a page that needs nothing else and can load nothing else.

Vega, Vega-Lite and Vega-Embed as one script, the style and script that are shipped, data that is
not executed, a policy that allows no connection, and templates that escape every text.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

from zopa.report.chart_style import config
from zopa.report.serialise import to_script

DARK = config(ink="#b9c0c8", line="#3a4148")
LIGHT = config()
"""How charts look on dark and on light paper."""


@cache
def bundled() -> str:
    """Vega, Vega-Lite and Vega-Embed as one script, from the installed package."""
    import vl_convert

    text: str = vl_convert.javascript_bundle(
        "window.vegaEmbed = vegaEmbed;", vl_version=vl_convert.get_vegalite_versions()[-1])
    # nothing in a script may end its element
    return re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE)


def shipped(name: str) -> str:
    """The text of a file of this folder."""
    return (files("zopa.report") / name).read_text(encoding="utf-8")


def policy(*scripts: str) -> str:
    """The content security policy that lets these scripts run and nothing be loaded."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'"
        for s in scripts)
    # Vega compiles the expressions of its charts, hence unsafe-eval; it cannot reach the network
    return (f"default-src 'none'; script-src {hashes} 'unsafe-eval'; style-src 'unsafe-inline'; "
            "img-src data: blob:; base-uri 'none'; form-action 'none'")


def environment() -> Any:
    """Templates, which escape every text and fail on a name that is not there."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(loader=PackageLoader("zopa.report", "templates"), autoescape=True,
                       undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    made.filters["slug"] = lambda text: re.sub(r"[^A-Za-z0-9_.-]", "-", text)
    return made


def safe_json(data: Any) -> Any:
    """Data for a script element that is not executed, marked as escaped."""
    from markupsafe import Markup

    return Markup(to_script(data))
