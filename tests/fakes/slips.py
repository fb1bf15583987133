"""Slips of a made-up office for every test that prints."""

from datetime import datetime, timedelta, timezone

from kiosk.domain.slip import Slip

FOLLOW_URL = "https://motcua.phuong-mau.example/t/k3J9xQ2mZp7aLw5R"

SLIP = Slip(
    office="Trung tâm Phục vụ hành chính công phường Mẫu",
    number="A012",
    service="Chứng thực, hộ tịch",
    ahead=4,
    issued_at=datetime(2026, 5, 12, 8, 15, tzinfo=timezone(timedelta(hours=7))),
    follow_url=FOLLOW_URL,
    language="vi",
    p50_min=18.2,
    p90_min=33.0,
    bring=("Căn cước công dân hoặc hộ chiếu", "Bản chính giấy tờ cần chứng thực"),
)
