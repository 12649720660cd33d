"""The server: one process, one port that is ours before anything else begins.

1. Bind the port; a port that is taken or an address that is none ends it in one line.
2. Open the scenario and serve its page; once that stands, start the engine beside it.
3. Look at the file now and then, until interrupted.
"""

from __future__ import annotations

import asyncio
import errno
import secrets
import socket
import string
import threading
import webbrowser
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from zopa.app.access import Guard, is_here
from zopa.app.workspace import BETWEEN, Workspace
from zopa.core.errors import ArgumentError

PORT = 8517
GRACE = 4.0
"""Seconds that the engine waits for the first page to stand."""
TOKEN = set(string.ascii_letters + string.digits + "-_")
LEAST = 16


@dataclass(frozen=True)
class Address:
    """Where the page is.

    Attributes:
        host, port: as bound.
        token: that requests must carry; None on this machine alone.
    """

    host: str
    port: int
    token: str | None = None

    @property
    def url(self) -> str:
        """What to open, with the token where there is one."""
        shown = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(
            self.host, f"[{self.host}]" if ":" in self.host else self.host)
        return f"http://{shown}:{self.port}/" + (f"?token={self.token}" if self.token else "")


def token_for(host: str, given: str | None) -> str | None:
    """The token: the given one, one made up for another host than this, or none.

    Raises:
        ArgumentError: one that is too short, or of other characters than an address takes.
    """
    if given is None:
        return None if is_here(host) else secrets.token_urlsafe(24)
    if len(given) < LEAST or not set(given) <= TOKEN:
        raise ArgumentError(f"the token must have {LEAST} or more letters, digits, - or _. Leave "
                            "--token out, and one is made up.")
    return given


def bind(host: str, port: int) -> socket.socket:
    """A listening socket.

    Raises:
        ArgumentError: the port is taken, may not be used, or the host is not of this machine.
    """
    if not 0 <= port <= 65535:
        raise ArgumentError(f"the port must be 0 to 65535, but is {port}. 0 takes any free one.")
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        made = socket.socket(family, kind, protocol)
    except OSError:
        raise ArgumentError(f"there is no host '{host}'. Give an address of this machine, e.g. "
                            "127.0.0.1.") from None
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(place)
        made.listen(128)
    except OSError as error:
        made.close()
        raise ArgumentError(_why(error, host, port)) from None
    return made


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (f"port {port} is taken by another program. Give another one: --port {port + 1}, "
                "or --port 0 for any that is free.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"port {port} may not be used here. Give one above 1023: --port {PORT}."
    return f"{host} is no address of this machine. Give e.g. 127.0.0.1."


def serve(workspace: Workspace, bound: socket.socket, address: Address, show: bool,
          say: Callable[[str], None]) -> None:
    """Serve until interrupted.

    Args:
        workspace: what is shown.
        bound: a listening socket.
        address: where it is.
        show: whether to open a browser.
        say: takes the line that says where the page is, once it answers.
    """
    import uvicorn

    def ready() -> None:
        say(address.url)
        if show:
            threading.Thread(target=webbrowser.open, args=(address.url,), daemon=True).start()

    server = uvicorn.Server(uvicorn.Config(
        application(workspace, address.token, ready), log_level="warning", access_log=False,
        timeout_graceful_shutdown=1, ws_per_message_deflate=False, server_header=False))
    try:
        server.run(sockets=[bound])
    except KeyboardInterrupt:
        pass
    finally:
        workspace.stop()


def application(workspace: Workspace, token: str | None,
                ready: Callable[[], None] = lambda: None) -> Any:
    """The application with its guard, its page, and what runs beside it."""
    from fastapi import FastAPI
    from nicegui import ui

    from zopa.app.page import Beginning, register

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        async def begin() -> None:
            with suppress(TimeoutError):
                await asyncio.wait_for(beginning.seen.wait(), GRACE)
            beginning.script()
            await asyncio.to_thread(workspace.start)

        beside = [asyncio.create_task(begin()), asyncio.create_task(watch(workspace))]
        ready()
        yield
        for task in beside:
            task.cancel()

    beginning = Beginning()
    app = FastAPI(lifespan=running, docs_url=None, redoc_url=None, openapi_url=None)
    register(workspace, beginning)
    ui.run_with(app, title="zopa", dark=None, tailwind=False, favicon="⚖️",
                show_welcome_message=False, reconnect_timeout=5.0, language="en-US")
    app.add_middleware(Guard, token=token)
    return app


async def watch(workspace: Workspace, between: float = BETWEEN) -> None:
    """Look at the file now and then, and tell the tabs of a new state."""
    while True:
        await asyncio.sleep(between)
        if await asyncio.to_thread(workspace.look):
            workspace.tell()
