"""Whatever answers are lost about pages: what is handed in is what the citizen kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.words import Language, Words
from kiosk.use_cases.file_dossier import Filed, FileDossier
from kiosk.use_cases.filing import Filing
from kiosk.use_cases.ports import RefusedError, ServerAwayError
from queue_server.contracts.forms import shipped_forms
from tests.fakes.filing_desk import FakeFilings
from tests.fakes.filings import answered
from tests.fakes.paper_tray import PaperTray

CATALOGUE = read_catalogue(Path(str(shipped_catalogue())))
FORM = shipped_forms()["1.004873"]
PAPERS = (("Tờ khai", True), ("Bản án", False))
OFFICE = Words("Phường Mẫu", "Sample Ward")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(("keep", "drop", "drop all")), st.booleans(), st.booleans(), st.integers(0)
    ),
    max_size=12,
)


def no_fee(_filed: Filed) -> str:
    return ""


def begun() -> Filing:
    return Filing(FORM, "key", PAPERS, answers=answered(FORM), paper=PAPERS[0][0])


@given(STEPS)
def test_what_is_handed_in_is_what_the_citizen_saw(
    steps: list[tuple[str, bool, bool, int]],
) -> None:
    """Each step may lose its answer, and whoever lost one may try it again or go on."""
    office = FakeFilings()
    desk, filing, never = FileDossier(office, None, OFFICE), begun(), set[bytes]()
    filing = replace(filing, code=desk.save(filing, Language.VI))
    for number, (what, loses, again, place) in enumerate(steps):
        office.loses = loses and (what == "keep" or filing.scanned > 0)
        for _ in range(2):
            try:
                filing = step(desk, filing, what, number, place)
                break
            except ServerAwayError:
                if not again:
                    if what == "keep":
                        never.add(picture(number))
                    break
    office.loses = False
    filed = desk.hand_in(filing, Language.VI, no_fee).filed
    kept = office.pages.get(filing.code, {}).get(filing.paper, [])
    assert office.filed[filed.code].scanned == len(kept) <= filing.scanned
    assert never.isdisjoint(kept)
    if all(what == "keep" for what, *_ in steps):
        wanted = (picture(number) for number in range(len(steps)))
        assert kept == [one for one in wanted if one not in never]


def step(desk: FileDossier, filing: Filing, what: str, number: int, place: int) -> Filing:
    """One touch."""
    if what == "keep":
        return desk.keep_page(filing, Language.VI, picture(number), f"keep-{number}")
    if what == "drop all" or filing.scanned == 0:
        return desk.drop_pages(filing)
    return desk.drop_page(filing, 1 + place % filing.scanned, f"drop-{number}")


def picture(number: int) -> bytes:
    return f"page {number}".encode()


def test_without_the_last_look_the_office_would_refuse() -> None:
    """So the test above can fail."""
    office = FakeFilings()
    filing = begun()
    filing = replace(filing, code=office.save(filing, Language.VI))
    office.keep_page(filing, 1, b"page", "key")
    with pytest.raises(RefusedError, match="other pages"):
        office.hand_in(filing, Language.VI)


def test_a_lost_answer_to_the_handing_in_itself_is_repeated() -> None:
    office = FakeFilings()
    desk, filing = FileDossier(office, None, OFFICE), begun()
    filing = desk.keep_page(filing, Language.VI, b"one", "one")
    office.loses = True
    with pytest.raises(ServerAwayError):
        desk.keep_page(filing, Language.VI, b"two", "two")
    office.loses = True
    with pytest.raises(ServerAwayError):
        desk.hand_in(filing, Language.VI, no_fee)
    code = desk.hand_in(filing, Language.VI, no_fee).filed.code
    assert list(office.filed) == [code]
    assert office.pages[filing.code][filing.paper] == [b"one"]


@pytest.mark.parametrize("khmer", [True, False])
def test_a_receipt_for_a_reader_of_khmer_is_khmer_where_the_printer_draws_it(khmer: bool) -> None:  # noqa: FBT001 - a parameter
    shipped = CATALOGUE.procedure(FORM.procedure)
    assert shipped is not None
    # The fake calls a procedure as its form is called.
    known = replace(shipped, name=replace(shipped.name, vi=FORM.title.vi))
    papers = tuple((one.name.vi, True) for one in known.documents)
    tray = PaperTray()
    desk = FileDossier(FakeFilings(), tray, OFFICE, khmer=khmer)
    desk.hand_in(replace(begun(), papers=papers), Language.KM, lambda filed: filed.code, known)
    (slip,) = tray.printed
    assert slip.language == ("km" if khmer else "vi")
    names = [one.name for one in known.documents]
    assert slip.bring == tuple(one.km if khmer else one.vi for one in names)
    assert slip.service == (f"{known.name.km} ({known.name.vi})" if khmer else known.name.vi)


def test_what_the_office_calls_otherwise_is_not_put_into_our_khmer() -> None:
    ours = Words("Đất đai", "Land", "ដីធ្លី")
    assert Words("Đất đai", "Plots").known_as(ours) == ours
    renamed = Words("Nhà đất", "Land")
    assert renamed.known_as(ours) == renamed == renamed.known_as(None)
    assert renamed.on_slip(Language.KM) == "Nhà đất"


def test_an_appointment_and_a_visit_at_home_are_named_in_our_khmer() -> None:
    copies = CATALOGUE.service("CT")
    assert copies is not None
    heard = Words(copies.name.vi, copies.name.en)
    assert CATALOGUE.named(heard).km == copies.name.km
    assert CATALOGUE.named(Words("Quầy hỗ trợ", "Help")) == Words("Quầy hỗ trợ", "Help")
