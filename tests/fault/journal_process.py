"""A process that gives numbers of its own from a journal and says each when it is on the disk.

Usage: python -m tests.fault.journal_process JOURNAL. Now and then the journal is written anew.
"""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

from kiosk.adapters.journal_file import JournalFile
from kiosk.domain.own_numbers import Block, Given, Leased, OwnTicket
from kiosk.domain.ticket import TicketOrder
from kiosk.domain.words import Language
from tests.fakes.busy_office import MORNING

TIDY_EVERY = 40


def main() -> None:
    with JournalFile(Path(sys.argv[1])) as journal:
        block = Block("CT", MORNING.date(), "B", 4, 500, 99_999, "https://motcua.example/t/")
        journal.append(Leased(block))
        given: list[Given] = []
        for number in range(block.first, block.last):
            ticket = OwnTicket(
                key=f"k{number}",
                number=number,
                label=block.label(number),
                day=block.day,
                order=TicketOrder("CT", Language.VI),
                issued_at=MORNING + timedelta(seconds=number),
                boot="boot",
                uptime_s=float(number),
                follow_code=f"code-{number}",
                follow_base=block.follow_base,
            )
            given.append(Given(ticket))
            journal.append(given[-1])
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()
            if number % TIDY_EVERY == 0:
                journal.rewrite(given)


if __name__ == "__main__":
    main()
