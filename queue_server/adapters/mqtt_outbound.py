"""What the server says over MQTT: calls at once, states when they change, the board now and then.

Runs on the bridge's thread only. Counters that were touched are told at once, and the board right
after them; when only people waiting changed, as with every ticket, all that may take a little.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Collection
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from queue_server.adapters.topic_rights import SERVER_ID
from queue_server.contracts import topics
from queue_server.contracts.messages import (
    BoardMessage,
    CallMessage,
    CounterStateMessage,
    KioskReply,
    Message,
    Notice,
)
from queue_server.contracts.views import BoardView
from queue_server.use_cases.announce import CounterFacts, counter_facts
from queue_server.use_cases.live_office import LiveOffice

HURRY_PAUSE_S = 0.02
WIDE_PAUSE_S = 0.25
LOOK_EVERY_S = 5.0

Publish = Callable[[str, str, bool], bool]


class MqttOutbound:
    """Publishes; remembers what it published last, so that nothing is said twice."""

    def __init__(
        self, office: str, live: LiveOffice, board: Callable[[], BoardView], publish: Publish
    ) -> None:
        self._office = office
        self._live = live
        self._board = board
        self._publish = publish
        self._shown: dict[int, CounterFacts] = {}
        self._touched: set[int] = set()
        self._board_shown: dict[str, Any] | None = None
        self._wide = self._hurry = False
        self._looked_s = 0.0

    # -- what is due ----------------------------------------------------------------------

    def due_in_s(self) -> float:
        """Seconds until `repaint` has something to do."""
        if self._touched:
            return 0.0
        pause_s = LOOK_EVERY_S
        if self._wide:
            pause_s = HURRY_PAUSE_S if self._hurry else WIDE_PAUSE_S
        return max(0.0, self._looked_s + pause_s - time.monotonic())

    def touch(self, counters: Collection[int]) -> None:
        """These counters changed, or none of them and only who is waiting or which devices live."""
        self._touched.update(counters)
        self._wide = True
        self._hurry = self._hurry or bool(counters)

    def forget(self) -> None:
        """The broker may have lost everything: say all of it again, at once."""
        self._shown.clear()
        self._board_shown = None
        self._wide, self._looked_s = True, 0.0

    def repaint(self) -> None:
        """Say what changed and is due."""
        touched, self._touched = self._touched, set()
        for counter in sorted(touched):
            self._show(counter)
        if self.due_in_s() == 0.0:
            self._wide = self._hurry = False
            self._looked_s = time.monotonic()
            self._show_all()

    def _show_all(self) -> None:
        """Also without a commit: devices fall silent and forecasts grow by themselves."""
        with self._live.look() as day:
            counters = sorted(day.office.counters)
        for counter in counters:
            self._show(counter)
        board = self._board()
        facts = board.model_dump(exclude={"at"})
        if facts != self._board_shown:
            message = self._message(BoardMessage, board=board)
            if self._say(topics.board(self._office), message, retain=True):
                self._board_shown = facts

    # -- what is said ---------------------------------------------------------------------

    def call(self, fields: dict[str, Any]) -> None:
        """A citizen is called."""
        self._say(topics.calls(self._office), self._message(CallMessage, **fields))

    def reply(self, kiosk: str, **fields: Any) -> None:
        """The answer to a kiosk."""
        self._say(topics.kiosk_reply(self._office, kiosk), self._message(KioskReply, **fields))

    def forget_kept(self, topic: str) -> None:
        """The broker need not keep this device's message any longer: the store has it."""
        self._publish(topic, "", True)  # noqa: FBT003 - a port

    def answer_press(self, counter: int, press: str | None, notice: Notice | None) -> None:
        """Answer a key press by its id: not retained, because it is nobody else's business.

        The state as it is then follows retained, if it changed.
        """
        facts, seq = self._look(counter)
        state = self._message(
            CounterStateMessage, **asdict(facts), seq=seq, notice=notice, answers=press
        )
        self._say(topics.counter_state(self._office, counter), state)
        self._show(counter)

    def _show(self, counter: int) -> None:
        facts, seq = self._look(counter)
        if self._shown.get(counter) == facts:
            return
        state = self._message(CounterStateMessage, **asdict(facts), seq=seq)
        if self._say(topics.counter_state(self._office, counter), state, retain=True):
            self._shown[counter] = facts

    def _look(self, counter: int) -> tuple[CounterFacts, int]:
        with self._live.look() as day:
            return counter_facts(day, counter), self._live.seq

    def _say(self, topic: str, message: Message, *, retain: bool = False) -> bool:
        return self._publish(topic, message.model_dump_json(), retain)

    @staticmethod
    def _message(kind: Callable[..., Message], **fields: Any) -> Message:
        return kind(id=uuid.uuid4().hex, sent_at=datetime.now(UTC), source=SERVER_ID, **fields)
