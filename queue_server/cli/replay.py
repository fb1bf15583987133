"""`motcua replay`: a real ticket log through the running system."""

from __future__ import annotations

import signal
from datetime import date, datetime
from pathlib import Path

import click

from queue_server.adapters.ticket_log import TicketLogError
from queue_server.cli.options import DATA

FASTEST = 100_000.0


class Speed(click.ParamType[float | None]):
    """A factor, or `max`."""

    name = "speed"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float | None:
        """The factor; None for `max`."""
        if value == "max":
            return None
        try:
            speed = float(str(value))
        except ValueError:
            speed = 0.0
        if not 0 < speed <= FASTEST:
            self.fail(f"'{value}' is neither max nor a number above 0", param, ctx)
        return speed


@click.command()
@click.argument("log", metavar="LOG.csv", type=click.Path(path_type=Path, dir_okay=False))
@DATA
@click.option("--speed", type=Speed(), default="max", metavar="N|max", help="N times real time.")
@click.option("--office", help="Which office of the log; the first by default.")
@click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="Which day; the first by default."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on standard output.")
def replay(  # noqa: PLR0913 - one parameter for each option
    log: Path,
    data: Path,
    speed: float | None,
    office: str | None,
    day: datetime | None,
    *,
    as_json: bool,
) -> int:
    """Play the tickets of LOG.csv (or .csv.gz) through the running system.

    The office of DIR is made from the log if there is none.
    """
    from queue_server.demo.replay.run import ReplayOrder, run  # noqa: PLC0415 - loads the server

    # So that a stopped replay stops its broker too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    wanted: date | None = day.date() if day is not None else None
    try:
        return run(ReplayOrder(log, data, speed, office, wanted, as_json))
    except TicketLogError as error:
        raise click.UsageError(str(error)) from None
