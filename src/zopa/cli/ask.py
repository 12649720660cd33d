"""`zopa ask`: one question, answered on the terminal."""

from __future__ import annotations

from typing import Annotated

import typer


def command(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or the name of an example.")],
    question: Annotated[str, typer.Argument(help="outlook, zone, obstacles, waiting, levers, "
                                             "hindsight, verdicts or hinges.")],
    draws: Annotated[int, typer.Option(
        help="Joint samples of the uncertain numbers, a power of two.")] = 1024,
    seed: Annotated[int, typer.Option(help="The same seed gives the same answers.")] = 0,
    heavy: Annotated[int, typer.Option(
        help="Draws for what is solved many times over: obstacles and levers.")] = 256,
    as_data: Annotated[bool, typer.Option(
        "--json", help="Print the answer as in answers.json.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Show no progress.")] = False,
) -> None:
    """Answer one question about a scenario.

    The numbers are those of `zopa run` with the same draws and seed.
    """
    from zopa.cli.progress import metered
    from zopa.report.asked import answer, check_question
    from zopa.report.serialise import to_json
    from zopa.scenario.load import load

    check_question(question)
    loaded = load(scenario)
    with metered(quiet) as meter:
        view = answer(loaded, question, draws, seed, meter.draws, heavy, meter.work)
    if as_data:
        typer.echo(to_json(view.answers[question]), nl=False)
        return
    from zopa.report.terminal import show

    show(view, question)
