"""An office to learn in: the sample ward, marked as training in every fact, in a folder apart."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import tomlkit

from queue_server.adapters.new_office import make_office_from
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import ConfigError, read_config

ID = "training"
MARK_VI, MARK_EN = "ĐÀO TẠO", "TRAINING"


def prepare_training(folder: Path, counter: int) -> None:
    """Make the training office in `folder`, or use the one that is there.

    The mark `training` stands in its configuration, so in the first event of each of its days, and
    on board, display, console and follow page. Slips, which know no marks, show it by name.

    Raises:
        ConfigError: the folder holds a real office, or no counter has this number.
        NewOfficeError: the folder cannot be written.
    """
    config = folder / "motcua.toml"
    if not config.exists():
        make_office_from(folder, training_toml())
    file = read_config(config, OfficeFile)
    if not file.office.training:
        raise ConfigError(f"{config}: this is a real office; nobody trains in it")
    numbers = [d.counter for d in file.devices if d.role == "counter" and d.counter is not None]
    if counter not in numbers:
        raise ConfigError(f"{config}: no counter {counter} to train at; there are {numbers}")


def training_toml() -> str:
    """The sample ward, marked."""
    sample = (files("queue_server.config") / "samples" / "ward.toml").read_text("utf-8")
    document = tomlkit.parse(sample).unwrap()
    office = document["office"]
    office["id"] = ID
    office["training"] = True
    office["name_vi"] = f"{MARK_VI} · {office['name_vi']}"
    office["name_en"] = f"{MARK_EN} · {office['name_en']}"
    for counter in document["counters"]:
        # The console shows no office, only its counter.
        counter["name_vi"] = f"Quầy {counter['number']} · {MARK_VI}"
        counter["name_en"] = f"Counter {counter['number']} · {MARK_EN}"
    return tomlkit.dumps(document)
