"""Windows of the smile index over MQTT: checked, brought to the writer, then taken off the broker.

A camera leaves its window retained, so that it survives a server that is away; a repeat is
harmless, because the name of the window is the key of the command.
"""

from __future__ import annotations

from collections.abc import Callable

from pydantic import ValidationError

from queue_server.adapters.mqtt_link import Incoming
from queue_server.adapters.mqtt_outbound import MqttOutbound
from queue_server.contracts.messages import Message, SmileCalibration, SmileWindow
from queue_server.contracts.smile_windows import CALIBRATION, read_window
from queue_server.domain.commands import Command
from queue_server.domain.faults import DomainFault
from queue_server.domain.smile_commands import KeepCalibration, KeepSmiles
from queue_server.use_cases.device_presence import DevicePresence
from queue_server.use_cases.keep_day import Answer, Request

Done = Callable[[], None]


class MqttSmiles:
    """Takes one message after another; runs on the bridge's thread only."""

    def __init__(
        self,
        presence: DevicePresence,
        fault: Callable[[str, str], None],
        submit: Callable[[Request, Callable[[Answer], None]], None],
        outbound: MqttOutbound,
    ) -> None:
        self._presence = presence
        self._fault = fault
        self._submit = submit
        self._outbound = outbound
        self._calibrated: dict[str, bool] = {}

    def take(self, name: str, incoming: Incoming, done: Done) -> None:
        """Deal with a window or a calibration; `done` when it may be acknowledged."""
        if not incoming.payload:  # our own word that the broker may forget it
            done()
            return
        try:
            message, command = self._read(name, incoming.payload)
        except (ValidationError, ValueError):
            self._fault("camera", "malformed")
            self._outbound.forget_kept(incoming.topic)
            done()
            return
        known = self._presence.known(message.source)
        if known is None or known.role != "camera":
            self._fault(message.source, "foreign_camera")
            done()
            return
        if isinstance(command, KeepCalibration):
            self._calibrated[message.source] = command.used
        key = f"smile/{message.source}/{name}"
        if isinstance(command, KeepCalibration):
            key += f"/{message.sent_at.date()}/{command.n}"
        request = Request(command, lambda _day, _outcome, _at: {}, key=key)
        self._submit(request, lambda answer: self._kept(incoming, answer, done))

    def _kept(self, incoming: Incoming, answer: Answer, done: Done) -> None:
        refused = isinstance(answer.fault, DomainFault)
        if refused:
            self._fault("camera", "not_eligible")
        if answer.fault is None or refused:
            self._outbound.forget_kept(incoming.topic)
        self._outbound.touch(())
        done()

    def _read(self, name: str, payload: bytes) -> tuple[Message, Command]:
        """The message and what it asks for.

        Raises:
            ValidationError, ValueError: it is neither a window nor a calibration.
        """
        if name == CALIBRATION:
            said = SmileCalibration.model_validate_json(payload)
            return said, KeepCalibration(
                n=said.n,
                n_bad=said.n_bad,
                auc=said.auc,
                low=said.low,
                high=said.high,
                used=said.used,
            )
        window = read_window(name)
        if window is None:
            raise ValueError("no window of at least a quarter of an hour")
        counted = SmileWindow.model_validate_json(payload)
        return counted, KeepSmiles(
            window_from=window[0],
            minutes=window[1],
            n=counted.n,
            share=counted.smile_share,
            low=counted.low,
            high=counted.high,
            calibrated=self._calibrated.get(counted.source, False),
        )
