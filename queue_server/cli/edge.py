"""`motcua kiosk`, `counter`, `announcer`, `printer-simulator`: what stands in front of people."""

from __future__ import annotations

from pathlib import Path

import click

CONFIG = click.option(
    "--config",
    "config",
    metavar="F",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The device's TOML file.",
)


@click.command()
@CONFIG
@click.option("--issue", metavar="SERVICE", help="Take one ticket without a screen, then end.")
@click.option("--keep", is_flag=True, help="Start it anew whenever it ends or hangs.")
@click.option("--self-test", "test", is_flag=True, help="Try every part, then end.")
def kiosk(config: Path, issue: str | None, *, keep: bool, test: bool) -> int:
    """Run a kiosk."""
    from kiosk.bootstrap import kiosk as started  # noqa: PLC0415 - loads Kivy only for a kiosk

    if test:
        return started.self_test(config)
    return started.keep(config) if keep else started.run(config, issue)


@click.command()
@CONFIG
def counter(config: Path) -> int:
    """Run a counter's keypad and number display."""
    from kiosk.bootstrap.counter import run  # noqa: PLC0415 - loads serial drivers only here

    return run(config)


@click.command()
@CONFIG
def announcer(config: Path) -> int:
    """Speak the calls on the loudspeakers of the office."""
    from kiosk.bootstrap.announcer import run  # noqa: PLC0415 - loads audio only here

    return run(config)


@click.command()
@CONFIG
@click.option("--self-test", "test", is_flag=True, help="Try lamp and camera once, then end.")
def camera(config: Path, *, test: bool) -> int:
    """Count smiles of citizens who agreed; closed and dark otherwise."""
    from kiosk.bootstrap.camera import run  # noqa: PLC0415 - loads models only here

    return run(config, test=test)


@click.command("printer-simulator", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def printer_simulator(arguments: tuple[str, ...]) -> int:
    """A thermal printer without a printer: TCP, states, paper as PNG. `-- --help` tells more."""
    from kiosk.bootstrap.printer_simulator import main  # noqa: PLC0415 - loads drawing only here

    return main(list(arguments))
