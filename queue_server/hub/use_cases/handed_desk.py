"""What an office does with a catalogue or targets from the hub: newer ones only, its own hand kept.

The office's own server takes them over, with an event that names the city and says before and
after. It is asked again now and then, and then only says where the office has something else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from queue_server.config.catalogue_sheet import (
    CatalogueEntry,
    SheetFault,
    digest_of_sheet,
    read_sheet,
    sheet_of,
)
from queue_server.config.office_file import TargetsSection
from queue_server.contracts.views import Words
from queue_server.hub.contracts import handed_versions as h
from queue_server.hub.contracts.downward import HandedDown, OfficeAnswer
from queue_server.hub.domain.own_hand import Table, apart, together
from queue_server.hub.use_cases.handed_table import entries_of, services_in, table_of
from queue_server.hub.use_cases.office_desk import Handler, OfficeServer, OfficeServerAway, Said
from queue_server.use_cases.ports import StoreUnavailable

MOST_SAID, LONGEST = 40, 200
UNREADABLE = Words(
    vi="Chương trình ở nơi này chưa đọc được phiên bản này; hãy cập nhật chương trình.",
    en="The program of this office cannot read this version; upgrade it.",
)
TOO_LONG = Words(
    vi="Danh mục của thành phố cùng các thủ tục riêng của nơi này quá dài.",
    en="The city's catalogue and this office's own procedures together are too long.",
)


@dataclass(frozen=True, slots=True)
class Taken:
    """The version that the office took last, as it was sent."""

    version: int
    body: dict[str, Any]


class TakenVersions(Protocol):
    """Where the office keeps what it took. Both may raise `StoreUnavailable`."""

    def read(self, kind: str) -> Taken | None:
        """The last one of a kind."""
        ...

    def keep(self, kind: str, taken: Taken) -> None:
        """Keep it durably in the place of the one before."""
        ...


class HandedVersions:
    """Handlers of an office desk."""

    def __init__(
        self,
        server: OfficeServer,
        taken: TakenVersions,
        own: Callable[[], Sequence[CatalogueEntry]],
        shipped: Callable[[], Sequence[CatalogueEntry]],
    ) -> None:
        """`own` is the office's catalogue now, `shipped` the one that came with the program."""
        self._server = server
        self._taken = taken
        self._own = own
        self._shipped = shipped

    def handlers(self) -> dict[str, Handler]:
        """By kind."""
        return {h.CATALOGUE: self.catalogue, h.TARGETS: self.targets}

    async def catalogue(self, asked: HandedDown) -> OfficeAnswer:
        """Take the procedures over; from the moment of the answer on they hold."""
        wanted = h.read_handed(h.HandedCatalogue, asked.body)
        if wanted is None:
            return _refused(asked, UNREADABLE)
        before = self._last(h.CATALOGUE)
        if before is not None and before.version > wanted.version:
            return _done(asked, before.version)
        own = tuple(self._own())
        last = self._shipped() if before is None else _entries(before.body["csv"])
        table = _table(before, wanted, *(table_of(one) for one in (last, own)))
        entries = entries_of(table)
        if table != table_of(own):
            body = {"csv": sheet_of(entries), "expected": digest_of_sheet(own)}
            if h.too_long(body["csv"]):
                return _refused(asked, TOO_LONG)
            said = await self._put("/admin/catalogue", wanted, body)
            if said.refusal is not None:
                if digest_of_sheet(self._own()) != body["expected"]:
                    raise OfficeServerAway("somebody at the office changed it meanwhile")
                return _refused(asked, said.refusal)
            if said.body["faults"]:
                return _refused(asked, _fault_words(entries, said.body["faults"]))
        self._keep(h.CATALOGUE, wanted)
        return _done(asked, wanted.version, _differing(_city(wanted), table))

    async def targets(self, asked: HandedDown) -> OfficeAnswer:
        """Take the targets over; they hold when the office's server is started again."""
        wanted = h.read_handed(h.HandedTargets, asked.body)
        if wanted is None:
            return _refused(asked, UNREADABLE)
        before = self._last(h.TARGETS)
        if before is not None and before.version > wanted.version:
            return _done(asked, before.version)
        now = (await self._server.look("/admin/settings")).body
        own = _minutes(now["targets"])
        last = _minutes(TargetsSection().model_dump() if before is None else before.body)
        table = _table(before, wanted, last, own)
        restart_due = bool(now["restart_due"])
        if table != own:
            said = await self._put("/admin/settings", wanted, _settings(now, table))
            if said.refusal is not None:
                if (await self._server.look("/admin/settings")).body["hash"] != now["hash"]:
                    raise OfficeServerAway("somebody at the office changed it meanwhile")
                return _refused(asked, said.refusal)
            restart_due = bool(said.body["restart_due"])
        self._keep(h.TARGETS, wanted)
        differing = _differing(_city(wanted), table)
        return _done(asked, wanted.version, differing, restart_due=restart_due)

    async def _put(self, path: str, wanted: h.Handed, body: Mapping[str, Any]) -> Said:
        handed_by = f"v{wanted.version}, {wanted.by}"
        return await self._server.put(path, {**body, "handed_by": handed_by})

    def _last(self, kind: str) -> Taken | None:
        try:
            return self._taken.read(kind)
        except StoreUnavailable as fault:
            raise OfficeServerAway(str(fault)) from fault

    def _keep(self, kind: str, wanted: h.Handed) -> None:
        """After the server took it: a cut before this line merges the same once more."""
        try:
            if self._last(kind) != (taken := Taken(wanted.version, wanted.model_dump())):
                self._taken.keep(kind, taken)
        except StoreUnavailable as fault:
            raise OfficeServerAway(str(fault)) from fault


def _table(before: Taken | None, wanted: h.Handed, last: Table, own: Table) -> Table:
    """What the office has then; of a version that it took already nothing is taken again."""
    if before is not None and before.version == wanted.version:
        return own
    return _city(wanted) if wanted.over else together(last, own, _city(wanted))


def _city(wanted: h.Handed) -> Table:
    if isinstance(wanted, h.HandedCatalogue):
        return table_of(_entries(wanted.csv))
    return _minutes(wanted.model_dump())


def _minutes(targets: Mapping[str, Any]) -> Table:
    return {"": {"targets": (float(targets["good_min"]), float(targets["limit_min"]))}}


def _settings(now: Mapping[str, Any], table: Table) -> dict[str, Any]:
    """The settings as they are, with other targets."""
    minutes = table[""]["targets"]
    assert isinstance(minutes, tuple)  # noqa: S101 - `_minutes` makes no others
    part = {name: value for name, value in now.items() if name not in {"hash", "restart_due"}}
    part["targets"] = now["targets"] | dict(zip(("good_min", "limit_min"), minutes, strict=True))
    return part | {"expected": now["hash"]}


def _entries(csv: str) -> tuple[CatalogueEntry, ...]:
    return read_sheet(csv, services_in(csv))[0]


def _differing(city: Table, office: Table) -> list[dict[str, str]]:
    return [
        {"where": where, "city": _text(one)[:LONGEST], "office": _text(other)[:LONGEST]}
        for where, one, other in apart(city, office)
    ]


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return "✓"
    if isinstance(value, tuple):
        return " · ".join(_text(one) for one in value if one not in (None, "")) or "–"
    return "–" if value in (None, "") else f"{value:g}" if isinstance(value, float) else str(value)


def _fault_words(entries: Sequence[CatalogueEntry], faults: Sequence[Mapping[str, Any]]) -> Words:
    """By the code of the procedure: the lines are those of what was put together."""
    said = [SheetFault(**fault) for fault in faults[:5]]
    sides = [(_code(entries, one), one.column, one.reason.partition(" / ")) for one in said]
    vi = "; ".join(f"{code} {column}: {reason[0]}" for code, column, reason in sides)
    en = "; ".join(f"{code} {column}: {reason[2]}" for code, column, reason in sides)
    return Words(vi=vi, en=en)


def _code(entries: Sequence[CatalogueEntry], fault: SheetFault) -> str:
    place = fault.line - 2
    return entries[place].code if 0 <= place < len(entries) else f"({fault.line})"


def _done(
    asked: HandedDown, version: int, differing: Sequence[dict[str, str]] = (), **more: object
) -> OfficeAnswer:
    body = {"version": version, "differ": len(differing), "differing": differing[:MOST_SAID]}
    return OfficeAnswer(key=asked.key, outcome="done", body=body | more)


def _refused(asked: HandedDown, words: Words) -> OfficeAnswer:
    return OfficeAnswer(key=asked.key, outcome="refused", words=words)
