"""The power goes at any step of an upgrade: the office works, and no number is lost."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace

import pytest

from queue_server.use_cases.upgrade import (
    Entry,
    SelfTestFailed,
    Upgrade,
    UpgradeFailed,
    recover,
)

OLD, NEW = "old", "new"
TABLES = {OLD: 14, NEW: 15}
"""The tables that each program needs; the old one cannot read the newer ones."""
LINK, COPY = "/opt/motcua", "copy"


class PowerCut(BaseException):
    """Nothing runs any more; what is on the disk stays."""


@dataclass
class Disk:
    """All that outlives a cut."""

    link: str = OLD
    tables: int = TABLES[OLD]
    tickets: list[int] = field(default_factory=lambda: [1, 2, 3])
    copies: dict[str, tuple[int, list[int]]] = field(default_factory=dict)
    line: Entry | None = None


@dataclass
class Machine:
    """Every port of an upgrade on one disk; `cut` is the number of the step that the power ends.

    People take a number whenever the service runs, and keep it: `promised`.
    """

    disk: Disk = field(default_factory=Disk)
    promised: set[int] = field(default_factory=lambda: {1, 2, 3})
    runs: bool = True
    cut: int | None = None
    done: int = 0
    refused_by: str = ""
    deaf: bool = False

    def _step(self, work: Callable[[], None]) -> None:
        """A cut comes just before the work, or just after it."""
        for moment in (work, None):
            self.done += 1
            if self.done == self.cut:
                raise PowerCut
            if moment is not None:
                moment()

    def people_come(self) -> None:
        if self.runs:
            self.disk.tickets.append(len(self.promised) + 1)
            self.promised.add(len(self.promised) + 1)

    # Programs
    def current(self) -> str:
        return self.disk.link

    def switch(self, program: str) -> None:
        self._step(lambda: setattr(self.disk, "link", program))

    # Service
    def stop(self) -> None:
        self._step(lambda: setattr(self, "runs", False))

    def start(self) -> None:
        self._step(self._start)

    def _start(self) -> None:
        self.boot()
        self.runs = True
        self.people_come()

    def boot(self) -> None:
        """What each server does first: finish what was cut off, then bring its tables up."""
        recover(self, self, self)
        needed = TABLES[self.disk.link]
        assert self.disk.tables <= needed, "the program cannot read its tables"
        self.disk.tables = needed

    def answers(self) -> bool:
        return not (self.deaf and self.disk.link == NEW)

    # Data
    def rehearse(self, before: str, after: str) -> None:
        assert (before, after) == (OLD, NEW)
        self.people_come()
        if self.refused_by == "rehearse":
            raise SelfTestFailed("no")

    def backup(self, program: str, to: str) -> int:
        assert (program, self.runs) == (OLD, False)
        copied = (self.disk.tables, list(self.disk.tickets))
        self._step(lambda: self.disk.copies.update({to: copied}))
        return len(self.disk.tickets)

    def restore(self, program: str, backup: str) -> None:
        assert program == OLD
        tables, tickets = self.disk.copies[backup]
        self._step(lambda: setattr(self.disk, "tables", tables))
        self._step(lambda: setattr(self.disk, "tickets", list(tickets)))

    def bring_up(self, program: str) -> None:
        assert not self.runs
        self._step(lambda: setattr(self.disk, "tables", TABLES[program]))
        if self.refused_by == "bring_up":
            raise SelfTestFailed("no")

    def newest(self) -> int:
        return len(self.disk.tickets)

    def take_back(self, program: str, to: str) -> None:
        assert (program, to) == (NEW, OLD)
        self._step(lambda: setattr(self.disk, "tables", TABLES[to]))

    # Journal
    def read(self) -> Entry | None:
        return self.disk.line

    def write(self, entry: Entry) -> None:
        self._step(lambda: setattr(self.disk, "line", entry))

    def clear(self) -> None:
        self._step(lambda: setattr(self.disk, "line", None))

    def upgrade(self) -> None:
        Upgrade(self, self, self, self).run(LINK, NEW, COPY)

    def works(self) -> None:
        """The office is open with what it promised, and nothing is left to be finished."""
        self.people_come()
        assert self.runs
        assert set(self.disk.tickets) == self.promised
        assert len(self.disk.tickets) == len(self.promised)
        assert self.disk.tables == TABLES[self.disk.link]
        assert self.disk.line is None


def after_a_cut(machine: Machine) -> Machine:
    """The machine comes up again and systemd starts what the link names."""
    again = replace(machine, runs=False, cut=None, refused_by="", deaf=False)
    again.start()
    return again


def test_an_upgrade_ends_with_the_new_program() -> None:
    machine = Machine()
    machine.upgrade()
    machine.works()
    assert machine.disk.link == NEW


@pytest.mark.parametrize("refused_by", ["rehearse", "bring_up"])
def test_what_fails_its_self_test_changes_nothing(refused_by: str) -> None:
    machine = Machine(refused_by=refused_by)
    with pytest.raises(UpgradeFailed):
        machine.upgrade()
    machine.works()
    assert machine.disk.link == OLD


def test_who_does_not_answer_is_given_up_and_what_it_promised_stays() -> None:
    machine = Machine(deaf=True)
    with pytest.raises(UpgradeFailed, match="old one works again"):
        machine.upgrade()
    machine.works()
    assert machine.disk.link == OLD


@pytest.mark.parametrize(
    "kind", [{}, {"refused_by": "bring_up"}, {"deaf": True}], ids=["good", "refused", "deaf"]
)
def test_the_power_goes_at_any_step(kind: dict[str, str]) -> None:
    whole = Machine(**kind)  # type: ignore[arg-type]  # the fields of the parameters above
    with suppress(UpgradeFailed):
        whole.upgrade()
    assert whole.done > 15
    ends = set()
    for cut in range(1, whole.done + 1):
        machine = Machine(cut=cut, **kind)  # type: ignore[arg-type]  # as above
        with pytest.raises(PowerCut):
            machine.upgrade()
        again = after_a_cut(machine)
        again.works()
        ends.add(again.disk.link)
    assert OLD in ends


def test_the_power_goes_again_while_the_first_cut_is_mended() -> None:
    tried = 0
    for first in range(1, 40):
        for second in range(1, 12):
            machine = Machine(cut=first, deaf=True)
            with pytest.raises((PowerCut, UpgradeFailed)):
                machine.upgrade()
            once = replace(machine, runs=False, cut=machine.done + second, deaf=False)
            try:
                once.start()
            except PowerCut:
                tried += 1
            after_a_cut(once).works()
    assert tried > 60


def test_a_second_upgrade_begins_only_when_the_first_is_finished() -> None:
    machine = Machine()
    machine.disk.line = Entry(LINK, OLD, NEW, COPY)
    with pytest.raises(UpgradeFailed, match="cut off"):
        machine.upgrade()
