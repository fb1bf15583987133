"""The process that speaks: calls come in, each goes to the loudspeaker of its counter's zone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping, Sequence

from kiosk.agents.zone_speaker import ZoneSpeaker
from kiosk.domain.call_ledger import CallLedger
from kiosk.domain.spoken_call import OfficeNow, SpokenCall
from kiosk.use_cases.voice_ports import CallsLink, Voice, VoiceError

log = logging.getLogger(__name__)

TRIAL = ("Mời công dân có số A không không một đến quầy số một.", "vi")
SPEAKER_LOST = "Loa không phát, xem dây và nguồn / speaker silent, check cable and power: {}"
NO_VOICE = "Chỉ có chuông, không có giọng đọc / chime only, no voice: {}"
NO_ZONE = "Quầy chưa có loa / counter without a speaker zone: {}"


class AnnouncerAgent:
    """Routes calls to zones and tells the office what is wrong, in plain words."""

    def __init__(
        self,
        zones: Sequence[ZoneSpeaker],
        zone_of: Mapping[int, ZoneSpeaker],
        others: ZoneSpeaker | None,
        voice: Voice,
        link: CallsLink,
    ) -> None:
        """Put an announcer together.

        Args:
            zones: every zone once.
            zone_of: the zone of each counter that is named.
            others: the zone of all other counters, if there is one.
            voice: tried at the start, so that its absence is known before the first call.
            link: the way from the server.
        """
        self._zones = zones
        self._zone_of = zone_of
        self._others = others
        self._voice = voice
        self._link = link
        self._ledger = CallLedger()
        self._lock = threading.Lock()
        self._homeless: set[int] = set()

    def start(self) -> None:
        """Speak in the background until `close`."""
        try:
            self._voice.say(*TRIAL)
        except VoiceError as fault:
            for zone in self._zones:
                zone.voice_fault = str(fault)
            log.warning("no voice, only the chime: %s", fault)
        for zone in self._zones:
            zone.start(self._report)
        self._link.start(self._call, self._office, self._linked)
        self._report()

    def close(self) -> None:
        """Fall silent, then say goodbye."""
        for zone in self._zones:
            zone.close()
        self._link.close()

    def wake(self) -> None:
        """Look at the clock now; for a clock that does not run by itself."""
        for zone in self._zones:
            zone.wake()

    def _call(self, call: SpokenCall) -> None:
        if not self._ledger.hear(call):
            return
        zone = self._zone_of.get(call.counter, self._others)
        if zone is not None:
            zone.hear(call)
        elif call.counter not in self._homeless:
            log.warning("counter %d belongs to no zone: its calls are not spoken", call.counter)
            self._homeless.add(call.counter)
            self._report()

    def _office(self, office: OfficeNow) -> None:
        for call in self._ledger.catch_up(office):
            log.info("call %d came only with the board", call.seq)
            self._call(call)
        missed = self._ledger.missed(office)
        if missed:
            log.warning(
                "%d call(s) never arrived here and were not spoken: %s", len(missed), missed
            )
        for zone in self._zones:
            zone.office(office)

    def _linked(self, up: bool) -> None:  # noqa: FBT001 - the callback of the port
        if up:
            self._ledger.link()

    def _report(self) -> None:
        with self._lock:  # zones and the network tell in their own threads; the last one is right
            lost = [zone.name for zone in self._zones if zone.audio_fault is not None]
            voices = {zone.voice_fault for zone in self._zones} - {None}
            fault = next(iter(voices), None)
            said = [
                *([SPEAKER_LOST.format(", ".join(lost))] if lost else []),
                *([NO_VOICE.format(fault)] if fault else []),
                *([NO_ZONE.format(_listed(self._homeless))] if self._homeless else []),
            ]
            self._link.report("; ".join(said))


def _listed(numbers: set[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers))
