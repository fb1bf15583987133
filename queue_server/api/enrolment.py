"""Enrolment of devices: codes by administrators, keys for codes, new keys, no more trust."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, TypeVar

from fastapi import APIRouter, Depends, Path, Request, Response

from queue_server.api.access import Principal, Role, anybody, role_in, who
from queue_server.api.pace import Promised
from queue_server.api.parts import parts
from queue_server.api.problems import RESPONSES, Refusal
from queue_server.contracts import enrolment as v
from queue_server.contracts.problems import ProblemCode
from queue_server.use_cases.device_desk import CODE_HOLDS_S, CodeRefused, Keys, UnknownDevice
from queue_server.use_cases.ports import StoreUnavailable

router = APIRouter(tags=["enrolment"], responses=RESPONSES)

Admin = Annotated[Principal, Depends(role_in(frozenset({Role.ADMIN})))]
Device = Annotated[str, Path(max_length=40)]
PEM = {"application/x-pem-file": {"schema": {"type": "string"}}}
T = TypeVar("T")


@router.post("/admin/devices/{device}/code", response_model=v.DeviceCode)
async def give_code(request: Request, device: Device, principal: Admin) -> v.DeviceCode:
    """A code for this device, for a quarter of an hour; an older one counts no more."""
    office = parts(request)
    root = office.enrolment.root()
    if root is None:
        raise Refusal(
            ProblemCode.NOT_FOUND,
            "chưa có gốc chứng thư ở đây, `motcua certificates` tạo ra / "
            "no authority here; motcua certificates makes one",
        )
    code = await _carefully(lambda: office.enrolment.desk.code(principal.id, device))
    until = office.clock.now() + timedelta(seconds=CODE_HOLDS_S)
    return v.DeviceCode(device=device, code=v.written(code + v.root_signs(root[1])), until=until)


@router.post("/admin/devices/{device}/revoke", status_code=204)
async def revoke(request: Request, device: Device, principal: Admin) -> None:
    """Refuse this device from now on, over HTTP and MQTT; a new code lets it in again."""
    desk = parts(request).enrolment.desk
    await _carefully(lambda: desk.revoke(principal.id, device))
    request.app.state.streams.send_home()


@router.get(
    "/enrol/root",
    dependencies=[Depends(anybody)],
    response_class=Response,
    responses={200: {"content": PEM}},
)
async def get_root(request: Request) -> Response:
    """The office's root; who is not sure of it compares it with the code."""
    root = parts(request).enrolment.root()
    if root is None:
        raise Refusal(ProblemCode.NOT_FOUND)
    return Response(root[0], media_type="application/x-pem-file")


@router.post("/enrol", response_model=v.Enrolled)
async def enrol(request: Request, body: v.EnrolRequest, _stranger: Promised) -> v.Enrolled:
    """Trade a code for secret and certificate, once."""
    office = parts(request)
    keys = await _carefully(lambda: office.enrolment.desk.enrol(body.code, body.request))
    return _enrolled(request, keys)


@router.post("/enrol/renew", response_model=v.Enrolled)
async def renew(
    request: Request, body: v.RenewRequest, principal: Annotated[Principal, Depends(who)]
) -> v.Enrolled:
    """A device trades its keys for new ones; the old ones count no more."""
    if principal.person:
        raise Refusal(ProblemCode.NOT_ALLOWED, "người dùng không có khóa / a person has no keys")
    desk = parts(request).enrolment.desk
    keys = await _carefully(lambda: desk.renew(principal.id, body.request))
    return _enrolled(request, keys)


def _enrolled(request: Request, keys: Keys) -> v.Enrolled:
    enrolment = parts(request).enrolment
    root = enrolment.root()
    return v.Enrolled(
        id=keys.device,
        role=keys.role,
        secret=keys.secret,
        certificate=keys.certificate,
        root=root[0].decode() if root else "",
        settings=enrolment.settings(keys.device),
    )


async def _carefully(work: Callable[[], T]) -> T:
    try:
        return await asyncio.to_thread(work)
    except CodeRefused:
        raise Refusal(
            ProblemCode.NOT_SIGNED_IN,
            "mã này không (còn) dùng được / this code does not count (any more)",
        ) from None
    except UnknownDevice as unknown:
        raise Refusal(
            ProblemCode.NOT_FOUND, f"không có thiết bị {unknown} / no device {unknown}"
        ) from None
    except ValueError as refused:
        raise Refusal(ProblemCode.MALFORMED, str(refused)) from None
    except StoreUnavailable:
        raise Refusal(ProblemCode.STORE_UNAVAILABLE) from None
