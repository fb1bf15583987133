"""A recorded voice: announcements put together from the clips of one pack, kept in memory."""

from __future__ import annotations

from pathlib import Path

from kiosk.adapters.clip_folder import read_clips
from kiosk.config.clip_pack import read_clip_pack
from kiosk.domain.clip_words import WordsMissing, cover, words_of
from kiosk.domain.sound import Sound, joined
from kiosk.use_cases.voice_ports import VoiceError


class ClipVoice:
    """Says what its clips can say, in its one language.

    A clip that cannot be used is left out, and so are the calls that need it: then the next voice
    speaks. `faults` names such clips, one line each.
    """

    def __init__(self, folder: Path) -> None:
        """Read all clips now, so that no disk is waited for when a citizen is called.

        Raises:
            ConfigError: the folder has no usable `pack.toml`.
        """
        pack = read_clip_pack(folder)
        self.language = pack.language
        self._gap_s = pack.gap_ms / 1000
        self._clips: dict[tuple[str, ...], Sound] = {}
        self.faults: list[str] = []
        for clip in read_clips(folder, pack):
            if clip.sound is None or clip.sound.rate != pack.sample_rate:
                self.faults.append(f"{folder / clip.file}: {clip.fault or 'wrong sample rate'}")
            else:
                self._clips[clip.words] = clip.sound

    def say(self, text: str, language: str) -> Sound:
        """Return the clips of a text, with small gaps.

        Raises:
            VoiceError: another language, or a word that no clip says.
        """
        if language != self.language:
            raise VoiceError(f"the clip pack speaks '{self.language}', not '{language}'")
        try:
            chosen = cover(words_of(text), self._clips)
        except WordsMissing as fault:
            raise VoiceError(f"the clip pack lacks: {fault}") from None
        if not chosen:
            raise VoiceError("there is nothing to say")
        return joined([self._clips[words] for words in chosen], gap_s=self._gap_s)
