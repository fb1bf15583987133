"""Runs the kiosk: the screen, or with `--issue` one number by the same way without a touch."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from kiosk.bootstrap.kiosk_parts import KioskPlan, make_gateway, make_issue, read_plan
from kiosk.bootstrap.printer import printers_from
from kiosk.domain.ticket import TicketOrder
from kiosk.ui.environment import prepare
from kiosk.use_cases.issue_ticket import Issued
from kiosk.use_cases.ports import GatewayError
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


def _show(plan: KioskPlan) -> int:
    screen = plan.config.screen
    state = plan.folder / plan.config.state
    state.mkdir(parents=True, exist_ok=True)
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
