"""The office's look: on pages, papers and kiosks; the picture is an event like any other change."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import httpx
import pypdfium2
import pytest
from PIL import Image
from pydantic import SecretStr

from kiosk.adapters.http_gateway import HttpTicketGateway
from kiosk.adapters.office_look import office_look
from kiosk.bootstrap.kiosk_parts import KioskPlan, in_the_offices_look, read_plan
from kiosk.bootstrap.look_again import EVERY_S, LookAgain
from kiosk.config.credentials import Credentials
from kiosk.config.theme import Theme, default_theme_path
from queue_server.adapters.sqlite_history import verify_file
from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.report_side import report_file
from queue_server.contracts.config_file import read_config
from queue_server.use_cases.reports.paper import Letterhead
from tests.fakes.offices import running, secret_of, signed_in
from tests.fakes.report_sample import sample_report

PURPLE = {"colour": "#7A1F5C", "colour_dark": "#F0A6D8"}


def picture(side: int = 64, *, noise: bool = False) -> bytes:
    out = io.BytesIO()
    made = Image.effect_noise((side, side), 90) if noise else Image.new("RGB", (side, side), "red")
    made.save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[RunningOffice]:
    with running(tmp_path / "ward") as found:
        yield found


def test_a_picture_is_kept_shown_and_taken_away(office: RunningOffice) -> None:
    png, place = picture(), f"{office.http_url}/api/v1/brand/logo"
    with signed_in(office) as admin:
        assert httpx.get(place).status_code == 404
        assert admin.put("/admin/logo", content=png).status_code == 204
        assert httpx.get(place).content == png
        digest = httpx.get(f"{office.http_url}/api/v1/brand").json()["logo"]
        css = httpx.get(f"{office.http_url}/assets/theme.css")
        assert css.status_code == 503 or f"/api/v1/brand/logo?{digest}" in css.text
        assert admin.delete("/admin/logo").status_code == 204
        assert httpx.get(place).status_code == 404
        record = admin.get("/admin/record").json()
        assert [one["what"] for one in record] == ["logo taken away", "logo"]
    assert verify_file(office.settings.data / "store" / "office.db").ok


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a", "not a whole PNG"),
        (picture()[:-30], "not a whole PNG"),
        (picture(235, noise=True), "at most 48 kB"),
        (picture(1030), "at most 1024 pixels"),
        (b"", "a PNG of at most"),
    ],
)
def test_what_is_no_picture_is_refused(office: RunningOffice, content: bytes, words: str) -> None:
    with signed_in(office) as admin:
        refused = admin.put("/admin/logo", content=content)
        assert refused.status_code == 422
        assert words in refused.json()["detail"]
        assert httpx.get(f"{office.http_url}/api/v1/brand/logo").status_code == 404


def test_the_paper_has_colour_picture_and_who_signs() -> None:
    head = Letterhead(
        colour="#7A1F5C",
        place="Cần Thơ",
        signer=("Chủ tịch", "Chairperson"),
        signer_name="Nguyễn Văn Mẫu",
        logo=picture(),
    )
    paper = pypdfium2.PdfDocument(report_file(sample_report(), "pdf", "vi", head))
    last = paper[len(paper) - 1].get_textpage().get_text_range()
    assert "CHỦ TỊCH" in last
    assert "Nguyễn Văn Mẫu" in last
    assert "Cần Thơ, ngày" in last
    first = paper[0].render(scale=1).to_pil().convert("RGB")
    colours = {colour for _, colour in first.getcolors(first.width * first.height) or []}
    assert (255, 0, 0) in colours, "the picture"
    assert (0x7A, 0x1F, 0x5C) in colours, "the office's colour"


def test_a_kiosk_wears_it_and_keeps_it_while_the_server_is_away(tmp_path: Path) -> None:
    state, theme = tmp_path / "state", read_config(default_theme_path(), Theme)
    with running(tmp_path / "ward") as office, signed_in(office) as admin:
        now = admin.get("/admin/settings").json()
        digest = now.pop("hash")
        now.pop("restart_due")
        brand = now["brand"] | PURPLE
        saved = admin.put("/admin/settings", json=now | {"brand": brand, "expected": digest})
        assert saved.is_success, saved.text
    with running(tmp_path / "ward") as office, signed_in(office) as admin:
        admin.put("/admin/logo", content=picture())
        known = Credentials(
            id="kiosk-1", role="kiosk", secret=SecretStr(secret_of(office, "kiosk-1"))
        )
        gateway = HttpTicketGateway(office.http_url, known, tries=1)
        fresh = office_look(gateway, state)
    assert fresh is not None
    assert office_look(gateway, state) == fresh, "the server is away now"
    look, logo = fresh
    assert look.on(theme).light.brand == PURPLE["colour"]
    assert look.on(theme).dark.brand == PURPLE["colour_dark"]
    assert look.on(theme).contrast == theme.contrast
    assert Path(logo).read_bytes() == picture()
    (state / "look.json").write_text("{", "utf-8")
    assert office_look(gateway, state) is None, "a broken file is as none"
    gateway.close()


def plan_of(folder: Path, office: RunningOffice, more: str = "") -> KioskPlan:
    """A kiosk's own settings, with the credential that the office gave it."""
    credentials = office.settings.data / "credentials" / "kiosk-1.json"
    path = folder / "kiosk.toml"
    path.write_text(
        '[office]\nid = "ward"\nname_vi = "Phường Mẫu"\nname_en = "Sample ward"\n'
        f'[server]\nurl = "{office.http_url}"\ncredentials = "{credentials}"\n{more}',
        encoding="utf-8",
    )
    return read_plan(path)


def test_a_running_kiosk_looks_again_and_wears_what_changed_meanwhile(tmp_path: Path) -> None:
    now_s = [0.0]
    with running(tmp_path / "ward") as office, signed_in(office) as admin:
        plan = plan_of(tmp_path, office)
        gateway = HttpTicketGateway(office.http_url, plan.credentials, tries=1)
        plan = in_the_offices_look(plan, gateway)
        again = LookAgain(plan, gateway, lambda: now_s[0])
        themed = plan_of(tmp_path, office, f'[screen]\ntheme = "{default_theme_path()}"\n')
        fixed = LookAgain(in_the_offices_look(themed, gateway), gateway, lambda: now_s[0])
        admin.put("/admin/logo", content=picture()).raise_for_status()
        assert again() is None, "not asked more than once a minute"
        now_s[0] += EVERY_S
        face = again()
        assert face is not None
        assert Path(face.logo).read_bytes() == picture()
        assert (face.name, face.colours) == (plan.office, ("#0B5A4A", "#5CC2A8"))
        kept = fixed()
        assert kept is not None
        assert kept.colours is None, "a theme of the kiosk's own keeps its colours"
        now_s[0] += EVERY_S
        assert again() is None, "the same look is no news"
        admin.delete("/admin/logo").raise_for_status()
        now_s[0] += EVERY_S
        bare = again()
        assert bare is not None
        assert bare.logo == ""
    now_s[0] += EVERY_S
    assert again() is None, "the server is away"
    gateway.close()
