"""What a fork in an office's events means, said so that a person knows what to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

ALIVE = timedelta(minutes=15)


class ForkKind(StrEnum):
    """Where the other past comes from, as far as its first event tells."""

    SET_BACK = "set_back"
    TWO_MACHINES = "two_machines"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Fork:
    """The first event that did not fit: its number, machine, and whether the one before is shared.

    `heard_at` is when the machine that the hub knows was last heard before.
    """

    seq: int
    newest: int
    common: bool
    machine: str
    known_machine: str
    heard_at: datetime | None
    at: datetime

    @property
    def kind(self) -> ForkKind:
        """The likeliest reason."""
        if not self.common:
            return ForkKind.STRANGER
        if self.machine != self.known_machine and self._other_alive():
            return ForkKind.TWO_MACHINES
        return ForkKind.SET_BACK

    def _other_alive(self) -> bool:
        return self.heard_at is not None and self.at - self.heard_at <= ALIVE


def words_vi(fork: Fork, office: str) -> str:
    """The explanation for people at the hub, in Vietnamese."""
    taken = f"sự kiện số {fork.seq} của {office} đã có ở trung tâm với nội dung khác"
    return {
        ForkKind.SET_BACK: (
            f"Kho dữ liệu của {office} đã lùi lại: {taken} (trung tâm có đến số {fork.newest}). "
            f"Có lẽ nơi này được khôi phục từ bản sao lưu đến số {fork.seq - 1}. Dữ liệu mới được "
            f"để riêng, không mất. Nếu đúng, chạy: motcua hub accept {office}"
        ),
        ForkKind.TWO_MACHINES: (
            f"Hai máy cùng dùng mã {office}: {taken}, và máy trước vẫn đang gửi. Dữ liệu của máy "
            f"thứ hai được để riêng. Hãy tắt một máy hoặc đặt mã khác cho nó."
        ),
        ForkKind.STRANGER: (
            f"Một kho dữ liệu khác nhận là {office}: {taken} và không có quá khứ chung. Dữ liệu đó "
            f"được để riêng. Hãy đặt đúng mã của nơi này trong motcua.toml."
        ),
    }[fork.kind]


def words_en(fork: Fork, office: str) -> str:
    """The same in English."""
    taken = f"event {fork.seq} of {office} is at the hub already and says something else"
    return {
        ForkKind.SET_BACK: (
            f"The store of {office} went back: {taken} (the hub has up to {fork.newest}). It was "
            f"probably restored from a backup that ended at {fork.seq - 1}. The new events are set "
            f"aside, not lost. If that is so, run: motcua hub accept {office}"
        ),
        ForkKind.TWO_MACHINES: (
            f"Two machines claim the id {office}: {taken}, and the first machine still sends. The "
            f"second one's events are set aside. Stop one machine, or give it an id of its own."
        ),
        ForkKind.STRANGER: (
            f"Another store claims the id {office}: {taken}, and they share no past. Its events "
            f"are set aside. Give that office its own id in motcua.toml."
        ),
    }[fork.kind]
