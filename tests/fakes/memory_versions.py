"""Catalogues and targets for offices, kept in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from queue_server.hub.contracts.downward import OfficeAnswer
from queue_server.hub.use_cases.city_board import Listed
from queue_server.hub.use_cases.hand_down import Unanswered, Wish
from queue_server.hub.use_cases.hand_versions import Aim, OfficeHas

FAR = datetime(9999, 1, 1, tzinfo=UTC)
A_WHILE, AN_HOUR = timedelta(seconds=8), timedelta(hours=1)


@dataclass
class MemoryVersions:
    """Offices are listed by `list_offices`."""

    offices: dict[str, str] = field(default_factory=dict)
    kept: dict[str, list[tuple[int, dict[str, Any], Aim]]] = field(default_factory=dict)
    has: dict[tuple[str, str], OfficeHas] = field(default_factory=dict)
    again: dict[tuple[str, str], datetime] = field(default_factory=dict)

    async def list_offices(self, offices: Sequence[Listed]) -> None:
        self.offices |= {one.id: one.province for one in offices}

    async def publish(
        self, kind: str, body: Mapping[str, Any], by: str, aim: Aim, at: datetime
    ) -> tuple[int, int]:
        unlisted = [name for name in aim.offices if name not in self.offices]
        if unlisted or not any(self._is_for(aim, name) for name in self.offices):
            raise LookupError(", ".join(unlisted))
        numbers = [number for number, _, _ in self.kept.get(kind, ())]
        numbers += [one.has for (of, _), one in self.has.items() if of == kind and one.has]
        version = 1 + max(numbers, default=0)
        said = dict(body) | {"version": version, "by": by}
        self.kept.setdefault(kind, []).append((version, said, aim))
        await self.spread(at)
        return version, sum(
            one.wanted == version for (of, _), one in self.has.items() if of == kind
        )

    async def spread(self, at: datetime) -> None:
        for kind, versions in self.kept.items():
            for version, _, aim in versions:
                for office in filter(lambda name, aim=aim: self._is_for(aim, name), self.offices):  # type: ignore[misc]  # bound at once
                    now = self.has.get((kind, office), OfficeHas(office, 0, "open"))
                    if now.wanted < version:
                        new = replace(now, wanted=version, state="open", tries=0)
                        self.has[kind, office] = replace(new, nobody=False, words=None)
                        self.again[kind, office] = at

    def _is_for(self, aim: Aim, office: str) -> bool:
        in_province = aim.province is None or self.offices[office] == aim.province
        return in_province and (not aim.offices or office in aim.offices)

    async def state(self, kind: str) -> Sequence[OfficeHas]:
        return [one for (of, _), one in sorted(self.has.items()) if of == kind]

    def _key(self, kind: str, office: str) -> str:
        return f"{kind}/{office}/{self.has[kind, office].wanted}".encode().hex()[-32:].zfill(32)

    async def due(self, at: datetime, most: int) -> Sequence[Wish]:
        found = []
        for kind, office in [name for name, when in self.again.items() if when <= at][:most]:
            self.again[kind, office] = at + A_WHILE
            one = self.has[kind, office]
            (body,) = [said for number, said, _ in self.kept[kind] if number == one.wanted]
            key, province = self._key(kind, office), self.offices[office]
            found.append(Wish(key, office, province, kind, body, FAR, one.tries))
        return found

    def _named(self, key: str) -> list[tuple[str, str]]:
        return [name for name in self.has if self._key(*name) == key]

    async def answered(self, answer: OfficeAnswer, at: datetime) -> None:
        for name in self._named(answer.key):
            one = replace(self.has[name], tries=0, nobody=False, words=answer.words)
            if answer.outcome == "done":
                version = answer.body["version"]
                since = one.since if one.has == version else at
                one = replace(one, has=version, since=since, answer=answer.body)
                one = replace(one, state="has" if version >= one.wanted else "open")
            else:
                one = replace(one, state="refused")
            self.has[name] = one
            self.again[name] = at + AN_HOUR

    async def unanswered(self, wish: Wish, why: Unanswered, again_at: datetime) -> None:
        for name in self._named(wish.key):
            one = self.has[name]
            nobody = why is Unanswered.NOBODY
            self.has[name] = replace(one, tries=one.tries + 1, nobody=nobody)
            self.again[name] = again_at

    async def lapse(self, key: str, at: datetime) -> None:
        """Never."""

    async def close(self) -> None:
        """Nothing is open."""
