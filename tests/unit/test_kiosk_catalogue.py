"""The shipped catalogue is whole, and a faulty one is refused with the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.domain.catalogue import Catalogue
from queue_server.contracts.config_file import ConfigError

SHIPPED = Path(str(shipped_catalogue()))
LETTERS = {
    "HT": "A", "CT": "B", "DD": "C", "XD": "D", "LD": "E",
    "KD": "F", "BH": "G", "CA": "H", "DN": "K", "TP": "L",
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(SHIPPED)


def test_it_holds_the_46_procedures_in_ten_services(catalogue: Catalogue) -> None:
    assert {service.id: service.letter for service in catalogue.services} == LETTERS
    assert len(catalogue.procedures) == 46
    assert [service.id for service in catalogue.services][:2] == ["CT", "HT"]


def test_every_procedure_can_be_explained(catalogue: Catalogue) -> None:
    for procedure in catalogue.procedures:
        assert procedure.also, procedure.code
        assert len(procedure.name.vi) <= 60, procedure.name.vi
        assert len(procedure.name.en) <= 60, procedure.name.en
        assert procedure.documents or "documents" in procedure.unsure, procedure.code
        assert catalogue.procedure(procedure.code) is procedure
        assert catalogue.service(procedure.service) is not None


def test_an_amount_set_by_the_province_is_left_open(catalogue: Catalogue) -> None:
    marital = catalogue.procedure("1.004873")
    assert marital is not None
    assert marital.fee.amount_vnd is None
    assert marital.fee.note is not None
    assert "Miễn cho người có công" in marital.fee.note.vi


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('code = "3.000333"', 'code = "3.333"', "procedure.0.code"),
        ("also = [", "alsoo = [", "did you mean 'also'"),
        ('mode = "full"', 'mode = "magic"', "procedure.0.mode"),
    ],
)
def test_a_faulty_file_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = (SHIPPED / "tp.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "tp.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=words) as caught:
        read_catalogue(tmp_path)
    assert "tp.toml" in str(caught.value)


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = (SHIPPED / "tp.toml").read_text(encoding="utf-8")
    (tmp_path / "one.toml").write_text(text, encoding="utf-8")
    (tmp_path / "two.toml").write_text(text.replace('id = "TP"', 'id = "XX"'), encoding="utf-8")
    with pytest.raises(ConfigError, match="twice"):
        read_catalogue(tmp_path)


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no catalogue files"):
        read_catalogue(tmp_path)
