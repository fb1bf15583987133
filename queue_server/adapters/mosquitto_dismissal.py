"""Ends the open connection of a device that counts no more, which mosquitto alone leaves standing.

A broker keeps one connection for a name: the server comes once under that name, with a proof that
nobody else is ever given, and goes. What the device left as its last word is said by that.
"""

from __future__ import annotations

import threading
import time

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion
from paho.mqtt.reasoncodes import ReasonCode

from queue_server.adapters.mqtt_link import BrokerLogin

WITHIN_S = 8.0
PAUSE_S = 0.05
TIMES = 2
"""Between its signal and its reading of the lists mosquitto may let the old proof in once more."""


def dismiss(login: BrokerLogin) -> bool:
    """Take the place of whoever is connected under this name, then leave it free.

    Whether the broker let us in within some seconds; else the old connection may still stand.
    """
    until = time.monotonic() + WITHIN_S
    return all(_came(login, until) for _ in range(TIMES))


def _came(login: BrokerLogin, until: float) -> bool:
    while time.monotonic() < until:
        if _visit(login, until):
            return True
        time.sleep(PAUSE_S)  # until it has read its lists our proof is as unknown as the old one
    return False


def _visit(login: BrokerLogin, until: float) -> bool:
    admitted, over = threading.Event(), threading.Event()
    name = login.account.id
    client = mqtt.Client(
        CallbackAPIVersion.VERSION2,
        client_id=name,
        protocol=mqtt.MQTTv311,
        reconnect_on_failure=False,
    )
    client.username_pw_set(name, login.account.secret)

    def answered(_c: object, _u: object, _f: object, reason: ReasonCode, _p: object) -> None:
        if not reason.is_failure:
            admitted.set()
        over.set()

    client.on_connect = answered
    client.on_disconnect = lambda *_: over.set()
    if login.tls is not None:
        client.tls_set_context(login.tls.context())
    try:
        client.connect(login.host, login.port)
    except OSError:
        return False
    client.loop_start()
    over.wait(max(0.0, until - time.monotonic()))
    client.disconnect()
    client.loop_stop()
    return admitted.is_set()
