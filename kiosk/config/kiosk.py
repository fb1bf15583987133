"""What one kiosk must know at start: its office, its server, its devices, its screen."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.config import broker
from kiosk.config.printer import PrinterConfig
from kiosk.domain.words import Language

Text = Annotated[str, Field(min_length=1, max_length=120)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OfficeSection(_Strict):
    """`[office]`: the name over the screen and on the slip; `id` stands in the MQTT topics."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    name_vi: Text
    name_en: Text


class ServerSection(_Strict):
    """`[server]`: where numbers come from; the paths are relative to the config file.

    `ca` is the office's own root (`tls/ca.pem`) where `url` is https; without it the system's.
    """

    url: Annotated[str, Field(pattern=r"^https?://\S+$")]
    credentials: Path
    ca: Path | None = None


class MqttSection(broker.MqttSection):
    """`[mqtt]`: where presence is told; without it staff cannot see paper and faults."""

    host: Text
    heartbeat_s: Annotated[float, Field(gt=0, le=300)] = 30.0


class ScreenSection(_Strict):
    """`[screen]`: how it stands, what it speaks first, when it forgets an absent citizen.

    `help_vi` and `help_en` are where people go when the kiosk cannot help them. `diagonal_inch` is
    that of the glass, by default 27 in portrait and 15.6 in landscape: 20 mm for a finger follow
    from it. `languages` are offered in this order.
    """

    orientation: Literal["portrait", "landscape"] = "portrait"
    fullscreen: bool = True
    diagonal_inch: Annotated[float, Field(ge=7, le=100)] | None = None
    language: Language = Language.VI
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = tuple(Language)
    theme: Path | None = None
    palette: Literal["light", "dark", "contrast"] = "light"
    idle_s: Annotated[float, Field(ge=5, le=600)] = 45.0
    warning_s: Annotated[int, Field(ge=5, le=60)] = 20
    ticket_s: Annotated[int, Field(ge=5, le=120)] = 25
    help_vi: Text = "bàn hướng dẫn"
    help_en: Text = "the information desk"


class SoundSection(_Strict):
    """`[sound]`: ALSA devices, or `disk:FOLDER`, or `none` for silence.

    `headset` speaks to whoever uses the keypad; `room` warns when time runs out, by default on
    the machine's own loudspeaker: a limit that only the eye hears of is none for the blind.
    `packs` are folders of recorded clips, best first; espeak-ng says what they cannot.
    """

    headset: Text | None = None
    room: Text = "default"
    packs: tuple[Path, ...] = ()
    words_per_minute: Annotated[int, Field(ge=80, le=300)] = 140


class KeypadSection(_Strict):
    """`[keypad]`: a key map of the office's own; without it arrow keys and numpads work."""

    map: Path | None = None


class ScannerSection(_Strict):
    """`[scanner]`: a code scanner in USB-COM mode; `path` should be a udev symlink."""

    path: Text
    baud: Literal[9600, 19200, 38400, 57600, 115200] = 9600


class CatalogueSection(_Strict):
    """`[catalogue]`: a folder of the office's own procedure files; without it the shipped ones."""

    folder: Path | None = None


class CameraSection(_Strict):
    """`[camera]`: the door of `motcua camera` on this machine; without it nobody is ever asked."""

    door: Path


class PapersSection(_Strict):
    """`[papers]`: what takes pictures of papers; without it papers are only ticked.

    `camera` is a document camera that looks down (path or number), `pictures` a folder into which
    a flatbed scanner puts its pictures: exactly one of them. `read` proposes answers from print,
    where tesseract with Vietnamese is installed.
    """

    camera: Text | None = None
    pictures: Path | None = None
    width: Annotated[int, Field(ge=640, le=5000)] = 2592
    height: Annotated[int, Field(ge=480, le=5000)] = 1944
    colours: Literal["bgr", "rgb"] = "bgr"
    read: bool = True

    @model_validator(mode="after")
    def _one_way(self) -> PapersSection:
        if (self.camera is None) == (self.pictures is None):
            raise ValueError("name either camera or pictures")
        return self


class KioskConfig(_Strict):
    """`kiosk.toml`. Relative paths count from the folder of the file.

    `[second_printer]` prints what `[printer]` cannot.
    """

    office: OfficeSection
    server: ServerSection
    mqtt: MqttSection | None = None
    printer: PrinterConfig = PrinterConfig()
    second_printer: PrinterConfig = PrinterConfig()
    screen: ScreenSection = ScreenSection()
    sound: SoundSection = SoundSection()
    keypad: KeypadSection = KeypadSection()
    scanner: ScannerSection | None = None
    catalogue: CatalogueSection = CatalogueSection()
    camera: CameraSection | None = None
    papers: PapersSection | None = None
    state: Path = Path("state")
