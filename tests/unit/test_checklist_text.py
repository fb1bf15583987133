"""The checklist in a code: every procedure, both languages, short enough for any phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.adapters.slip_qr import qr_modules
from kiosk.adapters.text_files import read_texts
from kiosk.domain.catalogue import Procedure
from kiosk.domain.words import Language, Words
from kiosk.ui.checklist_text import MOST_BYTES, checklist_text
from kiosk.ui.locale import Locale

CATALOGUE = read_catalogue(Path(str(shipped_catalogue())))
OFFICE = Words("Trung tâm Phục vụ hành chính công phường Mẫu", "Sample Ward Service Centre")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("procedure", CATALOGUE.procedures, ids=lambda p: p.code)
def test_every_checklist_fits_and_names_what_is_needed(
    procedure: Procedure, language: Language
) -> None:
    locale = Locale(read_texts(), language)
    text = checklist_text(procedure, locale, OFFICE)
    assert len(text.encode()) <= MOST_BYTES
    assert len(qr_modules(text)) <= 101
    assert all(locale.of(d.name) in text for d in procedure.documents if not d.conditional)
    assert locale.fee(procedure) in text
    assert locale.fee_note(procedure) in text
