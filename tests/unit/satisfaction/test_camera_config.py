"""The camera's settings: the shipped example works, and what is unsafe is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.config.camera import read_camera_config
from queue_server.adapters.device_files import write_device_files
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import ConfigError
from tests.fakes.offices import new_ward

EXAMPLE = Path(__file__).parents[3] / "firmware_configs" / "camera" / "camera.toml"
LEAST = 'office = "ward"\ncredentials = "c.json"\n'


def test_the_shipped_example_can_be_read() -> None:
    config = read_camera_config(EXAMPLE)
    assert len(config.region) == 4
    assert config.longest_s == 10
    assert config.credentials == EXAMPLE.parent / "credentials/camera-1.json"


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("longest_s = 11", "longest_s"),
        ("region = [[0, 0], [1.2, 0], [1, 1]]", "region"),
        ('colours = "gray"', "colours"),
        ("keep_pictures = true", "keep_pictures"),
    ],
)
def test_what_is_unsafe_is_refused_by_name(tmp_path: Path, line: str, key: str) -> None:
    path = tmp_path / "camera.toml"
    path.write_text(LEAST + line + "\n")
    with pytest.raises(ConfigError, match=key):
        read_camera_config(path)


def test_a_new_office_has_no_camera_and_an_asked_for_one_is_ready(tmp_path: Path) -> None:
    new_ward(tmp_path)
    assert "camera" not in (tmp_path / "motcua.toml").read_text("utf-8")
    office = OfficeFile.model_validate(
        {
            "office": {"id": "ward", "name_vi": "Phường", "name_en": "Ward"},
            "services": [{"id": "A", "letter": "A", "name_vi": "A", "name_en": "A"}],
            "counters": [{"number": 1, "services": ["A"]}],
            "devices": [{"id": "camera-1", "role": "camera"}],
        }
    )
    folder = tmp_path / "new"
    folder.mkdir()
    (path,) = write_device_files(folder, office)
    assert read_camera_config(path).office == "ward"


def test_a_camera_never_stands_for_one_counter() -> None:
    with pytest.raises(ValueError, match="never stands for one counter"):
        OfficeFile.model_validate(
            {
                "office": {"id": "ward", "name_vi": "Phường", "name_en": "Ward"},
                "services": [{"id": "A", "letter": "A", "name_vi": "A", "name_en": "A"}],
                "counters": [{"number": 1, "services": ["A"]}],
                "devices": [{"id": "camera-1", "role": "camera", "counter": 1}],
            }
        )
