"""The office's calls, and the board that tells which of them still hold, over MQTT."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kiosk.adapters.mqtt_presence import BrokerAddress, MqttPresence
from kiosk.config.credentials import Credentials
from kiosk.domain.spoken_call import STILL_NEWS_S, OfficeNow, SpokenCall
from kiosk.domain.words import Words
from queue_server.contracts import topics
from queue_server.contracts.messages import BoardMessage, CallMessage
from queue_server.contracts.views import BoardView

CALLED = "called"


class MqttCallsLink:
    """Hears `calls` and the retained `board`.

    The session is clean: a call from before the connection is old news, and saying it late would
    send a citizen to a counter that has gone on.
    """

    def __init__(
        self, broker: BrokerAddress, credentials: Credentials, versions: dict[str, str]
    ) -> None:
        self._office = broker.office
        self._on_call: Callable[[SpokenCall], None] = _nobody
        self._on_office: Callable[[OfficeNow], None] = _nobody
        self._on_link: Callable[[bool], None] = _nobody
        self._presence = MqttPresence(broker, credentials, versions, on_link=self._linked)

    def start(
        self,
        on_call: Callable[[SpokenCall], None],
        on_office: Callable[[OfficeNow], None],
        on_link: Callable[[bool], None],
    ) -> None:
        """Connect in the background and keep trying; all are told from the network thread."""
        self._on_call, self._on_office, self._on_link = on_call, on_office, on_link
        self._presence.subscribe(topics.calls(self._office), self._call)
        self._presence.subscribe(topics.board(self._office), self._board)
        self._presence.start()

    def report(self, detail: str) -> None:
        """Say in the device's status what is wrong; empty when nothing is."""
        self._presence.report(detail=detail)

    def close(self) -> None:
        """Say goodbye and disconnect."""
        self._presence.close()

    def _linked(self, up: bool) -> None:  # noqa: FBT001 - a callback has no keywords
        self._on_link(up)

    def _call(self, _topic: str, payload: bytes) -> None:
        call = CallMessage.model_validate_json(payload)
        self._on_call(
            SpokenCall(
                seq=call.seq,
                number=call.number,
                counter=call.counter,
                language=call.language,
                speech=Words(call.speech.vi, call.speech.en),
            )
        )

    def _board(self, _topic: str, payload: bytes) -> None:
        board = BoardMessage.model_validate_json(payload).board
        self._on_office(
            OfficeNow(
                seq=board.seq,
                called={
                    counter.number: counter.ticket if counter.ticket_state == CALLED else None
                    for counter in board.counters
                },
                calls=frozenset(call.seq for call in board.calls),
                recent=tuple(_recent(board)),
            )
        )


def _recent(board: BoardView) -> Iterator[SpokenCall]:
    """The calls that are news still; a server that has just started knows no events of its own."""
    for call in board.calls:
        age_s = (board.at - call.at).total_seconds()
        if call.seq and call.speech is not None and age_s <= STILL_NEWS_S:
            words = Words(call.speech.vi, call.speech.en)
            yield SpokenCall(call.seq, call.number, call.counter, call.language, words)


def _nobody(_what: object) -> None:
    """Hears nothing, before `start` names who does."""
