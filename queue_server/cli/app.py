"""`motcua`: every fault is one line on standard error, exit code 1 or 2, never a traceback."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module

import click

from queue_server.cli.faults import STOPPED, UNUSABLE, exit_code, one_line, words_of

COMMANDS = {
    "demo": ("queue_server.cli.demo", "Show a whole office at work, with nothing else to start."),
    "train": ("queue_server.cli.train", "Learn a clerk's work with pretended citizens."),
    "init": ("queue_server.cli.office", "Make a new office in a folder."),
    "server": ("queue_server.cli.office", "Run the queue server of an office."),
    "mosquitto": ("queue_server.cli.office", "Write the files of the office's mosquitto."),
    "certificates": ("queue_server.cli.certificates", "Make the server's certificate anew."),
    "enrol": ("queue_server.cli.enrol", "Make a machine a device, by a code that counts once."),
    "revoke": ("queue_server.cli.enrol", "Trust a device no more, at once."),
    "verify": ("queue_server.cli.store", "Replay all events and check them against the tables."),
    "backup": ("queue_server.cli.store", "Copy an office consistently while it runs."),
    "restore": ("queue_server.cli.store", "Put a backup in the place of an office."),
    "upgrade": ("queue_server.cli.upgrade", "Change over to a signed release, without internet."),
    "migrate": ("queue_server.cli.upgrade", "Bring the tables of a store up to date, or back."),
    "subject": ("queue_server.cli.subject", "What is held of one person: show, hand out, erase."),
    "retention": ("queue_server.cli.subject", "What is kept of people, how long, and what went."),
    "keys": ("queue_server.cli.keys", "New keys for what is sealed; everything sealed anew."),
    "replay": ("queue_server.cli.replay", "Play a real ticket log through the running system."),
    "rules": ("queue_server.cli.rules", "Try calling rules on a day that was."),
    "wait": ("queue_server.cli.wait", "Measure forecasts of the waiting time on a ticket log."),
    "satisfaction": ("queue_server.cli.satisfaction", "Measure the smile index on faces."),
    "demand": ("queue_server.cli.demand", "Forecast how many people come, and measure it."),
    "simulate": ("queue_server.cli.simulate", "Days of an office that was never built."),
    "hub": ("queue_server.cli.hub", "Many offices: relay, collect, city board."),
    "kiosk": ("queue_server.cli.edge", "Run a kiosk, or take one ticket without a screen."),
    "counter": ("queue_server.cli.edge", "Run a counter's keypad and number display."),
    "keypad": ("queue_server.cli.keypad", "Print the quick card of a counter keypad."),
    "announcer": ("queue_server.cli.edge", "Speak the calls: chime, voice, zones."),
    "camera": ("queue_server.cli.edge", "Count smiles of citizens who agreed, and only then."),
    "voice": ("queue_server.cli.voice", "Make, record and check the announcer's voice."),
    "printer-simulator": ("queue_server.cli.edge", "A thermal printer without a printer."),
}


class Motcua(click.Group):
    """Loads a sub-command's module only when it is used: `motcua server` needs no Kivy."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command's function, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(COMMANDS[cmd_name][0])
        found: click.Command = getattr(module, cmd_name.replace("-", "_"))
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.group(cls=Motcua, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="motcua-edge", prog_name="motcua")
def motcua() -> None:
    """Một Cửa Edge: the queue of a Vietnamese one-stop office."""


def run(command: Callable[..., object]) -> int:
    """Run a click command and turn every fault into one line and an exit code."""
    try:
        result = command(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        sys.stderr.write(f"{help_wanted.ctx.get_help()}\n")
        return UNUSABLE
    except click.ClickException as error:
        return one_line(error.format_message(), UNUSABLE)
    except (click.Abort, KeyboardInterrupt):
        return one_line("stopped", STOPPED)
    except Exception as error:  # the top of the command line: only named faults end with one line
        code = exit_code(error)
        if code is None:
            raise
        return one_line(words_of(error), code)
    return result if isinstance(result, int) else 0
