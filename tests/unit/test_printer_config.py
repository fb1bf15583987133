"""The printer's settings: what is missing, misplaced or misspelt is said in one line."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from kiosk.bootstrap.printer import printer_from
from kiosk.config.printer import PrinterConfig
from queue_server.contracts.config_file import ConfigError, read_config


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"kind": "network"}, "kind 'network' needs 'host'"),
        ({"kind": "usb", "vendor_id": 0x04B8}, "kind 'usb' needs 'product_id'"),
        ({"kind": "serial", "host": "x"}, "'host' belongs to kind 'network', not 'serial'"),
        ({"kind": "file"}, "kind 'file' needs 'path'"),
        ({"kind": "fax"}, "Input should be 'network'"),
        ({"paper_dots": 570}, "multiple of 8"),
        ({"reply_timeout_s": 3}, "less than or equal to 2"),
    ],
)
def test_unusable_settings_are_named(settings: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        PrinterConfig.model_validate(settings)


def test_misspelt_key_is_named_with_the_right_one(tmp_path: Path) -> None:
    file = tmp_path / "printer.toml"
    file.write_text('kind = "network"\nhots = "printer.lan"\n')
    with pytest.raises(ConfigError, match="unknown key 'hots'; did you mean 'host'"):
        read_config(file, PrinterConfig)


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({"kind": "serial", "device": "/dev/ttyS0", "baudrate": 9600}, True),
        ({"kind": "serial", "device": "/dev/ttyS0", "baudrate": 115200}, False),
        ({"kind": "serial", "device": "/dev/ttyS0", "baudrate": 9600, "layout": "picture"}, False),
        ({"kind": "network", "host": "printer.lan"}, False),
        ({"kind": "network", "host": "printer.lan", "layout": "text"}, True),
    ],
)
def test_slow_lines_print_text_unless_told_otherwise(
    settings: dict[str, object], *, text: bool
) -> None:
    assert PrinterConfig.model_validate(settings).prints_text is text


def test_kiosk_without_a_printer_has_none() -> None:
    assert printer_from(PrinterConfig()) is None


def test_every_setting_is_explained() -> None:
    assert [name for name, f in PrinterConfig.model_fields.items() if not f.description] == []
