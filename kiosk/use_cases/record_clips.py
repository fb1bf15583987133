"""Leads a person through the clips of a pack, one after another, until each can be used."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kiosk.domain.clip_faults import Clip, Prompt, clip_faults
from kiosk.domain.sound import Sound, trimmed
from kiosk.use_cases.voice_ports import AudioIn

SECONDS_FOR_ONE_WORD = 1.5
SECONDS_FOR_EACH_MORE = 0.4


class RecordClips:
    """Records until a clip has no fault or the person leaves it out."""

    def __init__(self, microphone: AudioIn, rate: int, keep: Callable[[str, Sound], None]) -> None:
        """Record at a rate; `keep` stores the sound of a file."""
        self._microphone = microphone
        self._rate = rate
        self._keep = keep

    def run(
        self,
        prompts: Iterable[Prompt],
        ready: Callable[[Prompt], bool],
        tell: Callable[[str], None],
    ) -> list[str]:
        """Record every prompt.

        Args:
            prompts: what to record, in this order.
            ready: shows the person what to say and waits; False leaves the prompt out.
            tell: says what came of it.

        Returns:
            The files that were recorded.

        Raises:
            AudioError: the microphone is not there.
        """
        return [prompt.file for prompt in prompts if self._one(prompt, ready, tell)]

    def _one(
        self, prompt: Prompt, ready: Callable[[Prompt], bool], tell: Callable[[str], None]
    ) -> bool:
        more = len(prompt.words) - 1
        while ready(prompt):
            seconds = SECONDS_FOR_ONE_WORD + SECONDS_FOR_EACH_MORE * more
            sound = trimmed(self._microphone.record(seconds, self._rate))
            faults = clip_faults(Clip(prompt.file, prompt.words, sound), self._rate)
            if not faults:
                self._keep(prompt.file, sound)
                tell(f"{prompt.file}: {sound.seconds:.1f} s")
                return True
            tell(f"{prompt.file}: {'; '.join(faults)}; once more")
        return False
