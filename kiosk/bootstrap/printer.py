"""Makes the printer that the configuration names."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.config.printer import PrinterConfig
from kiosk.use_cases.ports import SlipPrinter
from kiosk.use_cases.printer_pair import PrinterPair

if TYPE_CHECKING:
    from kiosk.adapters.escpos_links import EscposLink

# ruff: noqa: PLC0415 - python-escpos is loaded only where there is a printer, and after `remember_in`


def remember_in(state: Path) -> None:
    """Let python-escpos keep what it knows of all printers in a file: it reads 0.15 s otherwise."""
    os.environ.setdefault("ESCPOS_CAPABILITIES_PICKLE_DIR", str(state))


def printer_from(config: PrinterConfig) -> SlipPrinter | None:
    """Return the configured printer, fonts loaded but nothing opened; None for kind `none`."""
    link = _link(config)
    if link is None:
        return None
    from kiosk.adapters.escpos_picture_job import picture_job
    from kiosk.adapters.escpos_printer import Answers, EscposSlipPrinter, Manners
    from kiosk.adapters.escpos_text_job import text_job
    from kiosk.adapters.slip_bitmap import warm_up

    if not config.prints_text:
        warm_up(config.paper_dots)
    compose = partial(text_job if config.prints_text else picture_job, paper_dots=config.paper_dots)
    manners = Manners(
        answers=Answers.NONE if config.kind == "file" else Answers(config.answers),
        reply_timeout_s=config.reply_timeout_s,
        proof_timeout_s=config.proof_timeout_s,
        keep_open=config.kind in {"usb", "serial"},
    )
    return EscposSlipPrinter(link, compose, manners)


def printers_from(first: PrinterConfig, second: PrinterConfig) -> SlipPrinter | None:
    """Return the configured printers as one; None when there is none."""
    made = [printer for printer in (printer_from(first), printer_from(second)) if printer]
    if len(made) == len((first, second)):
        return PrinterPair(*made)
    return made[0] if made else None


def _link(config: PrinterConfig) -> EscposLink | None:
    """Return the way to the printer; the configuration has checked that its keys are there."""
    if config.kind == "none":
        return None
    from kiosk.adapters.escpos_links import FileLink, SerialLink, TcpLink, UsbLink

    limit = config.reply_timeout_s
    if config.kind == "network" and config.host is not None:
        return TcpLink(config.host, config.port, limit)
    if config.kind == "serial" and config.device is not None:
        return SerialLink(config.device, config.baudrate, limit)
    if config.kind == "file" and config.path is not None:
        return FileLink(config.path, limit)
    if config.kind == "usb" and config.vendor_id is not None and config.product_id is not None:
        endpoints = (config.in_endpoint, config.out_endpoint)
        return UsbLink(config.vendor_id, config.product_id, endpoints, limit)
    return None
