"""A configuration fault is one line: the file, the key, and what it should have been."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field

from queue_server.contracts.config_file import ConfigError, read_config


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Port(Strict):
    number: int
    address: str = "127.0.0.1"


class Counter(Strict):
    number: int
    name: str


class Serial(Strict):
    kind: Literal["serial"]
    device: str


class Network(Strict):
    kind: Literal["network"]
    host: str


class Office(Strict):
    name: str
    keypad: Annotated[Serial | Network, Field(discriminator="kind")] | None = None
    port: Port | None = None
    counters: list[Counter] = Field(default_factory=list)
    printers: dict[str, Port] = Field(default_factory=dict)


Fault = Callable[[str], str]


@pytest.fixture
def fault(tmp_path: Path) -> Fault:
    """Return the one line that a wrong file is answered with, without the file's name."""
    path = tmp_path / "office.toml"

    def read(text: str) -> str:
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            read_config(path, Office)
        said = str(caught.value)
        assert "\n" not in said
        assert said.startswith(f"{path}: ")
        return said.removeprefix(f"{path}: ")

    return read


def test_a_good_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(
        'name = "Phường Cái Khế"\n[port]\nnumber = 8080\n'
        '[[counters]]\nnumber = 1\nname = "Quầy số 1"\n',
        encoding="utf-8",
    )
    office = read_config(path, Office)
    assert office.name == "Phường Cái Khế"
    assert office.port == Port(number=8080)
    assert [counter.name for counter in office.counters] == ["Quầy số 1"]


def test_an_unknown_key_is_named_with_the_nearest_valid_one(fault: Fault) -> None:
    assert fault('name = "a"\nprinterz = {}') == (
        "unknown key 'printerz'; did you mean 'printers'?"
    )


def test_an_unknown_key_inside_a_table(fault: Fault) -> None:
    said = fault('name = "a"\n[port]\nnumber = 1\nadress = "x"')
    assert said == "unknown key 'port.adress'; did you mean 'address'?"


def test_an_unknown_key_in_a_list_of_tables_says_which(fault: Fault) -> None:
    said = fault(
        'name = "a"\n[[counters]]\nnumber = 1\nname = "x"\n'
        '[[counters]]\nnumber = 2\nname = "y"\nnumbr = 3'
    )
    assert said == "unknown key 'counters.1.numbr'; did you mean 'number'?"


def test_an_unknown_key_in_a_named_table(fault: Fault) -> None:
    said = fault('name = "a"\n[printers.hall]\nnumber = 1\nadres = "x"')
    assert said == "unknown key 'printers.hall.adres'; did you mean 'address'?"


def test_an_unknown_key_in_one_kind_of_several(fault: Fault) -> None:
    said = fault('name = "a"\n[keypad]\nkind = "serial"\ndevice = "x"\ndevise = "y"')
    assert said.startswith("unknown key 'keypad.")
    assert said.endswith("devise'; did you mean 'device'?")


def test_nothing_near_is_not_guessed(fault: Fault) -> None:
    assert fault('name = "a"\nzzz = 1') == "unknown key 'zzz'"


def test_a_misspelt_required_key_is_named_before_the_missing_one(fault: Fault) -> None:
    assert fault('nmae = "a"') == "unknown key 'nmae'; did you mean 'name'?"


def test_a_wrong_type_names_the_key(fault: Fault) -> None:
    said = fault('name = "a"\n[port]\nnumber = "http"')
    assert said.startswith("port.number: ")
    assert "integer" in said


def test_a_missing_key_is_named(fault: Fault) -> None:
    assert fault("") == "name: Field required"


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.toml"
    with pytest.raises(ConfigError, match="there is no such file"):
        read_config(path, Office)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(tmp_path, Office)


def test_bad_toml_names_the_line(fault: Fault) -> None:
    said = fault('name = "a"\nport = \nx = 1')
    assert said.startswith("not valid TOML: ")
    assert "line 2" in said


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_bytes(b'name = "\xff\xfe"')
    with pytest.raises(ConfigError, match="cannot be read"):
        read_config(path, Office)


def test_a_page_says_it_in_vietnamese_first(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    told = (
        ('name = "a"\nprinterz = {}', "không có mục 'printerz'; có phải 'printers'?"),
        ('name = "a"\n[port]\nnumber = "http"', "port.number: phải là số nguyên"),
        ("", "name: còn thiếu"),
        ("name =", "tệp không đúng dạng TOML"),
    )
    for text, vietnamese in told:
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigError) as caught:
            read_config(path, Office)
        assert caught.value.for_page() == f"{path}: {vietnamese} / {caught.value}"
    assert ConfigError("no").for_page() == "cấu hình không dùng được / no"
