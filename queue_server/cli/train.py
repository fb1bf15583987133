"""`motcua train`: an office of pretended citizens in which one counter is a person's own."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

FASTEST = 600.0


@click.command()
@click.option(
    "--counter", metavar="N", default=2, show_default=True, help="The counter that you work at."
)
@click.option(
    "--speed",
    type=click.FloatRange(1, FASTEST),
    default=1.0,
    show_default=True,
    help="How much faster than the world.",
)
@click.option(
    "--http",
    metavar="HOST:PORT",
    default="127.0.0.1:8088",
    show_default=True,
    help="Address to serve; port 0 takes a free one.",
)
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep it in DIR/training, never in DIR itself; without it all is gone at the end.",
)
@click.option("--seed", default=1, show_default=True, help="Which people come.")
def train(counter: int, speed: float, http: str, data: Path | None, seed: int) -> int:
    """Learn a clerk's work with pretended citizens, until Ctrl-C.

    The other counters are staffed by the program. Everything says ĐÀO TẠO / TRAINING.
    """
    from queue_server.demo.run import DemoOrder, run  # noqa: PLC0415 - loads server and kiosk

    folder = data / "training" if data is not None else None
    order = DemoOrder(speed, http, folder, headless=True, seed=seed, trainee=counter)
    run(order, Console())
    return 0
