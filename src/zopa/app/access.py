"""Who may look: this machine alone, or whoever has the token; nothing is loaded from elsewhere.

1. Without a token only requests that name this machine are answered, so that no web page can reach
   the server under a name of its own.
2. A request from another page (its `Origin`) is refused, and so is its websocket.
3. With a token the first request carries it in the address and gets a cookie; every later request,
   and the websocket, is checked by that.
4. A policy in every answer lets the browser load and connect to nothing but this server.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

COOKIE = "zopa_token"
LOOP = re.compile(r"127(\.\d{1,3}){3}")
HERE = ("localhost", "127.0.0.1", "::1")
POLICY = ("default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
          "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
          "connect-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; "
          "object-src 'none'")
HEADERS = ((b"content-security-policy", POLICY.encode()), (b"referrer-policy", b"no-referrer"),
           (b"x-content-type-options", b"nosniff"), (b"x-frame-options", b"DENY"))


def is_here(host: str) -> bool:
    """Whether an address of this machine is for this machine alone."""
    return host.strip("[]").lower() in HERE or LOOP.fullmatch(host) is not None


class Guard:
    """Stands before the application, for HTTP and websockets.

    Args:
        app: what is behind it.
        token: that a request must carry; None where this machine alone may ask.
    """

    def __init__(self, app: App, token: str | None = None) -> None:
        self.app, self.token = app, token

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        fault = self._fault(scope, headers)
        if fault:
            await _refuse(scope, receive, send, fault)
        elif scope["type"] == "http" and self._given(scope):
            await self._welcome(scope, send)
        else:
            await self.app(scope, receive, _adding(send))

    def _fault(self, scope: Message, headers: dict[bytes, str]) -> str:
        """Why a request is refused; empty where it is not."""
        host = headers.get(b"host", "")
        if self.token is None and not is_here(urlsplit(f"//{host}").hostname or ""):
            return "This page answers under the name of this machine alone."
        origin = headers.get(b"origin")
        if origin and urlsplit(origin).netloc != host:
            return "Another page may not ask here."
        if self.token is None or self._given(scope) or self._has_cookie(headers):
            return ""
        return "The address lacks its token. Copy the whole address that `zopa serve` printed."

    def _given(self, scope: Message) -> bool:
        """Whether the address carries the token."""
        given = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1"))).get("token")
        return self.token is not None and given is not None and _same(given, self.token)

    def _has_cookie(self, headers: dict[bytes, str]) -> bool:
        try:
            found = SimpleCookie(headers.get(b"cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return self.token is not None and found is not None and _same(found.value, self.token)

    async def _welcome(self, scope: Message, send: Send) -> None:
        """The cookie, and on to the address without the token."""
        rest = [(k, v) for k, v in parse_qsl(scope["query_string"].decode("latin-1"),
                                             keep_blank_values=True) if k != "token"]
        place = "/" + scope["path"].lstrip("/") + (f"?{urlencode(rest)}" if rest else "")
        cookie = f"{COOKIE}={self.token}; Path=/; HttpOnly; SameSite=Lax"
        await send({"type": "http.response.start", "status": 303, "headers": [
            *HEADERS, (b"location", place.encode("ascii", "replace")),
            (b"set-cookie", cookie.encode()), (b"cache-control", b"no-store")]})
        await send({"type": "http.response.body", "body": b""})


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode(), token.encode())


async def _refuse(scope: Message, receive: Receive, send: Send, fault: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await send({"type": "http.response.start", "status": 403, "headers": [
        *HEADERS, (b"content-type", b"text/plain; charset=utf-8"),
        (b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": f"{fault}\n".encode()})


def _adding(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), *HEADERS]
        await send(message)

    return with_headers
