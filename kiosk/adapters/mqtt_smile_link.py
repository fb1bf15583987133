"""Windows of the smile index over MQTT, retained until the server has them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from kiosk.adapters.mqtt_presence import BrokerAddress, MqttPresence
from kiosk.config.credentials import Credentials
from kiosk.use_cases.camera_ports import Agreement, WindowShare
from queue_server.contracts import topics
from queue_server.contracts.messages import SmileCalibration, SmileWindow
from queue_server.contracts.smile_windows import window_end, window_name

DIGITS = 4


class MqttSmileLink:
    """Says shares and nothing else."""

    def __init__(
        self,
        broker: BrokerAddress,
        credentials: Credentials,
        versions: dict[str, str],
        now: Callable[[], datetime],
    ) -> None:
        self._office = broker.office
        self._id = credentials.id
        self._now = now
        self._presence = MqttPresence(broker, credentials, versions)

    def start(self) -> None:
        """Connect in the background and keep trying."""
        self._presence.start()

    def tell(self, share: WindowShare) -> bool:
        """Send a window; False when there is no connection."""
        window = share.window
        name = window_name(window.start, window.minutes)
        message = SmileWindow(
            id=name,
            sent_at=window_end(window.start, window.minutes),
            source=self._id,
            n=window.people,
            smile_share=round(share.share, DIGITS),
            low=round(share.low, DIGITS),
            high=round(share.high, DIGITS),
        )
        topic = topics.satisfaction(self._office, name)
        return self._presence.publish(topic, message.model_dump_json(), retain=True)

    def tell_agreement(self, agreement: Agreement) -> bool:
        """Send the calibration; False when there is no connection."""
        midnight = self._now().replace(hour=0, minute=0, second=0, microsecond=0)
        message = SmileCalibration(
            id=f"calibration-{agreement.n}",
            sent_at=midnight,  # the day and no finer
            source=self._id,
            n=agreement.n,
            n_bad=agreement.n_bad,
            auc=round(agreement.auc, DIGITS),
            low=round(agreement.low, DIGITS),
            high=round(agreement.high, DIGITS),
            used=agreement.used,
        )
        topic = topics.smile_calibration(self._office)
        return self._presence.publish(topic, message.model_dump_json(), retain=True)

    def report(self, detail: str) -> None:
        """Say in the device's status what is wrong; empty when nothing is."""
        self._presence.report(detail=detail)

    def close(self) -> None:
        """Say goodbye and disconnect."""
        self._presence.close()
