"""Clip packs on disk: what to record, the recorded files, and a new `pack.toml`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import tomlkit
from pydantic import BaseModel, ConfigDict, Field

from kiosk.adapters.wav_files import WavError, read_wav
from kiosk.config.clip_pack import PACK_FILE, ClipPack, WavName
from kiosk.domain.clip_faults import Clip, Prompt
from kiosk.domain.clip_words import words_of
from queue_server.contracts.config_file import ConfigError, read_config


class _Prompt(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    file: WavName
    text: Annotated[str, Field(min_length=1)]
    hint: str = ""


class _Prompts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    prompts: list[_Prompt]


def read_prompts(language: str) -> list[Prompt]:
    """Read what a pack of a language must be able to say.

    Raises:
        ConfigError: nobody has written it down for this language.
    """
    folder = Path(str(files("kiosk") / "data" / "voice"))
    written = sorted(path.stem for path in folder.glob("*.toml"))
    if language not in written:
        raise ConfigError(f"no prompts for the language '{language}', only {', '.join(written)}")
    found = read_config(folder / f"{language}.toml", _Prompts).prompts
    return [Prompt(one.file, one.text, words_of(one.text), one.hint) for one in found]


def read_clips(folder: Path, pack: ClipPack) -> list[Clip]:
    """Read every clip that the pack names; a file that cannot be read says so in its clip."""
    return [_clip(folder, clip.file, clip.text) for clip in pack.clips]


def write_pack(folder: Path, pack: ClipPack) -> None:
    """Write a `pack.toml`; the folder is made, a file that is there already is not touched.

    Raises:
        ConfigError: there is one already, or the folder cannot be written.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment("One voice of the announcer. Check it: motcua voice check FOLDER"))
    for key, value in pack.model_dump(exclude={"clips"}).items():
        document[key] = value
    clips = tomlkit.aot()
    for clip in pack.clips:
        clips.append(tomlkit.item(clip.model_dump()))
    document["clips"] = clips
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / PACK_FILE).open("x", encoding="utf-8") as file:
            file.write(tomlkit.dumps(document))
    except FileExistsError:
        raise ConfigError(f"{folder / PACK_FILE}: is there already") from None
    except OSError as fault:
        raise ConfigError(f"{folder}: cannot be written: {fault.strerror}") from None


def _clip(folder: Path, file: str, text: str) -> Clip:
    try:
        return Clip(file, words_of(text), read_wav(folder / file))
    except WavError as fault:
        return Clip(file, words_of(text), None, str(fault))
