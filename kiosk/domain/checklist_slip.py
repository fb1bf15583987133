"""The paper of a checklist: what to bring, what it costs and how long it takes, to take home."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.slip import Slip


@dataclass(frozen=True, slots=True)
class ChecklistSlip(Slip):
    """A slip whose `number` is the procedure's code; nothing on it is of a citizen.

    `time` and `cost` are in words. The first of `notes` says who pays less, the others how long it
    takes at a counter and who may file here.
    """

    cost: str = ""
    time: str = ""
    notes: tuple[str, ...] = ()
