"""A process that files dossiers in one office folder as fast as it can and says what is safe.

Usage: python -m tests.fault.filing_process FOLDER. Declared, scanned, filed, paid, ended, erased
by rule, keys changed: each line is `stage dossier detail`, written after it is on disk.
"""

from __future__ import annotations

import itertools
import random
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from queue_server.adapters import key_rotation
from queue_server.adapters.aes_seal import AesSeal
from queue_server.adapters.clock import SetClock
from queue_server.adapters.hash_rotation import hash_of, rotate_hashes
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.domain import dossier_commands as c
from queue_server.domain.commands import Command
from queue_server.domain.decide import Outcome
from queue_server.domain.dossier import Dossier, DossierRules, Move, Stage
from queue_server.domain.dossier_payments import RecordPayment
from queue_server.domain.office_day import OfficeDay
from queue_server.use_cases.dossier_desk import Declaration, sealed_declaration
from queue_server.use_cases.dossier_scans import ScannedPage, sealed_page
from queue_server.use_cases.keep_day import DayKeeper, Request
from queue_server.use_cases.page_picture import PagePicture
from tests.fakes.office_days import EIGHT, OFFICE

RULES = DossierRules(agency="H29.05", keep_days=5)
FEE_VND = 16_000
PAGES = 2
ANSWERS = 3
ROUND = 3
"""Dossiers between two purges, and between two changes of the keys."""


def store_of(folder: Path) -> Path:
    """The office's store."""
    return folder / "store" / "office.db"


def keeper_on(store: SqliteStore, clock: SetClock) -> DayKeeper:
    """An office of the rules above."""
    return DayKeeper(store, clock, replace(OFFICE, dossiers=RULES))


def declared(dossier: str, count: int) -> Declaration:
    """The first answers of a made-up citizen."""
    return Declaration({f"answer{n}": f"{dossier} says {n}" for n in range(count)})


def picture(dossier: str, page: int) -> PagePicture:
    """A page of its own for each place."""
    return PagePicture(random.Random(f"{dossier}-{page}").randbytes(3000), 800, 1100)


def handing_in(dossier: str, seal: AesSeal, person: str) -> Request:
    """The one try that may be made again: always with the same key."""
    command = c.FileDossier(
        dossier=dossier,
        holder=dossier.upper(),
        filing=FILING,
        sealed=sealed_declaration(seal, declared(dossier, ANSWERS), dossier),
        by="k1",
        person=person,
        papers=1,
        digitised=1,
        fee_vnd=FEE_VND,
    )
    return Request(command, code_of, f"{dossier}-file", "the same")


def code_of(_day: OfficeDay, outcome: Outcome, _at: object) -> dict[str, object]:
    """The answer to a move: the dossier's official code."""
    return {"code": outcome.dossier.code if outcome.dossier is not None else None}


FILING = c.Filing(procedure="2.000635", catalogue="1", service="a", channel="kiosk", kiosk="k1")


class Filer:
    """One office at work on its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._clock = SetClock(EIGHT)
        self._open()

    def _open(self) -> None:
        self._store = SqliteStore(store_of(self._folder))
        self._keeper = keeper_on(self._store, self._clock)
        self._seal = key_rotation.seal_of(self._folder, "dossiers")
        self._cards = hash_of(self._folder)

    def _do(self, request: Request | Command) -> str:
        asked = request if isinstance(request, Request) else Request(request, code_of)
        (answer,) = self._keeper.work_off([asked]).answers
        if answer.body is None:
            raise SystemExit(f"{asked.command}: {answer.fault}")
        return str(answer.body["code"])

    def file(self, dossier: str) -> None:
        """The whole way of one dossier, to its end."""
        for count in range(1, ANSWERS + 1):
            sealed = sealed_declaration(self._seal, declared(dossier, count), dossier)
            names = {"dossier": dossier, "holder": dossier.upper(), "filing": FILING, "by": "k1"}
            self._do(c.SaveDraft(**names, stage=Stage.DECLARE, sealed=sealed))  # type: ignore[arg-type]  # four names
            say("declared", dossier, count)
        for page in range(1, PAGES + 1):
            kept = ScannedPage(picture(dossier, page))
            sealed = sealed_page(self._seal, kept, dossier, f"page-01-{page:02d}")
            self._do(c.KeepPage(dossier=dossier, paper=1, page=page, sealed=sealed, by="k1"))
            say("scanned", dossier, page)
        person = self._cards.of(dossier)
        say("filed", dossier, self._do(handing_in(dossier, self._seal, person)))
        paid = RecordPayment(
            dossier=self._row(dossier),
            by="bank",
            amount_vnd=FEE_VND,
            transaction=f"T{dossier}",
            via="transfer",
        )
        self._do(paid)
        say("paid", dossier, FEE_VND)
        self._do(c.MoveDossier(dossier=dossier, move=Move.REFUSE, by="clerk", reason="Sai nơi"))
        say("ended", dossier, "refused")

    def _row(self, dossier: str) -> Dossier:
        return self._keeper.day.shelf.dossier(dossier)

    def purge(self) -> None:
        """Days go by until the rule erases what has ended."""
        self._clock.advance_to(self._clock.now() + timedelta(days=RULES.keep_days + 1))
        self._do(c.SaveDraft(**_new_day(self._seal)))  # type: ignore[arg-type]  # the names of a draft
        while requests := self._keeper.outlived():
            for request in requests:
                command = request.command
                self._do(Request(command, code_of))
                if isinstance(command, c.EraseDossier):
                    say("erased", command.dossier.id, "by-rule")

    def change_keys(self) -> None:
        """Stop, rotate, go on."""
        self._store.close()
        store = store_of(self._folder)
        sealed = key_rotation.rotate(self._folder, store, "dossiers", lambda *_: None)
        say("rotated", sealed.name, sealed.id)
        hashed = rotate_hashes(self._folder, store, lambda *_: None)
        say("rotated", hashed.name, hashed.id)
        self._open()


def _new_day(seal: AesSeal) -> dict[str, object]:
    sealed = sealed_declaration(seal, declared("sleeper", 1), "sleeper")
    return {
        "dossier": "sleeper",
        "holder": "SLEEPER",
        "filing": FILING,
        "by": "k1",
        "stage": Stage.DECLARE,
        "sealed": sealed,
    }


def say(*words: object) -> None:
    """Promise it."""
    sys.stdout.write(" ".join(str(word) for word in words) + "\n")
    sys.stdout.flush()


def main() -> None:
    filer = Filer(Path(sys.argv[1]))
    key_rotation.AT_ONCE = 2
    for number in itertools.count(1):
        filer.file(f"d{number}")
        if number % ROUND == 2:
            filer.change_keys()
        if number % ROUND == 0:
            filer.purge()


if __name__ == "__main__":
    main()
