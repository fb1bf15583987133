"""Papers of made-up people: what is printed on them, and what a form should be proposed of it."""

from __future__ import annotations

import random
from dataclasses import dataclass

from kiosk.domain.paper_text import Asked
from tests.fakes.paper_scenes import BIRTH

FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ")
MIDDLE = ("Thị", "Văn", "Hữu", "Ngọc", "Đức", "Minh", "Thanh", "Xuân")
GIVEN = ("Thử", "Mẫu", "Hạnh", "Bình", "Dũng", "Quỳnh", "Thảo", "Khải", "Nghĩa", "Ước")
PLACES = ("thôn Đông", "tổ 5, khu phố Tây", "ấp Giữa", "đường Thử Nghiệm", "ngõ 12 phố Mẫu")
ASKED = (
    Asked("name", "Họ, chữ đệm và tên", "name"),
    Asked("born", "Ngày, tháng, năm sinh", "date"),
    Asked("identity", "Số định danh cá nhân", "identity"),
    Asked("address", "Nơi thường trú", "text"),
    Asked("phone", "Số điện thoại", "phone"),
)


@dataclass(frozen=True, slots=True)
class PrintedPerson:
    """Nobody; `lines` is a paper of theirs, `facts` what it says by the question it answers."""

    lines: tuple[str, ...]
    facts: dict[str, str]


def printed_person(seed: int) -> PrintedPerson:
    """One of many."""
    dice = random.Random(seed)
    name = f"{dice.choice(FAMILY)} {dice.choice(MIDDLE)} {dice.choice(GIVEN)}"
    year, month, day = dice.randint(1950, 1999), dice.randint(1, 12), dice.randint(1, 28)
    identity = f"0{dice.randint(10, 96)}1{year % 100:02d}{dice.randrange(10**6):06d}"
    address = f"Số {dice.randint(1, 90)}, {dice.choice(PLACES)}, xã Mẫu, tỉnh Mẫu"
    phone = f"09{dice.randrange(10**8):08d}"
    said = {
        "Họ và tên": name,
        "Ngày, tháng, năm sinh": f"{day:02d}/{month:02d}/{year}",
        "Số định danh cá nhân": identity,
        "Nơi thường trú": address,
        "Số điện thoại": f"{phone[:4]} {phone[4:7]} {phone[7:]}",
    }
    lines = tuple(_line(line, said) for line in BIRTH)
    facts = {
        "name": name,
        "born": f"{year}-{month:02d}-{day:02d}",
        "identity": identity,
        "address": address,
        "phone": phone,
    }
    return PrintedPerson(lines, facts)


def _line(line: str, said: dict[str, str]) -> str:
    label, colon, _ = line.partition(":")
    return f"{label}: {said[label]}" if colon and label in said else line
