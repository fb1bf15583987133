"""An upgrade without internet, whole or never: rehearsed, done while closed, turned back.

The new program is first tried on a copy of the office. Then the office closes for seconds: its
data are copied, brought up to date and checked. The link to the program that counts decides:
while it names the old one a power cut ends with the copy in its place, once it names the new one
with the new data. If the opened office does not answer, the old program returns: with the copy
where nothing happened since, else with the data of now in the older tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """The journal of one upgrade: the program before and after, and the copy of the office.

    `events` is the number of the copy's newest event, None until it is made; `opened` says that
    people were let in with the new program before it was given up.
    """

    link: str
    before: str
    after: str
    backup: str
    events: int | None = None
    opened: bool = False


class UpgradeFailed(Exception):  # noqa: N818 - a refusal
    """The office works as before; the message says what failed."""


class SelfTestFailed(Exception):  # noqa: N818 - a state
    """A program does not work with this office; the message says how."""


class Journal(Protocol):
    """One line on the disk, in the office's folder."""

    def read(self) -> Entry | None:
        """The line; None where no upgrade is under way."""
        ...

    def write(self, entry: Entry) -> None:
        """Replace the line; it is on the disk when this returns."""
        ...

    def clear(self) -> None:
        """No upgrade is under way any more."""
        ...


class Programs(Protocol):
    """Programs side by side, and one link to the one that counts."""

    def current(self) -> str:
        """The program that the link names."""
        ...

    def switch(self, program: str) -> None:
        """Let the link name another program, in one step that is on the disk at the return."""
        ...


class Service(Protocol):
    """The office's server, as the machine runs it."""

    def stop(self) -> None:
        """Stop it; nothing to do where it does not run."""
        ...

    def start(self) -> None:
        """Start the program that the link names."""
        ...

    def answers(self) -> bool:
        """Whether it says within its time that it is ready."""
        ...


class Data(Protocol):
    """The office's data in the hands of one program or another; everything may be done twice."""

    def rehearse(self, before: str, after: str) -> None:
        """Run the new program on a copy that the old one made: it starts, gives a number, is sound.

        Raises:
            SelfTestFailed: it does not.
        """
        ...

    def backup(self, program: str, to: str) -> int:
        """Copy the office and check the copy; the number of its newest event.

        Raises:
            SelfTestFailed: there is no sound copy.
        """
        ...

    def restore(self, program: str, backup: str) -> None:
        """Put the copy in the place of the office's data."""
        ...

    def bring_up(self, program: str) -> None:
        """Bring the tables up to this program and check everything in them.

        Raises:
            SelfTestFailed: they cannot be, or are not sound.
        """
        ...

    def newest(self) -> int:
        """The number of the newest event."""
        ...

    def take_back(self, program: str, to: str) -> None:
        """Take the tables back to those of the older program `to`; no event is lost.

        Raises:
            SelfTestFailed: the older program cannot live with them.
        """
        ...


def settle(entry: Entry, data: Data) -> None:
    """Make the data those of the old program again; done twice it does no harm.

    Raises:
        SelfTestFailed: what happened in the new program cannot be kept by the old one.
    """
    if entry.events is None:
        return
    if entry.opened and data.newest() != entry.events:
        data.take_back(entry.after, entry.before)
    else:
        data.restore(entry.before, entry.backup)


def recover(journal: Journal, programs: Programs, data: Data) -> str | None:
    """Finish what a power cut interrupted, before anybody is let in; None where there was nothing.

    Returns the program that counts now.

    Raises:
        SelfTestFailed: as in `settle`; the journal stays.
    """
    entry = journal.read()
    if entry is None:
        return None
    current = programs.current()
    if current != entry.after:
        settle(entry, data)
    journal.clear()
    return current


@dataclass(frozen=True, slots=True)
class Upgrade:
    """One upgrade of one machine."""

    programs: Programs
    service: Service
    data: Data
    journal: Journal

    def run(self, link: str, after: str, backup: str) -> None:
        """Change over to the program `after`; the copy made on the way stays in `backup`.

        Raises:
            UpgradeFailed: the office works as before.
        """
        if self.journal.read() is not None:
            raise UpgradeFailed("an upgrade was cut off; start the server once, it finishes it")
        before = self.programs.current()
        try:
            self.data.rehearse(before, after)
        except SelfTestFailed as fault:
            raise UpgradeFailed(f"the rehearsal on a copy failed: {fault}") from None
        entry = Entry(link, before, after, backup)
        self.journal.write(entry)
        self.service.stop()
        try:
            entry = replace(entry, events=self.data.backup(before, backup))
            self.journal.write(entry)
            self.data.bring_up(after)
        except SelfTestFailed as fault:
            self._undo(entry)
            raise UpgradeFailed(f"the self-test failed: {fault}") from None
        self.programs.switch(after)
        self.service.start()
        if not self.service.answers():
            self.service.stop()
            entry = replace(entry, opened=True)
            self.journal.write(entry)
            self.programs.switch(before)
            self._undo(entry)
            raise UpgradeFailed("the new program did not answer; the old one works again")
        self.journal.clear()

    def _undo(self, entry: Entry) -> None:
        """The line goes before anybody is let in: what they are promised is never settled away."""
        settle(entry, self.data)
        self.journal.clear()
        self.service.start()
