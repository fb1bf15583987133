"""`motcua simulate`: days of an office that was never built, as a ticket log."""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np

from edge_models.simulator.days import Simulated, as_log, write_csv
from edge_models.simulator.days import simulate as simulated_days
from edge_models.simulator.office import Office, UnusableParameters, read_office

PARAMS = click.Path(path_type=Path, dir_okay=False, exists=True)
LOG = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--params", metavar="F", required=True, type=PARAMS, help="Office parameters, JSON.")
@click.option("--days", metavar="N", required=True, type=click.IntRange(1, 5000))
@click.option("--seed", metavar="S", type=int, default=1, show_default=True)
@click.option("--out", metavar="LOG.csv", type=LOG, help="Write the ticket log here.")
def simulate(params: Path, days: int, seed: int, out: Path | None) -> None:
    """Simulate working days of an office; the same seed gives the same log."""
    try:
        office = read_office(params)
    except UnusableParameters as error:
        raise click.UsageError(str(error)) from error
    simulated = list(simulated_days(office, days, seed))
    if out is not None:
        _write(out, office, simulated)
    if any(tickets for _, tickets in simulated):
        click.echo(_summary(office, days, as_log(office, simulated).wait))
    else:
        click.echo("nobody came")


def _write(out: Path, office: Office, simulated: list[Simulated]) -> None:
    try:
        write_csv(out, office, simulated)
    except OSError as error:
        raise click.UsageError(f"--out: {out}: {error.strerror}") from error


def _summary(office: Office, days: int, wait: np.ndarray[tuple[int], np.dtype[np.float64]]) -> str:
    known = wait[~np.isnan(wait)]
    called = f"{len(wait)} tickets in {days} days at {len(office.counters)} counters"
    if not len(known):
        return f"{called}, none called"
    p50, p90 = np.quantile(known, [0.5, 0.9])
    return (
        f"{called}, {len(wait) - len(known)} never called; "
        f"wait: mean {known.mean():.1f}, P50 {p50:.1f}, P90 {p90:.1f} min, "
        f"over 15 min {np.mean(known > 15):.0%}"  # noqa: PLR2004 - the target of 2025
    )
