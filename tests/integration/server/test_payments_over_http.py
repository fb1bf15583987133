"""Fees over HTTP on a real office with a simulated bank: asked, paid once, reconciled, returned."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from queue_server.adapters.clock import SetClock
from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap import RunningOffice
from queue_server.domain.vietqr import read_payment_code
from tests.fakes.filings import PERSON
from tests.fakes.offices import running, signed_in
from tests.integration.server.test_dossiers_over_http import WEDNESDAY, filed, move, pdf

COPY = "2.000635"
KEYS = (f"pay-{n}" for n in itertools.count())
HEAD = "transaction,at,amount_vnd,content\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ward")


@pytest.fixture(scope="module")
def ward(folder: Path) -> Iterator[RunningOffice]:
    with running(folder, SetClock(WEDNESDAY)) as office:
        yield office


@pytest.fixture(scope="module")
def kiosk(ward: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(ward, "kiosk-1") as client:
        yield client


@pytest.fixture(scope="module")
def admin(ward: RunningOffice) -> Iterator[httpx.Client]:
    with signed_in(ward) as client:
        yield client


def payment(client: httpx.Client, made: dict[str, Any]) -> dict[str, Any]:
    answer = client.get(f"/dossiers/by-code/{made['holder']}/payment")
    assert answer.status_code == 200, answer.text
    view: dict[str, Any] = answer.json()
    return view


def cash(client: httpx.Client, made: dict[str, Any], vnd: int, receipt: str) -> httpx.Response:
    return client.post(
        f"/dossiers/{made['code']}/payments",
        json={"amount_vnd": vnd, "receipt": receipt},
        headers={"Idempotency-Key": next(KEYS)},
    )


def statement(client: httpx.Client, *lines: str, **more: Any) -> dict[str, Any]:
    body = {"text": HEAD + "\n".join(lines), "apply": True} | more
    answer = client.post("/payments/statement", json=body)
    assert answer.status_code == 200, answer.text
    view: dict[str, Any] = answer.json()
    return view


def test_a_fee_is_asked_by_code_and_paid_once_however_often_it_is_told(
    ward: RunningOffice, kiosk: httpx.Client, admin: httpx.Client
) -> None:
    made = filed(kiosk, procedure=COPY)
    asked = read_payment_code(made["payment_code"])
    assert (asked.amount_vnd, made["payment"]) == (made["fee_vnd"], "open")
    assert made["code"].replace(".", "").replace("-", "") == asked.purpose
    transfer = {"reference": f"nop le phi {asked.purpose}", "amount_vnd": asked.amount_vnd}
    assert admin.post("/payments/simulated", json=transfer).status_code == 200
    for _ in range(2):
        view = payment(kiosk, made)
        assert (view["payment"], view["due_vnd"], view["code_text"]) == ("paid", 0, None)
    # A restart forgets what it had heard, the bank tells everything again.
    ward.dossiers.payments._heard = 0
    assert payment(kiosk, made)["paid_vnd"] == asked.amount_vnd
    kinds = [step["kind"] for step in admin.get(f"/dossiers/{made['code']}/history").json()]
    assert kinds.count("DossierPaid") == 1


def test_a_second_transfer_is_owed_back_and_given_back_once(
    kiosk: httpx.Client, admin: httpx.Client
) -> None:
    made = filed(kiosk, procedure=COPY)
    fee, reference = made["fee_vnd"], payment(kiosk, made)["reference"]
    for _ in range(2):
        admin.post("/payments/simulated", json={"reference": reference, "amount_vnd": fee})
    view = payment(kiosk, made)
    assert (view["payment"], view["owed_vnd"]) == ("owed", fee)
    owed = list(csv.reader(io.StringIO(admin.get("/payments/refunds").text)))
    assert [made["code"], reference, str(fee)] in [row[:3] for row in owed]
    assert int(owed[-1][2]) == sum(int(row[2]) for row in owed[1:-1])
    back = f"BACK1,2026-11-25T09:00:00+07:00,{fee},hoan {reference}"
    too_much = f"BACK2,2026-11-25T09:00:00+07:00,{fee},hoan {reference}"
    first = statement(admin, back, too_much, kind="refunds")
    assert [one["verdict"] for one in first["lines"]] == ["booked", "refused"]
    again = statement(admin, back, kind="refunds")
    assert [one["verdict"] for one in again["lines"]] == ["known"]
    view = payment(kiosk, made)
    assert (view["payment"], view["refunded_vnd"], view["owed_vnd"]) == ("paid", fee, 0)


def test_a_statement_is_looked_at_booked_and_known(
    kiosk: httpx.Client, admin: httpx.Client
) -> None:
    made = filed(kiosk, procedure=COPY)
    other = f"B2,2026-11-25,5000,{made['code']} thieu"
    lines = (
        f"B1,2026-11-25T08:30,1000,NGUYEN VAN A {made['code']}",
        other,
        "B3,2026-11-25,1000,tien dien",
    )
    looked = statement(admin, *lines, apply=False)
    assert ([one["verdict"] for one in looked["lines"]], looked["applied"]) == (
        ["booked", "booked", "unknown"],
        False,
    )
    assert payment(kiosk, made)["payment"] == "open"
    assert statement(admin, *lines)["booked_vnd"] == 6000
    assert payment(kiosk, made)["payment"] == "part"
    assert [one["verdict"] for one in statement(admin, *lines)["lines"]][:2] == ["known"] * 2
    text = admin.get("/payments/reconciliation", params={"start": "2026-11-25"}).text
    rows = {row[0]: row for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")))}
    assert rows[made["code"]][3] == "6000"
    assert int(rows["TOTAL"][3]) == sum(int(r[3]) for n, r in rows.items() if n[:1] == "H")
    assert "NGUYEN" not in text


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("B9,2026-11-25,0,x", "amount_vnd"),
        ("B9,2026-11-25,-5,x", "amount_vnd"),
        ("B9,heute,5,x", "at"),
        ("B 9,2026-11-25,5,x", "transaction"),
        ("B9,2026-11-25,5", "–"),
        ("TOTAL,,5,1", "amount_vnd"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_booked(
    admin: httpx.Client, kiosk: httpx.Client, line: str, column: str
) -> None:
    made = filed(kiosk, procedure=COPY)
    view = statement(admin, f"G1,2026-11-25,1000,{made['code']}", line)
    assert [(one["line"], one["column"]) for one in view["faults"]] == [(3, column)]
    assert (view["applied"], view["booked"]) == (False, 0)
    assert payment(kiosk, made)["payment"] == "open"


def test_cash_is_noted_once_and_a_refund_needs_a_reason(
    kiosk: httpx.Client, admin: httpx.Client
) -> None:
    made = filed(kiosk, procedure=COPY)
    fee = made["fee_vnd"]
    assert cash(admin, made, fee, "BL-01").json()["payment"] == "paid"
    assert cash(admin, made, fee, "BL-01").json()["paid_vnd"] == fee
    move(admin, made["code"], "refuse", reason="Không thuộc thẩm quyền")
    ask = f"/dossiers/{made['code']}/refund"

    def back(vnd: int, reason: str) -> httpx.Response:
        body, head = {"amount_vnd": vnd, "reason": reason}, {"Idempotency-Key": next(KEYS)}
        return admin.post(ask, json=body, headers=head)

    assert back(fee + 1, "Từ chối").json()["code"] == "not_fileable"
    assert back(fee, f"Số {PERSON['identity']}").json()["code"] == "personal_note"
    assert back(fee, "Từ chối tiếp nhận").json()["owed_vnd"] == fee


def test_the_fee_slip_is_paper_with_a_code_and_a_stranger_sees_no_accounts(
    ward: RunningOffice, kiosk: httpx.Client
) -> None:
    made = filed(kiosk, procedure=COPY)
    with httpx.Client(timeout=60, base_url=f"{ward.http_url}/api/v1") as stranger:
        pdf(stranger.get(f"/dossiers/by-code/{made['holder']}/fee-slip"))
        assert stranger.get("/payments/refunds").status_code == 401
        assert stranger.get(f"/dossiers/{made['code']}/payment").status_code == 401
    assert kiosk.get("/payments/reconciliation").status_code == 403


def test_the_store_is_sound_and_says_nobody(folder: Path) -> None:
    store = folder / "store" / "office.db"
    assert verify_file(store).ok
    seen = b"".join(path.read_bytes() for path in store.parent.glob("office.db*"))
    assert b"DossierPaid" in seen
    assert b"NGUYEN VAN A" not in seen
