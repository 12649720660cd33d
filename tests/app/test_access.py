"""Who may look: this machine, or whoever has the token, over HTTP and over the websocket."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from zopa.app.access import Guard, is_here

TOKEN = "a-long-enough-token_1"


def ask(token: str | None, kind: str = "http", query: str = "", **headers: str
        ) -> list[MutableMapping[str, Any]]:
    """What the guard sends for a request; `passed` where it lets it through."""
    sent: list[MutableMapping[str, Any]] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        sent.append({"type": "passed"})
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    found = [(name.encode(), value.encode()) for name, value in
             ({"host": "127.0.0.1:8517"} | headers).items()]
    scope = {"type": kind, "path": "/", "query_string": query.encode(), "headers": found}
    asyncio.run(Guard(app, token)(scope, receive, send))
    return sent


def passed(sent: list[MutableMapping[str, Any]]) -> bool:
    return sent[0]["type"] == "passed"


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_without_a_token_this_machine_alone_is_answered(kind: str) -> None:
    for host in ("127.0.0.1:8517", "localhost:1", "[::1]:8517"):
        assert passed(ask(None, kind, host=host))
    for host in ("evil.example:8517", "192.168.0.2", "", "127.0.0.1.evil.example"):
        assert not passed(ask(None, kind, host=host))


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_another_page_is_refused(kind: str) -> None:
    assert passed(ask(None, kind, origin="http://127.0.0.1:8517"))
    for origin in ("http://evil.example", "null", "http://127.0.0.1:9999"):
        assert not passed(ask(None, kind, origin=origin))
        assert not passed(ask(TOKEN, kind, f"token={TOKEN}", origin=origin))


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_with_a_token_nothing_is_answered_without_it(kind: str) -> None:
    for query, cookie in (("", ""), ("token=", ""), (f"token={TOKEN}x", ""), ("token=é", ""),
                          ("", "zopa_token=wrong"), ("", "other=1")):
        assert not passed(ask(TOKEN, kind, query, cookie=cookie, host="box:8517"))
    assert passed(ask(TOKEN, kind, cookie=f"a=b; zopa_token={TOKEN}", host="box:8517"))


def test_the_first_request_gets_a_cookie_and_an_address_without_the_token() -> None:
    start = ask(TOKEN, query=f"i.war.talks.rate=0.3&token={TOKEN}")[0]
    headers = dict(start["headers"])
    assert start["status"] == 303 and headers[b"location"] == b"/?i.war.talks.rate=0.3"
    assert b"HttpOnly" in headers[b"set-cookie"] and b"SameSite=Lax" in headers[b"set-cookie"]


def test_a_refusal_says_why_and_closes_a_websocket() -> None:
    start, body = ask(TOKEN)
    assert start["status"] == 403 and b"`zopa serve` printed" in body["body"]
    assert ask(TOKEN, "websocket") == [{"type": "websocket.close", "code": 1008}]


def test_answers_carry_a_policy_that_names_nobody_else() -> None:
    headers = dict(ask(None)[1]["headers"])
    policy = headers[b"content-security-policy"].decode()
    assert "default-src 'self'" in policy and "connect-src 'self'" in policy
    assert "http" not in policy and "*" not in policy
    assert headers[b"referrer-policy"] == b"no-referrer"


def test_addresses_of_this_machine() -> None:
    assert all(map(is_here, ("localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]")))
    assert not any(map(is_here, ("0.0.0.0", "192.168.1.1", "::", "zopa.example",
                                 "127.evil.example", "")))
