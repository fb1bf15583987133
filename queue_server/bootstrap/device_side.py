"""Enrolment of devices in a running office: who changes is known to HTTP and broker at once."""

from __future__ import annotations

import secrets

from queue_server.adapters.clock import uptime
from queue_server.adapters.credential_files import Credential
from queue_server.adapters.device_files import settings_text
from queue_server.adapters.device_keys import FileDeviceKeys
from queue_server.adapters.local_ca import root_bytes
from queue_server.adapters.office_config import SOME_TIME, commit_record
from queue_server.api.access import Access, Principal, Role
from queue_server.bootstrap.mqtt_side import BrokerSide
from queue_server.bootstrap.settings import Settings
from queue_server.contracts.enrolment import SECRET_SIGNS, clear_signs
from queue_server.domain.office_record_events import DeviceChanged
from queue_server.use_cases.device_desk import DeviceDesk
from queue_server.use_cases.enrolment import Enrolment
from queue_server.use_cases.keep_day import Writer


def enrolment(settings: Settings, access: Access, broker: BrokerSide, writer: Writer) -> Enrolment:
    """The desk, the root and the settings files of this office."""
    registry = {device.id: device for device in settings.file.devices}

    def changed(credential: Credential) -> None:
        device = registry[credential.id]
        settings.credentials[credential.id] = credential
        who = Principal(credential.id, Role(credential.role), device.counter)
        access.know_device(who, credential.secret)
        broker.changed(device.id)

    def record(by: str, device: str, what: str) -> None:
        commit_record(writer, DeviceChanged(at=SOME_TIME, by=by, device=device, what=what))

    def toml(device: str) -> str | None:
        return settings_text(settings.file, registry[device])

    roles = {device.id: device.role for device in settings.file.devices}
    keys = FileDeviceKeys(settings.data, changed)
    desk = DeviceDesk(roles, keys, record, _draw, uptime)
    return Enrolment(desk, lambda: root_bytes(settings.data), toml)


def _draw() -> str:
    return clear_signs(secrets.token_bytes(8))[:SECRET_SIGNS]
