"""`pack.toml`: whose voice a folder of clips is, and which words each clip says."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from kiosk.domain.clip_words import words_of
from queue_server.contracts.config_file import read_config

PACK_FILE = "pack.toml"
WavName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,59}\.wav$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClipSection(_Strict):
    """`[[clips]]`: one file and the words it says, as they stand in the announcement."""

    file: WavName
    text: Annotated[str, Field(min_length=1)]

    @model_validator(mode="after")
    def _says_something(self) -> ClipSection:
        if not words_of(self.text):
            raise ValueError(f"{self.file}: the text has no word")
        return self


class ClipPack(_Strict):
    """One language in one voice; all clips are WAV, 16 bits, one channel, at one rate."""

    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")]
    voice: Annotated[str, Field(min_length=1, description="Whose voice, as the office names it")]
    licence: Annotated[str, Field(min_length=1, description="Who may use the recordings, and how")]
    sample_rate: Literal[16000, 22050, 24000, 32000, 44100, 48000]
    gap_ms: Annotated[int, Field(ge=0, le=500, description="Silence between two clips")] = 60
    clips: Annotated[list[ClipSection], Field(min_length=1)]

    @model_validator(mode="after")
    def _each_once(self) -> ClipPack:
        for what, values in (
            ("file", [clip.file for clip in self.clips]),
            ("text", [" ".join(words_of(clip.text)) for clip in self.clips]),
        ):
            twice = next((value for value in values if values.count(value) > 1), None)
            if twice is not None:
                raise ValueError(f"two clips have the {what} '{twice}'")
        return self


def read_clip_pack(folder: Path) -> ClipPack:
    """Read the `pack.toml` of a folder.

    Raises:
        ConfigError: it is missing or cannot be used; the message names the key and the cure.
    """
    return read_config(folder / PACK_FILE, ClipPack)
