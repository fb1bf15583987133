"""A settings file for each device of a new office, ready to be used where the office itself runs.

Each device signs in as itself and finds server and broker; what only the place knows (which socket,
which printer) stands there as the name that `firmware_configs/udev` gives, or as a comment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from queue_server.config.office_file import DeviceSection, OfficeFile

FOLDER = "devices"
ROOT = "../tls/ca.pem"
HEAD = "# {what}\n# Made by `motcua init`; every key is explained in {where}\n\n"


def write_device_files(folder: Path, office: OfficeFile) -> list[Path]:
    """Write `devices/<id>.toml` for kiosks, counters and announcers; the paths written.

    Raises:
        OSError: the folder cannot be written, or a file is there already.
    """
    written = []
    for device in office.devices:
        text = settings_text(office, device)
        if text is None:
            continue  # a page in a browser has no settings of its own
        path = folder / FOLDER / f"{device.id}.toml"
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
        written.append(path)
    return written


def settings_text(office: OfficeFile, device: DeviceSection) -> str | None:
    """The settings of one device as TOML; None for a page in a browser, which has none."""
    make = KINDS.get(device.role)
    return None if make is None else make(office, device)


def _kiosk(office: OfficeFile, device: DeviceSection) -> str:
    section = office.office
    what = f"Kiosk {device.id}: motcua kiosk --config FILE"
    head = HEAD.format(what=what, where="kiosk/README.md")
    return head + "\n".join(
        (
            f"state = {_text(f'state/{device.id}')}",
            "",
            "[office]",
            f"id = {_text(section.id)}",
            f"name_vi = {_text(section.name_vi)}",
            f"name_en = {_text(section.name_en)}",
            "",
            "[server]",
            f"url = {_text(_server_url(office))}",
            *([f"ca = {_text(ROOT)}"] if office.server.tls else []),
            f"credentials = {_credentials(device)}",
            "",
            *_mqtt(office),
            "[printer]",
            'kind = "none"              # numbers are shown with a QR code; with a printer:',
            '# kind = "network"         # and host = "192.0.2.7"',
            '# kind = "file"            # and path = "/dev/motcua/printer-1"',
            "",
        )
    )


def _counter(office: OfficeFile, device: DeviceSection) -> str:
    what = f"Counter {device.counter}: motcua counter --config FILE"
    head = HEAD.format(what=what, where="firmware_configs/counter/counter.toml")
    return head + "\n".join(
        (
            f"office = {_text(office.office.id)}",
            f"counter = {device.counter}",
            f"credentials = {_credentials(device)}",
            "",
            *_mqtt(office),
            "[keypad]                   # these names are given by firmware_configs/udev",
            f'path = "/dev/motcua/keypad-{device.counter}"',
            "",
            "[display]",
            'family = "ascii"           # or "modbus"',
            f'path = "/dev/motcua/sign-{device.counter}"',
            "",
        )
    )


def _announcer(office: OfficeFile, device: DeviceSection) -> str:
    where = "firmware_configs/announcer/announcer.toml"
    head = HEAD.format(what="The voice: motcua announcer --config FILE", where=where)
    return head + "\n".join(
        (
            f"office = {_text(office.office.id)}",
            f"credentials = {_credentials(device)}",
            "",
            *_mqtt(office),
            "[[zones]]",
            'name = "sảnh chính"',
            'device = "default"         # `aplay -L` lists the names',
            "",
        )
    )


def _camera(office: OfficeFile, device: DeviceSection) -> str:
    what = f"Camera {device.id}: motcua camera --config FILE"
    head = HEAD.format(what=what, where="firmware_configs/camera/camera.toml")
    return head + "\n".join(
        (
            f"office = {_text(office.office.id)}",
            f"credentials = {_credentials(device)}",
            f"state = {_text(f'state/{device.id}')}",
            f"door = {_text(f'state/{device.id}/camera.sock')}",
            'device = "/dev/motcua/camera-1"',
            "region = []                 # corners of where citizens stand; clerks outside",
            "",
            *_mqtt(office),
        )
    )


KINDS: Mapping[str, Callable[[OfficeFile, DeviceSection], str]] = MappingProxyType(
    {"kiosk": _kiosk, "counter": _counter, "announcer": _announcer, "camera": _camera}
)


def _server_url(office: OfficeFile) -> str:
    server = office.server
    if server.tls:
        return server.public_url or f"https://{server.http}"
    return f"http://{server.http}"


def _mqtt(office: OfficeFile) -> list[str]:
    server = office.server
    host, _, port = server.mqtt.removeprefix("mqtts://").rpartition(":")
    secure = server.tls or server.mqtt.startswith("mqtts://")
    if host in ("", "embedded"):
        # Beyond this machine the embedded broker listens where the server does, with TLS only.
        host = (urlsplit(_server_url(office)).hostname if secure else None) or "127.0.0.1"
    if not port.isdigit():
        return ["# [mqtt]: the embedded broker takes any free port; give it one in motcua.toml", ""]
    root = [f"ca = {_text(ROOT)}"] if secure else []
    return ["[mqtt]", f"host = {_text(host.strip('[]'))}", f"port = {port}", *root, ""]


def _credentials(device: DeviceSection) -> str:
    return _text(f"../credentials/{device.id}.json")


def _text(value: str) -> str:
    """A TOML string: what JSON writes is one, too."""
    return json.dumps(value, ensure_ascii=False)
