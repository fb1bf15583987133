"""Administration over HTTP: settings and catalogue, tried before they apply, and the record."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Path, Request, Response

from queue_server.api.access import LEADERS, Principal, role_in
from queue_server.api.parts import Parts, parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.config.settings_part import SettingsPart, SettingsRefused
from queue_server.contracts import admin_views as v
from queue_server.contracts.problems import ProblemCode
from queue_server.domain.office_record_events import (
    CatalogueChanged,
    DeviceChanged,
    LogoChanged,
    RecordEvent,
    ReportStepTaken,
)
from queue_server.use_cases.ports import StoredEvent, StoreUnavailable
from queue_server.use_cases.settings_desk import (
    Catalogue,
    Difference,
    RestartRefused,
    SheetPreview,
    Stale,
)

router = APIRouter(prefix="/admin", tags=["administration"], responses=RESPONSES)

Leader = Annotated[Principal, Depends(role_in(LEADERS))]
T = TypeVar("T")
LATEST = 100
CITY = "thành phố / city"
BY_HAND = "phải khởi động lại bằng tay / this server is started again by hand only"
CSV = {"text/csv": {"schema": {"type": "string"}}}


class SettingsNow(SettingsPart):
    """The settings in the file; `hash` is what a change must send as `expected`."""

    hash: v.Digest
    restart_due: bool


class SettingsChange(SettingsPart):
    """The settings wanted, over those with the hash `expected`."""

    expected: v.Digest
    handed_by: v.HandedBy | None = None


@router.get("/settings", response_model=SettingsNow)
async def get_settings(request: Request, _principal: Leader) -> SettingsNow:
    """Office, services, counters, devices, hours, days off, targets, colours."""
    return await _carefully(lambda: _now(parts(request)))


@router.post("/settings/preview", response_model=list[v.ChangeLine])
async def preview_settings(
    request: Request, body: SettingsPart, _principal: Leader
) -> list[v.ChangeLine]:
    """What these settings would change; nothing is changed."""
    return await _carefully(lambda: _lines(parts(request).settings.preview(_part(body))))


@router.put("/settings", response_model=SettingsNow)
async def put_settings(request: Request, body: SettingsChange, principal: Leader) -> SettingsNow:
    """Write them with who and when; they hold from the next start of the server on."""

    def save() -> SettingsNow:
        parts(request).settings.save(_part(body), body.expected, _by(principal, body.handed_by))
        return _now(parts(request))

    return await _carefully(save)


@router.post("/restart", status_code=202, response_class=Response)
async def restart(request: Request, _principal: Leader) -> Response:
    """Start the server again, about a second away, so that saved settings hold; loses nothing."""
    again = parts(request).restart
    if again is None:
        raise Refusal(ProblemCode.ILLEGAL_MOVE, BY_HAND)
    await _carefully(again)
    return Response(status_code=202)


@router.get("/catalogue", response_model=v.CatalogueView)
async def get_catalogue(request: Request, _principal: Leader) -> v.CatalogueView:
    """The procedures of the office, and what is unsure about each."""
    return await _carefully(lambda: _catalogue(parts(request).catalogue.read()))


@router.get("/catalogue/file", response_class=Response, responses={200: {"content": CSV}})
async def get_catalogue_file(request: Request, _principal: Leader) -> Response:
    """The catalogue as CSV, to be edited and brought back."""
    text = await _carefully(parts(request).catalogue.sheet)
    headers = {"Content-Disposition": 'attachment; filename="danh-muc-thu-tuc.csv"'}
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers=headers)


@router.post("/catalogue/preview", response_model=v.SheetCheck)
async def preview_catalogue(
    request: Request, body: v.SheetText, _principal: Leader
) -> v.SheetCheck:
    """What this sheet would change, or every line and column that is wrong."""
    desk = parts(request).catalogue
    return await _carefully(lambda: _check(desk.preview(body.csv), desk.read(), applied=False))


@router.put("/catalogue", response_model=v.SheetCheck)
async def put_catalogue(request: Request, body: v.SheetApply, principal: Leader) -> v.SheetCheck:
    """Take the sheet over as a new version, all of it; with faults nothing is applied."""
    desk = parts(request).catalogue

    def apply() -> v.SheetCheck:
        found = desk.apply(body.csv, body.expected, _by(principal, body.handed_by))
        return _check(found, desk.read(), applied=not found.faults and bool(found.changes))

    return await _carefully(apply)


@router.post("/catalogue/{code}/confirm", response_model=v.CatalogueView)
async def confirm(
    request: Request,
    code: Annotated[str, Path(max_length=40)],
    body: v.Confirmation,
    principal: Leader,
) -> v.CatalogueView:
    """The office vouches for a fact that was unsure."""
    desk = parts(request).catalogue
    return await _carefully(
        lambda: _catalogue(desk.confirm(code, body.field, body.expected, principal.id))
    )


@router.get("/record", response_model=list[v.RecordView])
async def get_record(request: Request, _principal: Leader) -> list[v.RecordView]:
    """Who changed what when, newest first."""
    stored = await _carefully(lambda: parts(request).records.records(LATEST))
    return [_record(one) for one in stored]


def _by(principal: Principal, handed_by: str | None) -> str:
    """Who is said to have changed it: whoever signed in, and for whom where the city decided."""
    if handed_by is None:
        return principal.id
    return f"{CITY} {handed_by} ({principal.id})"


def _part(body: SettingsPart) -> SettingsPart:
    return SettingsPart(**{name: getattr(body, name) for name in SettingsPart.model_fields})


def _now(office: Parts) -> SettingsNow:
    part, digest, due = office.settings.read()
    body = {name: getattr(part, name) for name in SettingsPart.model_fields}
    return SettingsNow(**body, hash=digest, restart_due=due)


def _lines(changes: Iterable[Difference]) -> list[v.ChangeLine]:
    return [v.ChangeLine(where=c.where, before=c.before, after=c.after) for c in changes]


def _check(found: SheetPreview, now: Catalogue, *, applied: bool) -> v.SheetCheck:
    faults = [v.SheetFaultView(line=f.line, column=f.column, reason=f.reason) for f in found.faults]
    return v.SheetCheck(
        faults=faults, changes=_lines(found.changes), applied=applied, hash=now.digest
    )


def _catalogue(found: Catalogue) -> v.CatalogueView:
    return v.CatalogueView(
        version=found.version,
        hash=found.digest,
        procedures=[
            v.CatalogueProcedure(
                code=one.code,
                service=one.service,
                name_vi=one.name_vi,
                name_en=one.name_en,
                papers=len(one.papers),
                unsure=list(one.unsure),
            )
            for one in found.entries
        ],
    )


def _record(stored: StoredEvent) -> v.RecordView:
    event = stored.event
    assert isinstance(event, RecordEvent)  # noqa: S101 - the reader gives no others
    what = "settings"
    if isinstance(event, CatalogueChanged):
        what = f"catalogue {event.version}: {event.what}"
    elif isinstance(event, LogoChanged):
        what = "logo" if event.digest else "logo taken away"
    elif isinstance(event, DeviceChanged):
        what = f"device {event.device}: {event.what}"
    elif isinstance(event, ReportStepTaken):
        what = f"report {event.first} – {event.last}: {event.step}"
    return v.RecordView(
        seq=stored.seq,
        at=event.at,
        by=event.by,
        kind=type(event).__name__,
        what=what,
        changes=list(event.changes),
    )


async def _carefully(work: Callable[[], T]) -> T:
    """In a thread, because it reads and writes files; refusals in the words of the API."""
    try:
        return await asyncio.to_thread(work)
    except SettingsRefused as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None
    except RestartRefused as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None
    except LookupError as unknown:
        raise Refusal(ProblemCode.NOT_FOUND, str(unknown)) from None
    except Stale:
        raise Refusal(ProblemCode.STALE_VERSION) from None
    except StoreUnavailable:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None
