"""An office to learn in: the sample ward with the word TRAINING in its name, in a folder apart."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import tomlkit

from queue_server.adapters.new_office import make_office_from
from queue_server.config.office_file import OfficeFile
from queue_server.contracts.config_file import ConfigError, read_config

ID = "training"
MARK_VI, MARK_EN = "ĐÀO TẠO", "TRAINING"
NOTICE_VI = "ĐÀO TẠO: công dân và số trên màn hình này không có thật."
NOTICE_EN = "TRAINING: the people and numbers on this screen are not real."


def prepare_training(folder: Path, counter: int) -> None:
    """Make the training office in `folder`, or use the one that is there.

    Every screen and slip shows the name of its office or of its counter, so each says what it is.

    Raises:
        ConfigError: the folder holds a real office, or no counter has this number.
        NewOfficeError: the folder cannot be written.
    """
    config = folder / "motcua.toml"
    if not config.exists():
        make_office_from(folder, training_toml())
    file = read_config(config, OfficeFile)
    if file.office.id != ID or MARK_VI not in file.office.name_vi:
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
    office["name_vi"] = f"{MARK_VI} · {office['name_vi']}"
    office["name_en"] = f"{MARK_EN} · {office['name_en']}"
    for counter in document["counters"]:
        # The console shows no office, only its counter.
        counter["name_vi"] = f"Quầy {counter['number']} · {MARK_VI}"
        counter["name_en"] = f"Counter {counter['number']} · {MARK_EN}"
    document["display"] = {"notice_vi": NOTICE_VI, "notice_en": NOTICE_EN}
    return tomlkit.dumps(document)
