"""Who answers the hub is there, who does not is missed, and a hub cut off itself says nothing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from queue_server.hub.contracts.downward import PRESENCE, HandedDown, OfficeAnswer
from queue_server.hub.use_cases.hand_down import Unanswered
from queue_server.hub.use_cases.office_desk import OfficeDesk
from queue_server.hub.use_cases.ports import StreamAway
from queue_server.hub.use_cases.presence import Presence


@dataclass
class MemoryContacts:
    turn: list[tuple[str, str]]
    there: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    async def due(self, most: int) -> Sequence[tuple[str, str]]:
        taken, self.turn = self.turn[:most], self.turn[most:]
        return taken

    async def answered(self, offices: Collection[str]) -> None:
        self.there += offices

    async def missed(self, offices: Collection[str]) -> None:
        self.gone += offices


@dataclass
class MemoryLine:
    stands: bool = True

    async def ask(
        self, province: str, office: str, asked: HandedDown, within_s: float
    ) -> OfficeAnswer | Unanswered:
        assert (province, asked.kind, asked.body, within_s > 0) == ("92", PRESENCE, {}, True)
        if office == "cut":
            raise StreamAway
        if office in {"nobody", "silent"}:
            return Unanswered(office)
        if office == "old":
            return OfficeAnswer(key=asked.key, outcome="refused")
        return await OfficeDesk({}).answer(asked)


async def ask(presence: Presence, most: int) -> int:
    due = await presence.due(most)
    told = {office: await presence.there(office, province) for office, province in due}
    await presence.note(told)
    return len(due)


def presence_of(contacts: MemoryContacts, line: MemoryLine) -> Presence:
    return Presence(contacts, line, lambda: "0" * 32)


TURN = [(one, "92") for one in ("here", "nobody", "old", "silent", "cut")]


async def test_any_answer_is_a_sign_of_life() -> None:
    contacts = MemoryContacts(list(TURN))
    presence = presence_of(contacts, MemoryLine())
    assert [await ask(presence, 3) for _ in range(3)] == [3, 2, 0]
    assert contacts.there == ["here", "old"]
    assert contacts.gone == ["nobody", "silent"]


async def test_a_hub_that_is_cut_off_blames_nobody() -> None:
    contacts = MemoryContacts(list(TURN))
    assert await ask(presence_of(contacts, MemoryLine(stands=False)), 9) == 5
    assert (contacts.there, contacts.gone) == ([], [])
