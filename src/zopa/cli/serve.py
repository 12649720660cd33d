"""`zopa serve`: a page on which levers and inputs move and the answers move with them."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or the name of an example.")],
    port: Annotated[int, typer.Option(
        help="Port of the page; 0 takes any that is free.")] = 8517,
    show: Annotated[bool, typer.Option(
        "--open/--no-open", help="Open the page in the browser.")] = True,
    host: Annotated[str, typer.Option(
        help="Address to listen at. Any other than this machine's own needs a token.")]
    = "127.0.0.1",
    token: Annotated[str | None, typer.Option(
        help="What the address must carry, 16 or more letters and digits. [default: none on this "
        "machine alone, made up for another host]", show_default=False)] = None,
    draws: Annotated[int, typer.Option(
        help="Joint samples of the uncertain numbers in the refined answers, a power of two.")]
    = 256,
    heavy: Annotated[int, typer.Option(
        help="Draws for what is solved many times over: obstacles.")] = 64,
    seed: Annotated[int, typer.Option(
        help="The same seed gives the same answers.")] = 0,
) -> None:
    """Open a local page: move a lever or an input, and see zone, timing and outlook move.

    Only this machine can open it, and nothing leaves it. The file is watched: errors show on the
    page, which comes back when they are mended. Ctrl-C ends it. Needs the extra `app`:
    pip install 'zopa[app]'.
    """
    from zopa.app.needs import require
    from zopa.app.server import Address, bind, serve, token_for
    from zopa.app.workspace import Options, Workspace
    from zopa.draws.sobol import check
    from zopa.draws.thin import check_heavy
    from zopa.scenario import source

    require()
    source.read(scenario)  # a file that is not there ends here; one with errors is shown
    check(draws, seed)
    check_heavy(heavy)
    secret = token_for(host, token)
    bound = bind(host, port)

    from zopa.whatif.engine import Engine

    workspace = Workspace(scenario, lambda s: Engine(s, draws=draws, seed=seed, heavy=heavy),
                          Options(draws, heavy, seed))

    def say(url: str) -> None:
        typer.echo(f"{workspace.title}: {url}\nCtrl-C ends it.")

    serve(workspace, bound, Address(host, bound.getsockname()[1], secret), show, say)
