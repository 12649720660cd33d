"""Port, host and token: one clear line where something is wrong, before anything is served."""

from __future__ import annotations

import socket

import pytest

from tests.cli.calling import call
from zopa.app.server import Address, bind, token_for
from zopa.core.errors import ArgumentError


def test_a_port_that_is_taken_is_named_with_another() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ArgumentError, match=f"port {port} is taken by another program"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize("port", [-1, 65536])
def test_a_port_that_is_none(port: int) -> None:
    with pytest.raises(ArgumentError, match="must be 0 to 65535"):
        bind("127.0.0.1", port)


def test_a_host_that_is_not_ours() -> None:
    with pytest.raises(ArgumentError, match="no address of this machine|no host"):
        bind("192.0.2.1", 0)


def test_any_free_port() -> None:
    with bind("127.0.0.1", 0) as bound:
        assert bound.getsockname()[1] > 0


def test_a_token_is_needed_elsewhere_and_made_up() -> None:
    assert token_for("127.0.0.1", None) is None and token_for("localhost", None) is None
    made = token_for("0.0.0.0", None)
    assert made is not None and len(made) >= 24 and made != token_for("0.0.0.0", None)
    assert token_for("127.0.0.1", "x" * 16) == "x" * 16
    for bad in ("short", "with spaces in the token", "semi;colon;semi;colon"):
        with pytest.raises(ArgumentError, match="16 or more letters"):
            token_for("127.0.0.1", bad)


def test_addresses() -> None:
    assert Address("127.0.0.1", 8517).url == "http://127.0.0.1:8517/"
    assert Address("::1", 1).url == "http://[::1]:1/"
    assert Address("10.0.0.1", 1, "abc").url == "http://10.0.0.1:1/?token=abc"


@pytest.mark.parametrize(("arguments", "line"), [
    (["nowhere.yaml"], "there is no such file"),
    (["korea-1951", "--port", "70000"], "the port must be 0 to 65535"),
    (["korea-1951", "--draws", "100"], "draws must be a power of two"),
    (["korea-1951", "--token", "x"], "the token must have 16"),
])
def test_what_is_wrong_is_one_line(arguments: list[str], line: str,
                                   capsys: pytest.CaptureFixture[str],
                                   monkeypatch: pytest.MonkeyPatch) -> None:
    called = call(capsys, monkeypatch, "serve", "--no-open", *arguments)
    assert called.code == 2 and line in called.err and called.err.count("\n") == 1


def test_without_the_extra_one_line_says_how_to_install_it(
        capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zopa.app.needs.find_spec", lambda name: None)
    called = call(capsys, monkeypatch, "serve", "korea-1951")
    assert called.code == 2 and called.err.endswith("pip install 'zopa[app]'.\n")
