"""`motcua voice`: make, record and check the clip pack of a voice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.adapters.alsa_audio import AlsaRecorder
from kiosk.adapters.clip_folder import read_clips, read_prompts, write_pack
from kiosk.adapters.wav_files import write_wav
from kiosk.config.clip_pack import PACK_FILE, ClipPack, ClipSection, read_clip_pack
from kiosk.domain.clip_faults import Prompt, pack_faults
from kiosk.domain.clip_words import words_of
from kiosk.use_cases.record_clips import RecordClips
from kiosk.use_cases.voice_ports import AudioIn
from queue_server.contracts.config_file import ConfigError

Say = Callable[[str], None]


def check(folder: Path, say: Say) -> bool:
    """Say every fault of a pack, one line each.

    Returns:
        Whether it has none.

    Raises:
        ConfigError: it has no usable `pack.toml`, or nobody knows what its language needs.
    """
    pack = read_clip_pack(folder)
    clips = read_clips(folder, pack)
    faults = list(pack_faults(clips, pack.sample_rate, read_prompts(pack.language)))
    for fault in faults:
        say(fault)
    if not faults:
        seconds = sum(clip.sound.seconds for clip in clips if clip.sound)
        say(f"{pack.voice} ({pack.language}): {len(clips)} clips, {seconds:.0f} s, all usable")
    return not faults


def make(folder: Path, *, language: str, voice: str, licence: str, rate: int) -> None:
    """Make a new pack that lacks only its recordings.

    Raises:
        ConfigError: there is one already, or a value cannot be used.
    """
    clips = [ClipSection(file=p.file, text=p.text) for p in read_prompts(language)]
    try:
        pack = ClipPack.model_validate(
            {
                "language": language,
                "voice": voice,
                "licence": licence,
                "sample_rate": rate,
                "clips": clips,
            }
        )
    except ValueError as fault:
        raise ConfigError(f"{folder / PACK_FILE}: {fault}") from None
    write_pack(folder, pack)


def prompts(folder: Path) -> list[tuple[Prompt, bool]]:
    """What the clips of a pack say, and whether each file is there.

    Raises:
        ConfigError: it has no usable `pack.toml`.
    """
    pack = read_clip_pack(folder)
    hints = {prompt.words: prompt.hint for prompt in read_prompts(pack.language)}
    return [
        (
            Prompt(clip.file, clip.text, words_of(clip.text), hints.get(words_of(clip.text), "")),
            (folder / clip.file).is_file(),
        )
        for clip in pack.clips
    ]


def microphone_of(device: str) -> AudioIn:
    """The ALSA microphone of a name."""
    return AlsaRecorder(device)


def record(
    folder: Path,
    wanted: list[Prompt],
    ready: Callable[[Prompt], bool],
    say: Say,
    microphone: AudioIn,
) -> list[str]:
    """Record clips of a pack.

    Returns:
        The files that were recorded.

    Raises:
        ConfigError: it has no usable `pack.toml`.
        AudioError: the microphone is not there.
    """
    rate = read_clip_pack(folder).sample_rate
    recorder = RecordClips(
        microphone,
        rate,
        lambda file, sound: write_wav(folder / file, sound),
    )
    return recorder.run(wanted, ready, say)
