"""What one counter must know at start: its office, its broker, its keypad and its sign."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.config.broker import MqttSection
from kiosk.domain.counter_sign import REMARK_TEXTS, Remark
from queue_server.contracts.config_file import read_config

Ascii = Annotated[str, Field(pattern=r"^[ -~]{0,16}$")]
Baud = Literal[1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KeypadSection(_Strict):
    """`[keypad]`: how the clerk's keys come in; `path` should be a udev symlink.

    `baud` and `checksum` belong to a serial keypad, `keys` (a map from `numpads/`) to a USB numpad.
    """

    kind: Literal["serial", "evdev"] = "serial"
    path: Annotated[str, Field(min_length=1)]
    baud: Baud = 9600
    checksum: Literal["optional", "required"] = "optional"
    keys: Path | None = None

    @model_validator(mode="after")
    def _kind_fits(self) -> KeypadSection:
        serial_only = self.model_fields_set & {"baud", "checksum"}
        if self.kind == "evdev" and serial_only:
            raise ValueError(f"'{min(serial_only)}' belongs to kind = \"serial\"")
        if self.kind == "serial" and self.keys is not None:
            raise ValueError("'keys' belongs to kind = \"evdev\"")
        return self


class RegistersSection(_Strict):
    """`[display.registers]`: how a Modbus display wants its text; see `Registers`."""

    first: Annotated[int, Field(ge=0, le=65535)] = 0
    digits_each: Literal[1, 2] = 1
    function: Literal[6, 16] = 16


class DisplaySection(_Strict):
    """`[display]`: the LED above the counter."""

    family: Literal["ascii", "modbus"]
    path: Annotated[str, Field(min_length=1)]
    baud: Baud = 9600
    address: Annotated[int, Field(ge=0, le=247)] = 1
    width: Annotated[int, Field(ge=3, le=16)] = 4
    registers: RegistersSection | None = None

    @model_validator(mode="after")
    def _family_fits(self) -> DisplaySection:
        if self.family == "ascii" and self.registers is not None:
            raise ValueError("'registers' belongs to family = \"modbus\"")
        if self.family == "ascii" and self.address > 99:  # noqa: PLR2004 - two digits on the wire
            raise ValueError("an ascii display has an address from 0 to 99")
        if self.family == "modbus" and self.address == 0:
            raise ValueError("a modbus display has an address from 1 to 247")
        return self


class CounterConfig(_Strict):
    """`counter.toml`. Relative paths count from the folder of the file."""

    office: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    counter: Annotated[int, Field(ge=1, le=999)]
    credentials: Path
    mqtt: MqttSection = MqttSection()
    keypad: KeypadSection | None = None
    display: DisplaySection | None = None
    remarks: dict[Remark, Ascii] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_a_device(self) -> CounterConfig:
        if self.keypad is None and self.display is None:
            raise ValueError("name a [keypad], a [display], or both")
        return self

    @property
    def texts(self) -> dict[Remark, str]:
        """What the sign says for each remark."""
        return {**REMARK_TEXTS, **self.remarks}


def read_counter_config(path: Path) -> CounterConfig:
    """Read the file; the relative paths of other files start at the file's own folder.

    Raises:
        ConfigError: the file cannot be used; the message names the key and the cure.
    """
    config = read_config(path, CounterConfig)
    credentials = path.parent / config.credentials
    mqtt = config.mqtt.beside(path.parent, credentials)
    found: dict[str, object] = {"credentials": credentials, "mqtt": mqtt}
    if config.keypad is not None and config.keypad.keys is not None:
        keys = path.parent / config.keypad.keys
        found["keypad"] = config.keypad.model_copy(update={"keys": keys})
    return config.model_copy(update=found)
