"""The power goes at any write of a filing: the draft is there, nothing is doubled."""

from __future__ import annotations

import json
import random
from collections import Counter
from contextlib import closing
from pathlib import Path

from queue_server.adapters.aes_seal import AesSeal
from queue_server.adapters.clock import SetClock
from queue_server.adapters.hash_rotation import finish_hashes, hash_of, state_of_hashes
from queue_server.adapters.key_rotation import seal_of
from queue_server.adapters.sqlite_history import verify_file
from queue_server.adapters.sqlite_reader import SqliteReader
from queue_server.adapters.sqlite_store import SqliteStore
from queue_server.domain import dossier_events as e
from queue_server.domain.dossier import DossierState
from queue_server.domain.dossier_moves import ANSWERS as PART
from queue_server.use_cases.dossier_scans import opened_page
from tests.campaign.found import Found
from tests.campaign.power import cuts_of, log_of
from tests.fakes.office_days import DAY
from tests.fault import filing_process as p

Promises = dict[str, dict[str, str]]
"""By stage: by dossier, the last thing that was said."""


def filing_cut(tmp: Path, cuts: int) -> Found:
    """An office that declares, scans, takes in, is paid, purges and changes its keys."""
    disk = log_of("tests.fault.filing_process", tmp / "office", str(tmp / "office"))
    promises = kept = 0
    dice = random.Random(cuts)
    for folder, said in cuts_of(disk, tmp / "after", cuts, dice, aimed=b".half"):
        for key in folder.glob("keys/**/*.key"):
            key.chmod(0o600)  # the log of writes holds no rights
        promised: Promises = {}
        for line in said:
            stage, dossier, detail = line.split()
            promised.setdefault(stage, {})[dossier] = detail
        promises += sum(map(len, promised.values()))
        if p.store_of(folder).exists():
            if not said:  # perhaps it has no tables yet: a start makes them
                SqliteStore(p.store_of(folder)).close()
            kept += whole_after_a_cut(folder, promised)
        else:
            assert not said, "the store is gone"
    return Found(cuts, promises, 0, kept, note="promises summed over the cuts")


def whole_after_a_cut(folder: Path, promised: Promises) -> int:
    """Check everything that was promised in what the cut left; how many promises are kept."""
    store = p.store_of(folder)
    verdict = verify_file(store)
    assert verdict.ok, verdict.fault
    finish_hashes(folder, store)
    reader, seal = SqliteReader(store), seal_of(folder, "dossiers")
    assert state_of_hashes(folder, store).old == 0
    kept = len(promised.get("rotated", {}))  # all that is sealed is opened with the new keys below
    for dossier in promised.get("declared", {}):
        told = {stage: of[dossier] for stage, of in promised.items() if dossier in of}
        _one(reader, seal, dossier, told)
        kept += len(told)
        if "filed" in told and "erased" not in told:
            found = reader.dossiers_of_person(hash_of(folder).of(dossier), DAY)
            assert {one.id for one in found} <= {dossier}, "a dossier of somebody else"
            assert found or reader.dossier(dossier).erased_at, "its citizen is not found"  # type: ignore[union-attr]  # seen above
    _once(reader)
    _again(folder, reader, seal, promised)
    return kept


def _one(reader: SqliteReader, seal: AesSeal, dossier: str, promised: dict[str, str]) -> None:
    """One dossier: as far as was promised, or a step further; what is kept of it can be opened."""
    row = reader.dossier(dossier)
    assert row is not None, f"{dossier} is lost"
    parts = dict(reader.parts(dossier))
    if row.erased_at is not None:
        assert not parts, f"{dossier} was erased and is still there"
        assert row.state is DossierState.REFUSED
        return
    assert "erased" not in promised, f"{dossier} came back"
    answers = json.loads(seal.open(parts[PART], dossier))["answers"]
    assert len(answers) >= int(promised["declared"]), "answers are lost"
    assert answers == p.declared(dossier, len(answers)).answers
    for page in range(1, int(promised.get("scanned", 0)) + 1):
        name = f"page-01-{page:02d}"
        assert opened_page(seal, parts[name], dossier, name).picture == p.picture(dossier, page)
    if "filed" in promised:
        assert row.code == promised["filed"], "a code was lost or changed"
    if "paid" in promised:
        assert (row.paid_vnd, row.transactions) == (p.FEE_VND, (f"T{dossier}",))
    if "ended" in promised:
        assert row.state is DossierState.REFUSED


def _once(reader: SqliteReader) -> None:
    """Nothing happened twice."""
    once = (e.DossierFiled, e.DossierPaid, e.DossierRefused, e.DossierErased)
    seen = Counter(
        (type(stored.event).__name__, stored.event.dossier)
        for stored in reader.dossier_events(0, 10**6)
        if isinstance(stored.event, once)
    )
    assert not [what for what, times in seen.items() if times > 1]
    codes = [
        stored.event.code
        for stored in reader.dossier_events(0, 10**6)
        if isinstance(stored.event, e.DossierFiled)
    ]
    assert len(set(codes)) == len(codes), "a code twice"


def _again(folder: Path, reader: SqliteReader, seal: AesSeal, promised: Promises) -> None:
    """Who had no answer hands in again with the same key: the same code, and one dossier."""
    dossier = next(reversed(promised.get("declared", {})), None)
    if dossier is None:
        return
    before = reader.dossier(dossier)
    assert before is not None
    with closing(SqliteStore(p.store_of(folder))) as store:
        keeper = p.keeper_on(store, SetClock(before.changed_at))
        (answer,) = keeper.work_off([p.handing_in(dossier, seal, "hash")]).answers
    assert answer.body is not None, answer.fault
    assert before.code is None or answer.body["code"] == before.code
    _once(reader)
