"""The office's catalogue over the shipped one: its facts, our Khmer, and no start without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.catalogue import Catalogue, KioskMode, PaperForm, Procedure
from kiosk.use_cases.office_catalogue import EVERY_S, FollowCatalogue, laid_over
from queue_server.config.catalogue_sheet import CatalogueEntry
from queue_server.config.clerk_data import shipped_entries
from queue_server.contracts.catalogue_views import CatalogueNow, ServiceNamed
from queue_server.contracts.views import Words
from queue_server.use_cases.kiosk_catalogue import catalogue_now
from queue_server.use_cases.settings_desk import Catalogue as Kept
from tests.fakes.office_days import OFFICE
from tests.fakes.office_procedures import FakeCatalogue, MemoryShelf

SHIPPED = read_catalogue(Path(str(shipped_catalogue())))
ENTRIES = shipped_entries()
MARITAL = "1.004873"


def told(*entries: CatalogueEntry) -> CatalogueNow:
    return catalogue_now(Kept(1, "", entries), OFFICE)


def changed(**facts: Any) -> Procedure:
    """The marital-status certificate as an office has it that says this."""
    entries = (replace(one, **facts) if one.code == MARITAL else one for one in ENTRIES)
    found = laid_over(SHIPPED, told(*entries)).procedure(MARITAL)
    assert found is not None
    return found


def shipped() -> Procedure:
    found = SHIPPED.procedure(MARITAL)
    assert found is not None
    return found


def test_what_the_office_fills_in_is_shown_and_khmer_stays_where_the_words_do() -> None:
    found = changed(fee_vnd=8000, fee_note_vi="Miễn cho hộ nghèo.", fee_note_en="Free if poor.")
    assert (found.fee.amount_vnd, found.fee.note and found.fee.note.vi) == (
        8000,
        "Miễn cho hộ nghèo.",
    )
    assert found.name == shipped().name
    assert found.official_name == shipped().official_name
    other = changed(name_vi="Giấy độc thân")
    assert (other.name.vi, other.name.km) == ("Giấy độc thân", "")


def test_a_paper_that_only_the_office_knows_has_no_invented_form() -> None:
    first, *rest = next(one for one in ENTRIES if one.code == MARITAL).papers
    found = changed(papers=(("Ảnh 3×4, nếu thuộc diện", "Photo, if it applies"), first, *rest))
    photo, form = found.documents[:2]
    assert (photo.name.vi, photo.name.en, photo.conditional) == ("Ảnh 3×4", "Photo", True)
    assert photo.form is PaperForm.UNSAID
    assert form == shipped().documents[0]


def test_a_mode_says_whether_it_is_filed_here() -> None:
    assert {mode for mode in KioskMode if mode.files} == {
        KioskMode.FULL,
        KioskMode.GUIDED,
        KioskMode.PREPARE_ONLY,
    }
    assert not changed(mode="appointment_only").mode.files


def test_what_the_office_left_out_is_gone_and_a_new_service_comes_last() -> None:
    new = CatalogueEntry("9.000001", "ZZ", "Việc mới", "New matter")
    now = told(ENTRIES[0], new)
    now = now.model_copy(
        update={"services": [ServiceNamed(id="ZZ", letter="Z", name=Words(vi="Mới", en="New"))]}
    )
    found = laid_over(SHIPPED, now)
    assert {one.code for one in found.procedures} == {ENTRIES[0].code, "9.000001"}
    assert (found.services[-1].id, found.services[-1].letter) == ("ZZ", "Z")
    assert {one.id for one in found.services} > {one.id for one in SHIPPED.services}


@given(st.permutations(ENTRIES), st.integers(0, len(ENTRIES)))
def test_any_choice_of_procedures_is_shown_whole(entries: list[CatalogueEntry], many: int) -> None:
    some = entries[:many]
    found = laid_over(SHIPPED, told(*some))
    assert {one.code: one.fee.amount_vnd for one in found.procedures} == {
        one.code: one.fee_vnd for one in some
    }


def ticks(step: float = EVERY_S + 1) -> Iterator[float]:
    return (number * step for number in count())


def follow(source: FakeCatalogue, shelf: MemoryShelf, step: float = EVERY_S + 1) -> FollowCatalogue:
    clock = ticks(step)
    return FollowCatalogue(source, shelf, SHIPPED, lambda: next(clock))


def test_it_is_asked_once_a_minute() -> None:
    source = FakeCatalogue(told(*ENTRIES))
    asking = follow(source, MemoryShelf(), step=1)
    for _ in range(80):
        asking()
    assert source.asked == 2


def test_while_the_server_is_away_nothing_changes_and_then_it_does() -> None:
    source, shelf = FakeCatalogue(told(ENTRIES[0]), away=True), MemoryShelf()
    asking = follow(source, shelf)
    assert asking.begin() is SHIPPED
    assert asking() is None
    source.away = False
    found = asking()
    assert found is not None
    assert len(found.catalogue.procedures) == 1
    assert shelf.last == source.now
    assert asking() is None


def test_a_full_disk_is_told_to_staff_and_the_new_catalogue_holds() -> None:
    asking = follow(FakeCatalogue(told(ENTRIES[0])), MemoryShelf(full=True))
    assert asking() is not None
    assert asking.trouble == "the catalogue is not kept: No space left on device"


def test_a_catalogue_that_cannot_be_shown_is_told_to_staff_and_the_old_one_stays() -> None:
    source, shelf = FakeCatalogue(told(ENTRIES[0], ENTRIES[0])), MemoryShelf()
    asking = follow(source, shelf)
    assert asking() is None
    assert "stands twice" in asking.trouble
    assert shelf.last is None
    shelf.last = source.now
    assert follow(source, shelf).begin() is SHIPPED


def test_a_kiosk_with_procedures_of_its_own_asks_nobody() -> None:
    own = Catalogue(SHIPPED.services[:1])
    asking = FollowCatalogue(None, MemoryShelf(told(ENTRIES[0])), own, lambda: 0.0)
    assert asking.begin() is own
    assert asking() is None
