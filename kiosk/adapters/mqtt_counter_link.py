"""One counter's key presses and state over the device's MQTT connection."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime

from kiosk.adapters.mqtt_presence import BrokerAddress, MqttPresence
from kiosk.config.credentials import Credentials
from kiosk.domain.counter_sign import CounterFacts, Remark
from kiosk.use_cases.ports import Press
from queue_server.contracts import topics
from queue_server.contracts.messages import CounterStateMessage, KeyPress

log = logging.getLogger(__name__)


class MqttCounterLink:
    """Publishes `counter/{n}/key`, hears the retained `counter/{n}/state`.

    The session is clean: the state is retained, so nothing is missed, and a press belongs to the
    clerk's five seconds, not to a session.
    """

    def __init__(
        self,
        broker: BrokerAddress,
        credentials: Credentials,
        counter: int,
        versions: dict[str, str],
    ) -> None:
        self._counter = counter
        self._source = credentials.id
        self._key_topic = topics.counter_key(broker.office, counter)
        self._state_topic = topics.counter_state(broker.office, counter)
        self._on_facts: Callable[[CounterFacts], None] = _nobody
        self._on_link: Callable[[bool], None] = _nobody
        self._presence = MqttPresence(broker, credentials, versions, on_link=self._linked)

    def start(
        self, on_facts: Callable[[CounterFacts], None], on_link: Callable[[bool], None]
    ) -> None:
        """Connect in the background and keep trying; both are told from the network thread."""
        self._on_facts = on_facts
        self._on_link = on_link
        self._presence.subscribe(self._state_topic, self._state)
        self._presence.start()

    def send(self, press: Press) -> bool:
        """Send now, with QoS 1; False when there is no link."""
        message = KeyPress(
            id=press.id,
            sent_at=datetime.now(UTC),
            source=self._source,
            seq=press.seq,
            boot=press.boot,
            digits=press.stroke.digits,
            end=press.stroke.end,
            age_ms=press.age_ms,
        )
        return self._presence.publish(self._key_topic, message.model_dump_json())

    def report(self, detail: str) -> None:
        """Say in the device's status what is wrong; empty when nothing is."""
        self._presence.report(detail=detail)

    def close(self) -> None:
        """Say goodbye and disconnect."""
        self._presence.close()

    def _linked(self, up: bool) -> None:  # noqa: FBT001 - a callback has no keywords
        self._on_link(up)

    def _state(self, _topic: str, payload: bytes) -> None:
        state = CounterStateMessage.model_validate_json(payload)
        if state.counter != self._counter:
            log.warning("the state of counter %d came on %s", state.counter, self._state_topic)
            return
        self._on_facts(
            CounterFacts(
                state=state.state,
                number=state.number,
                remark=Remark(state.notice.value) if state.notice else None,
                answers=state.answers,
            )
        )


def _nobody(_what: object) -> None:
    """Hears nothing, before `start` names who does."""
