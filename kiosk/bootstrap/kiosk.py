"""Runs the kiosk: the screen, or with `--issue` one number by the same way without a touch."""

from __future__ import annotations

import json
import signal
import sys
from contextlib import ExitStack
from pathlib import Path

from kiosk.agents.keeper import Keeper
from kiosk.bootstrap.kiosk_parts import KioskPlan, make_alone, make_gateway, make_issue, read_plan
from kiosk.bootstrap.printer import printers_from, remember_in
from kiosk.domain.ticket import TicketOrder
from kiosk.ui.environment import prepare
from kiosk.use_cases.issue_ticket import Issued
from kiosk.use_cases.ports import GatewayError
from kiosk.use_cases.self_test import SelfTest
from queue_server.contracts.config_file import ConfigError

# Design sizes of a window that does not fill the screen: half of a portrait kiosk fits a desk.
WINDOWS = {"portrait": (540, 960), "landscape": (1280, 800)}
DONE, FAILED, UNUSABLE = 0, 1, 2


def run(config_path: Path, issue: str | None = None) -> int:
    """Show the kiosk until it is stopped, or issue one number for the service `issue`.

    Returns:
        0 done, 1 no number or an unconfirmed one, 2 unusable configuration or no screen; each
        fault is one line on standard error.
    """
    try:
        plan = read_plan(config_path)
    except ConfigError as error:
        return _complain(str(error), UNUSABLE)
    return _show(plan) if issue is None else _issue_once(plan, issue)


def keep(config_path: Path) -> int:
    """Run the kiosk in a process of its own and start it anew whenever it ends or hangs.

    Returns:
        0 after being asked to stop, 2 unusable configuration.
    """
    keeper = Keeper([sys.executable, "-m", "queue_server", "kiosk", "--config", str(config_path)])
    for wanted in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wanted, keeper.stop)
    return keeper.run()


def self_test(config_path: Path) -> int:
    """Try every part without a screen: one line of JSON for each.

    Returns:
        0 all is well, 1 something is not, 2 unusable configuration.
    """
    try:
        plan = read_plan(config_path)
    except ConfigError as error:
        return _complain(str(error), UNUSABLE)
    with ExitStack() as stack:
        gateway = make_gateway(plan)
        stack.callback(gateway.close)
        printer = printers_from(plan.config.printer, plan.config.second_printer)
        if printer is not None:
            stack.callback(printer.close)
        findings = SelfTest(gateway, printer, make_alone(plan, gateway, stack), None, plan.glass)()
    for finding in findings:
        sys.stdout.write(json.dumps({"part": finding.part, "found": finding.words}) + "\n")
    return DONE if all(finding.well for finding in findings) else FAILED


def _show(plan: KioskPlan) -> int:
    screen = plan.config.screen
    state = plan.folder / plan.config.state
    state.mkdir(parents=True, exist_ok=True)
    remember_in(state)
    prepare(state, size=WINDOWS[screen.orientation], fullscreen=screen.fullscreen)
    from kiosk.bootstrap.kiosk_window import NoScreenError, show  # noqa: PLC0415 - loads Kivy

    try:
        return show(plan)
    except NoScreenError as error:
        return _complain(str(error), UNUSABLE)


def _issue_once(plan: KioskPlan, service: str) -> int:
    # No presence here: the running kiosk of the same name is the one that is present.
    gateway = make_gateway(plan)
    printer = printers_from(plan.config.printer, plan.config.second_printer)
    try:
        order = TicketOrder(service, plan.config.screen.language)
        issued = make_issue(plan, gateway, printer, lambda _status: None)(order)
    except GatewayError as error:
        return _complain(f"no number for {service}: {error}", FAILED)
    finally:
        gateway.close()
        if printer is not None:
            printer.close()
    sys.stdout.write(json.dumps(_as_dict(issued), ensure_ascii=False) + "\n")
    if not issued.confirmed:
        words = f"{issued.ticket.number} was {issued.slip} but the server did not confirm it"
        return _complain(words, FAILED)
    return DONE


def _as_dict(issued: Issued) -> dict[str, object]:
    return {
        "number": issued.ticket.number,
        "id": issued.ticket.id,
        "slip": issued.slip.value,
        "fault": issued.fault.value if issued.fault else None,
        "confirmed": issued.confirmed,
        "follow_url": issued.ticket.follow_url,
    }


def _complain(words: str, code: int) -> int:
    sys.stderr.write(f"motcua kiosk: {words}\n")
    return code
