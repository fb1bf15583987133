"""What the announcer must know at start: its office, its voices, its zones, how loud when."""

from __future__ import annotations

from datetime import time
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.config.broker import MqttSection
from kiosk.domain.voice_hours import Span, VoiceHours
from queue_server.contracts.config_file import read_config

Percent = Annotated[int, Field(ge=0, le=100)]
Counter = Annotated[int, Field(ge=1, le=999)]
TimeOfDay = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SpanSection(_Strict):
    """`[[quiet]]`: from a time of day until another, `to` no longer included."""

    start: TimeOfDay = Field(alias="from", description="HH:MM on the machine's clock")
    to: TimeOfDay

    @model_validator(mode="after")
    def _lasts(self) -> SpanSection:
        if self.start == self.to:
            raise ValueError(f"from {self.start} to {self.to} is no time at all")
        return self

    @property
    def span(self) -> Span:
        """The span as the rules know it."""
        return Span(time.fromisoformat(self.start), time.fromisoformat(self.to))


class VolumeSection(SpanSection):
    """`[[volumes]]`: how loud in one span; 50 is heard as half as loud as 100."""

    percent: Percent


class EspeakSection(_Strict):
    """`[espeak]`: the voice that speaks where no clip pack does."""

    enabled: bool = True
    words_per_minute: Annotated[int, Field(ge=80, le=300)] = 140
    voices: dict[str, Annotated[str, Field(pattern=r"^[a-z0-9+-]{2,40}$")]] = Field(
        default_factory=lambda: {"vi": "vi", "en": "en-gb"},
        description="language → voice of espeak-ng",
    )


class ZoneSection(_Strict):
    """`[[zones]]`: a room, its counters and the device that is heard there."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    counters: list[Counter] = Field(
        default_factory=list, description="Empty: all counters that no other zone names"
    )
    device: Annotated[str, Field(min_length=1)] = Field(
        "default", description="ALSA device, or disk:FOLDER to write WAV files"
    )
    volume: Percent = Field(100, description="Of the office's volume, for a loud or small room")


class AnnouncerConfig(_Strict):
    """`announcer.toml`. Relative paths count from the folder of the file."""

    office: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    credentials: Path
    mqtt: MqttSection = MqttSection()
    packs: list[Path] = Field(default_factory=list, description="Folders of clips, best first")
    repeats: Annotated[int, Field(ge=1, le=5)] = Field(2, description="How often a call is said")
    hurry_over: Annotated[int, Field(ge=0, le=100)] = Field(
        4, description="With more calls waiting than this, each is said once"
    )
    oldest_s: Annotated[float, Field(ge=5, le=600)] = Field(
        60.0, description="A call that waited longer, in seconds, is left out"
    )
    chime: bool = True
    volume: Percent = Field(80, description="Outside all `volumes`")
    volumes: list[VolumeSection] = Field(default_factory=list, description="The first that fits")
    quiet: list[SpanSection] = Field(default_factory=list, description="Nothing is said")
    espeak: EspeakSection = EspeakSection()
    zones: Annotated[list[ZoneSection], Field(min_length=1)]

    @model_validator(mode="after")
    def _zones_fit(self) -> AnnouncerConfig:
        for what, values in (
            ("name", [zone.name for zone in self.zones]),
            ("device", [zone.device for zone in self.zones]),
            ("counter", [str(number) for zone in self.zones for number in zone.counters]),
        ):
            twice = next((value for value in values if values.count(value) > 1), None)
            if twice is not None:
                raise ValueError(f"two zones have the {what} '{twice}'")
        if sum(not zone.counters for zone in self.zones) > 1:
            raise ValueError("only one zone may have no 'counters': it takes all others")
        return self

    @property
    def hours(self) -> VoiceHours:
        """How loud the office speaks when."""
        return VoiceHours(
            self.volume,
            [(section.span, section.percent) for section in self.volumes],
            [section.span for section in self.quiet],
        )


def read_announcer_config(path: Path) -> AnnouncerConfig:
    """Read the file; relative paths start at the file's own folder.

    Raises:
        ConfigError: the file cannot be used; the message names the key and the cure.
    """
    config = read_config(path, AnnouncerConfig)
    return config.model_copy(
        update={
            "credentials": path.parent / config.credentials,
            "mqtt": config.mqtt.beside(path.parent, path.parent / config.credentials),
            "packs": [path.parent / pack for pack in config.packs],
        }
    )
