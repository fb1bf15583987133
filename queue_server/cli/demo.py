"""`motcua demo`: a whole office in one command."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from queue_server.cli.options import SEED, serving_at, speed


@click.command()
@speed(60.0, fastest=3600.0)
@serving_at("127.0.0.1:8080")
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep the office in DIR; without it everything is gone at the end.",
)
@click.option("--headless", is_flag=True, help="No kiosk window, even where there is a screen.")
@SEED
@click.option(
    "--past-days",
    type=click.IntRange(0, 60),
    default=15,
    show_default=True,
    help="Working days made up before the first one, in a new folder.",
)
def demo(  # noqa: PLR0913 - each is one option
    speed: float, http: str, data: Path | None, seed: int, past_days: int, *, headless: bool
) -> int:
    """Show a whole office at work: citizens, clerks and devices, until Ctrl-C."""
    from queue_server.demo.run import DemoOrder, run  # noqa: PLC0415 - loads server and kiosk

    run(DemoOrder(speed, http, data, headless, seed, past_days=past_days), Console())
    return 0
