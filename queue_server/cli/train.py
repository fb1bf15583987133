"""`motcua train`: an office of pretended citizens in which one counter is a person's own."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console

from queue_server.cli.options import SEED, serving_at, speed


@click.command()
@click.option(
    "--counter", metavar="N", default=2, show_default=True, help="The counter that you work at."
)
@speed(1.0, fastest=600.0)
@serving_at("127.0.0.1:8088")
@click.option(
    "--data",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep it in DIR/training, never in DIR itself; without it all is gone at the end.",
)
@SEED
def train(counter: int, speed: float, http: str, data: Path | None, seed: int) -> int:
    """Learn a clerk's work with pretended citizens, until Ctrl-C.

    The other counters are staffed by the program. Everything says ĐÀO TẠO / TRAINING.
    """
    from queue_server.demo.run import DemoOrder, run  # noqa: PLC0415 - loads server and kiosk

    folder = data / "training" if data is not None else None
    order = DemoOrder(speed, http, folder, headless=True, seed=seed, trainee=counter)
    run(order, Console())
    return 0
