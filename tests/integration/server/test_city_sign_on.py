"""People enter by their city's sign-on: a real provider over HTTP, and all that goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from queue_server.bootstrap import RunningOffice
from queue_server.bootstrap.settings import settle
from queue_server.use_cases.people_desk import BY_CITY
from tests.city_provider import CityProvider, city_provider
from tests.fakes.offices import LOOPBACK, new_ward, running, signed_in

PASSWORD = "chuon chuon bay thap"
SECTION = """
[sign_on]
issuer = "{url}"
client_id = "motcua-ward"
name_vi = "Thành phố Mẫu"
name_en = "Sample City"
[[sign_on.groups]]
group = "mot-cua-quan-tri"
role = "admin"
[[sign_on.groups]]
group = "mot-cua-lanh-dao"
role = "manager"
[[sign_on.groups]]
group = "mot-cua-quay-2"
role = "clerk"
counter = 2
"""


def with_sign_on(folder: Path, url: str) -> Path:
    toml = new_ward(folder) / "motcua.toml"
    toml.write_text(toml.read_text("utf-8") + SECTION.format(url=url), "utf-8")
    secret = folder / "keys" / "sign-on.secret"
    secret.parent.mkdir(mode=0o700, exist_ok=True)
    secret.touch(mode=0o600)
    secret.write_text("what the provider gave: us/+\n", "utf-8")
    return folder


@pytest.fixture(scope="module")
def provider() -> Iterator[CityProvider]:
    with city_provider() as provider:
        yield provider


@pytest.fixture(scope="module")
def city_office(
    tmp_path_factory: pytest.TempPathFactory, provider: CityProvider
) -> Iterator[RunningOffice]:
    folder = with_sign_on(tmp_path_factory.mktemp("city") / "ward", provider.url)
    with running(folder) as office:
        yield office


@pytest.fixture
def page(city_office: RunningOffice) -> Iterator[httpx.Client]:
    with browser(city_office) as client:
        yield client


def browser(office: RunningOffice) -> httpx.Client:
    headers = {"Origin": office.http_url}
    return httpx.Client(timeout=60, base_url=f"{office.http_url}/api/v1", headers=headers)


def begin(page: httpx.Client, wanted: str = "") -> str:
    """Press the button; the provider's address."""
    answer = page.get("/session/city/start", params={"next": wanted} if wanted else {})
    assert answer.status_code == 303
    return answer.headers["location"]


def enter(page: httpx.Client, provider: CityProvider, subject: str) -> dict[str, list[str]]:
    """The whole way; what stands behind ? on the page where it ends."""
    back = page.get(provider.signs_in(begin(page), subject))
    assert back.status_code == 303, back.text
    return parse_qs(urlsplit(back.headers["location"]).query)


def test_the_page_is_told_whose_sign_on_it_is(
    page: httpx.Client, office: RunningOffice, city_office: RunningOffice
) -> None:
    offered = page.get("/session/city").json()
    assert offered == {"offered": True, "name": {"vi": "Thành phố Mẫu", "en": "Sample City"}}
    assert city_office is not office
    with browser(office) as without:
        assert without.get("/session/city").json() == {"offered": False, "name": None}
        assert "away" in without.get("/session/city/start").headers["location"]


def test_a_member_of_a_group_enters_with_its_role(
    page: httpx.Client, provider: CityProvider, city_office: RunningOffice
) -> None:
    provider.knows("id-1", preferred_username="Lan", groups=["other", "mot-cua-quay-2"])
    assert enter(page, provider, "id-1") == {}
    assert page.get("/session").json() == {"id": "lan", "role": "clerk", "counter": 2}
    assert page.post("/counters/2/open").is_success
    assert page.get("/counters/3/console").status_code == 403
    with signed_in(city_office) as admin:
        (lan,) = [one for one in admin.get("/admin/people").json() if one["name"] == "lan"]
        assert lan["changed_by"] == BY_CITY
        newest = admin.get("/admin/audit/events").json()
    assert [one["kind"] for one in newest].count("PersonSet") == 1


def test_a_page_that_was_wanted_comes_back_and_is_left_to_the_page_to_check(
    page: httpx.Client, provider: CityProvider
) -> None:
    provider.knows("id-2", preferred_username="mai", groups=["mot-cua-lanh-dao"])
    address = begin(page, "/board?wall=1")
    back = page.get(provider.signs_in(address, "id-2"))
    assert back.headers["location"] == "/?next=%2Fboard%3Fwall%3D1"


def test_what_the_browser_is_sent_with_fits_the_rules(page: httpx.Client) -> None:
    asked = {name: value[0] for name, value in parse_qs(urlsplit(begin(page)).query).items()}
    again = {name: value[0] for name, value in parse_qs(urlsplit(begin(page)).query).items()}
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert "openid" in asked["scope"].split()
    for drawn in ("state", "nonce", "code_challenge"):
        assert len(asked[drawn]) >= 43
        assert asked[drawn] != again[drawn]


def test_who_is_in_no_group_stays_outside_and_whoever_left_is_put_out(
    page: httpx.Client, provider: CityProvider, city_office: RunningOffice
) -> None:
    provider.knows("id-3", preferred_username="tu", groups=["mot-cua-lanh-dao"])
    enter(page, provider, "id-3")
    assert page.get("/board").is_success
    provider.knows("id-3", preferred_username="tu", groups=["gone"])
    with browser(city_office) as other:
        assert enter(other, provider, "id-3") == {"sign_on": ["no_role"]}
        assert other.get("/session").status_code == 401
    assert page.get("/board").status_code == 401, "the older session ended, too"


def test_another_group_is_another_role_and_ends_the_old_sessions(
    page: httpx.Client, provider: CityProvider, city_office: RunningOffice
) -> None:
    provider.knows("id-4", preferred_username="hoa", groups=["mot-cua-quan-tri"])
    enter(page, provider, "id-4")
    assert page.get("/admin/people").is_success
    provider.knows("id-4", preferred_username="hoa-moi", groups=["mot-cua-quay-2"])
    with browser(city_office) as other:
        enter(other, provider, "id-4")
        assert other.get("/session").json() == {"id": "hoa", "role": "clerk", "counter": 2}
    assert page.get("/admin/people").status_code == 401


def test_a_name_is_never_taken_over(
    page: httpx.Client, provider: CityProvider, city_office: RunningOffice
) -> None:
    """Neither that of who has a password here, nor that of another person of the city."""
    with signed_in(city_office) as admin:
        body = {"role": "manager", "password": PASSWORD}
        admin.put("/admin/people/binh", json=body).raise_for_status()
    provider.knows("id-5", preferred_username="binh", groups=["mot-cua-quan-tri"])
    assert enter(page, provider, "id-5") == {"sign_on": ["name_taken"]}
    provider.knows("id-6", preferred_username="cuc", groups=["mot-cua-lanh-dao"])
    provider.knows("id-7", preferred_username="cuc@thanh.pho", groups=["mot-cua-quan-tri"])
    assert enter(page, provider, "id-6") == {}
    assert enter(page, provider, "id-7") == {"sign_on": ["name_taken"]}
    provider.knows("id-8", preferred_username="kiosk-1", groups=["mot-cua-quan-tri"])
    assert enter(page, provider, "id-8") == {"sign_on": ["name_taken"]}


def test_an_answer_counts_once_in_its_own_browser(
    page: httpx.Client, provider: CityProvider, city_office: RunningOffice
) -> None:
    provider.knows("id-9", preferred_username="dung", groups=["mot-cua-lanh-dao"])
    with browser(city_office) as other:
        begin(other)
        back = provider.signs_in(begin(page), "id-9")
        stolen = other.get(back)
        assert "sign_on=stale" in stolen.headers["location"]
        assert other.get("/session").status_code == 401
    # It was tried elsewhere, so it counts no more at all.
    assert "sign_on=stale" in page.get(back).headers["location"]
    back = provider.signs_in(begin(page), "id-9")
    assert "sign_on" not in page.get(back).headers["location"]
    assert "sign_on=stale" in page.get(back).headers["location"]
    assert "sign_on=stale" in page.get("/session/city/return?code=x&state=y").headers["location"]


def test_a_code_of_another_sign_in_is_refused(page: httpx.Client, provider: CityProvider) -> None:
    """PKCE: a code that was caught on its way fits no other verifier."""
    caught = parse_qs(urlsplit(provider.signs_in(begin(page), "id-9")).query)["code"][0]
    state = parse_qs(urlsplit(begin(page)).query)["state"][0]
    answer = page.get("/session/city/return", params={"code": caught, "state": state})
    assert "sign_on=untrusted" in answer.headers["location"]


def test_who_denies_at_the_provider_is_told_so(page: httpx.Client, provider: CityProvider) -> None:
    assert "sign_on=denied" in page.get(provider.refuses(begin(page))).headers["location"]


def test_an_answer_that_names_another_issuer_is_refused(
    page: httpx.Client, provider: CityProvider
) -> None:
    back = provider.signs_in(begin(page), "id-9")
    answer = page.get(f"{back}&iss=https%3A%2F%2Felsewhere.example")
    assert "sign_on=untrusted" in answer.headers["location"]


def test_the_citys_people_have_no_password_here_and_no_role_from_here(
    page: httpx.Client, provider: CityProvider, city_office: RunningOffice
) -> None:
    provider.knows("id-10", preferred_username="giang", groups=["mot-cua-lanh-dao"])
    enter(page, provider, "id-10")
    for password in ("-", "city:", PASSWORD):
        tried = page.post("/session/person", json={"name": "giang", "password": password})
        assert tried.status_code == 401
    with signed_in(city_office) as admin:
        for body in ({"role": "admin"}, {"role": "manager", "password": PASSWORD}):
            assert admin.put("/admin/people/giang", json=body).status_code == 422
        assert admin.put("/admin/people/giang", json={"role": "manager"}).is_success
        assert page.get("/board").status_code == 401, "ending sessions works for them, too"
        assert admin.delete("/admin/people/giang").status_code == 204
        told = str(admin.get("/admin/audit/events").json())
    assert "city:" not in told
    assert "id-10" not in told


def test_signing_out_leads_to_the_citys_own_page(
    page: httpx.Client, provider: CityProvider, city_office: RunningOffice
) -> None:
    provider.knows("id-11", preferred_username="khoa", groups=["mot-cua-lanh-dao"])
    enter(page, provider, "id-11")
    kept = page.cookies["motcua_session"]
    there = page.post("/session/city/end").json()["url"]
    assert there.startswith(f"{provider.url}/oauth2/end_session?")
    assert parse_qs(urlsplit(there).query)["post_logout_redirect_uri"] == [
        f"{city_office.http_url}/"
    ]
    with browser(city_office) as thief:
        thief.cookies.set("motcua_session", kept)
        assert thief.get("/session").status_code == 401
        put = {"role": "viewer", "password": PASSWORD}
        with signed_in(city_office) as admin:
            admin.put("/admin/people/long", json=put).raise_for_status()
        thief.cookies.clear()
        thief.post("/session/person", json={"name": "long", "password": PASSWORD})
        assert thief.post("/session/city/end").json() == {"url": None}


def test_sessions_outlive_the_server_and_the_provider_may_be_away(tmp_path: Path) -> None:
    folder = tmp_path / "ward"
    with city_provider() as provider:
        provider.knows("id-1", preferred_username="lan", groups=["mot-cua-quan-tri"])
        settings = settle(with_sign_on(folder, provider.url), LOOPBACK, "embedded")
        with RunningOffice(settings) as office, browser(office) as page:
            enter(page, provider, "id-1")
            kept = page.cookies["motcua_session"]
            with signed_in(office) as admin:
                body = {"role": "manager", "password": PASSWORD}
                admin.put("/admin/people/mai", json=body).raise_for_status()
            back = provider.signs_in(begin(page), "id-1")
    with running(folder) as office, browser(office) as page:
        page.cookies.set("motcua_session", kept)
        assert page.get("/session").json()["id"] == "lan"
        assert page.post("/session/city/end").json() == {"url": None}
        away = page.get("/session/city/start")
        assert away.headers["location"] == "/?sign_on=away"
        assert (
            "sign_on=stale"
            in page.get(f"/session/city/return?{urlsplit(back).query}").headers["location"]
        )
        mine = page.post("/session/person", json={"name": "mai", "password": PASSWORD})
        assert mine.is_success, "passwords of the office work without the city"
