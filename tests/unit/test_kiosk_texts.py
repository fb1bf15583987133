"""The words of the screens: complete in both languages, all used, figures said calmly."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib.resources import files
from pathlib import Path

import pytest
from pydantic import BaseModel

from kiosk.adapters.catalogue_files import read_catalogue, shipped_catalogue
from kiosk.adapters.forecast_words import basis_khmer, forecast_of
from kiosk.adapters.text_files import read_texts
from kiosk.domain.aid import Aid
from kiosk.domain.catalogue import KioskMode, PaperForm, Procedure
from kiosk.domain.compose import Typing
from kiosk.domain.home_visit import TYPED, Ask
from kiosk.domain.paper_page import Advice
from kiosk.domain.priority import Priority
from kiosk.domain.scan import NotRead
from kiosk.domain.ticket import Forecast
from kiosk.domain.whence import Accepts, Whence
from kiosk.domain.words import Language, Words
from kiosk.ui.locale import Locale
from kiosk.use_cases.ports import PrinterFault
from queue_server.contracts.answers import Flaw
from queue_server.contracts.forms import FormWords, shipped_forms
from queue_server.contracts.views import ForecastView
from queue_server.use_cases.present import BASIS_WORDS

UI = Path(__file__).parents[2] / "kiosk" / "ui"
TEXTS = read_texts()
CATALOGUE = read_catalogue(Path(str(shipped_catalogue())))
BUILT = {
    *(f"form_{form.value}" for form in PaperForm),
    *(f"priority_{priority.value}" for priority in Priority),
    *(f"fault_{fault.value}" for fault in PrinterFault),
    *(f"weekday_{day}" for day in range(7)),
    *(f"flaw_{flaw.value}" for flaw in Flaw),
    *(f"filing_{why.value}" for why in NotRead),
    *(f"filing_mode_{mode}" for mode in ("full", "guided", "prepare_only")),
    *(f"processing_{unit}" for unit in ("working_day", "calendar_day")),
    *(f"aid_{aid.value}" for aid in Aid),
    *("page_before", "page_after", "reading_back", "reading_on"),
    *(f"scan_{why.value}" for why in NotRead),
    *(f"advice_{advice.value}" for advice in Advice),
    "fault_none",
    *(f"{how}_{what}" for how in ("scan", "scan_flatbed") for what in ("question", "help")),
    *(f"key_typing_{typing.value}" for typing in Typing),
    *(f"whence_{whence.value}" for whence in Whence),
    *(f"whence_short_{w.value}" for w in Whence if w is not Whence.HERE),
    *(f"accepts_{accepts.value}" for accepts in Accepts),
    *(f"visit_{ask.value}" for ask in Ask),
    *(f"visit_{ask.value}_{what}" for ask in TYPED for what in ("help", "wrong")),
    *(f"visit_{part}" for part in ("morning", "afternoon")),
}


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    quoted = set(re.findall(r"[\"']([a-z_0-9]+)[\"']", source))
    said = set(re.findall(r"say\(\s*[\"']([a-z_0-9]+)[\"']", source))
    assert said <= set(TEXTS)
    assert set(TEXTS) - quoted - BUILT == set()
    assert set(TEXTS) >= BUILT


def test_every_text_and_every_choice_is_there_in_khmer_and_marked_for_review() -> None:
    """A new text needs its Khmer in `texts.km.toml`; nobody claims that a native has read it."""
    assert sorted(key for key, words in TEXTS.items() if not words.km) == []
    named = [*CATALOGUE.services, *CATALOGUE.procedures]
    assert [one for one in named if not one.name.km] == []
    raw = (UI.parent / "data" / "texts.km.toml").read_text(encoding="utf-8")
    assert tomllib.loads(raw)["needs_native_review"] is True


def test_a_phone_and_the_kiosk_call_services_procedures_and_bases_the_same_in_khmer() -> None:
    """The pages know names by their Vietnamese: a new one needs its place in both files."""
    words = UI.parents[1] / "queue_server" / "web" / "words"
    told = [
        json.loads((words / file).read_text("utf-8"))["names"]
        for file in ("khmer.json", "khmer_booking.json")
    ]
    assert told[0] == {one.name.vi: one.name.km for one in CATALOGUE.services}
    assert told[1] == {one.name.vi: one.name.km for one in CATALOGUE.procedures}
    assert basis_khmer().keys() == BASIS_WORDS.keys()
    assert all(re.search("[\u1780-\u17ff]", text) for text in basis_khmer().values())
    said = ForecastView(
        p50_min=5, p90_min=9, basis="counter_free", basis_words=BASIS_WORDS["counter_free"]
    )
    assert forecast_of(said) == Forecast(
        5, 9, Words("đang có quầy trống", "a counter is free", basis_khmer()["counter_free"])
    )
    new = said.model_copy(update={"basis": "another"})
    assert forecast_of(new) == Forecast(5, 9, Words("đang có quầy trống", "a counter is free"))


def said_of(thing: object) -> Iterator[Words | FormWords]:
    """Every text of a form or of the catalogue, however deep it lies."""
    if isinstance(thing, Words | FormWords):
        yield thing
    elif is_dataclass(thing):
        yield from (text for part in fields(thing) for text in said_of(getattr(thing, part.name)))
    elif isinstance(thing, BaseModel):
        yield from (
            text for name in type(thing).model_fields for text in said_of(vars(thing)[name])
        )
    elif isinstance(thing, tuple | list):
        yield from (text for part in thing for text in said_of(part))


def test_forms_papers_and_fees_are_there_in_khmer_and_marked_for_review() -> None:
    texts = [*said_of(list(shipped_forms().values())), *said_of(CATALOGUE.services)]
    assert len(texts) > 400
    assert [text.vi for text in texts if not re.search("[\u1780-\u17ff]", text.km)] == []
    assert {run for text in texts for run in text.km.split() if len(run) > 36} == set()
    folders = (
        Path(str(shipped_catalogue())),
        Path(str(files("queue_server.contracts") / "forms_data")),
    )
    for path in (path for folder in folders for path in folder.glob("*.toml")):
        assert "needs native review" in path.read_text("utf-8"), path


def test_khmer_is_written_in_khmer_and_can_be_broken_into_lines() -> None:
    """Lines break at blanks alone: a run without one must find room on a narrow screen."""
    long = {key: run for key, words in TEXTS.items() for run in words.km.split() if len(run) > 30}
    assert long == {}
    plain = {key for key, words in TEXTS.items() if not re.search("[\u1780-\u17ff]", words.km)}
    same = {
        "appointment_time",
        "fee_amount",
        "fee_amount_per",
        "key_typing_telex",
        "key_typing_vni",
    }
    assert plain == same


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[a]\nvi = "xin chào"', "en"),
        ('[a]\nvi = "{n} người"\nen = "people"', "different figures"),
        ('[a]\nvi = "a"\nen = "b"\nfr = "c"', "fr"),
    ],
)
def test_a_faulty_text_is_refused(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        read_texts(text)


@pytest.mark.parametrize(
    ("p50", "p90", "said"),
    [
        (18.2, 33.0, "Chờ khoảng 20 phút, thường không quá 35 phút."),
        (4.4, 8.2, "Chờ khoảng 4 phút, thường không quá 9 phút."),
        (0.0, 0.0, "Chờ khoảng 1 phút, thường không quá 2 phút."),
    ],
)
def test_a_forecast_is_said_in_calm_minutes(p50: float, p90: float, said: str) -> None:
    assert Locale(TEXTS, Language.VI).forecast(Forecast(p50, p90)) == said


def test_a_forecast_says_on_what_it_stands() -> None:
    forecast = Forecast(18.2, 33.0, Words("theo hàng chờ lúc này", "from the line now"))
    assert Locale(TEXTS, Language.VI).forecast(forecast).endswith("\n(theo hàng chờ lúc này)")
    assert Locale(TEXTS, Language.EN).forecast(forecast).endswith("\n(from the line now)")


def test_nothing_is_said_about_an_unknown_wait() -> None:
    locale = Locale(TEXTS, Language.EN)
    assert (locale.forecast(None), locale.wait(None)) == ("", "")


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("procedure", CATALOGUE.procedures, ids=lambda p: p.code)
def test_a_fee_never_stands_without_its_exemptions(
    procedure: Procedure, language: Language
) -> None:
    locale = Locale(TEXTS, language)
    assert locale.fee(procedure)
    if procedure.fee.amount_vnd:
        assert locale.fee_note(procedure)
    assert locale.processing(procedure)


def test_amounts_are_written_as_each_language_writes_them() -> None:
    certified = CATALOGUE.procedure("3.000333")
    assert certified is not None
    assert Locale(TEXTS, Language.VI).fee(certified) == "200.000 đ / lần"
    assert Locale(TEXTS, Language.EN).fee(certified) == "200,000 đ / filing"


def test_a_procedure_without_facts_promises_nothing() -> None:
    bare = Procedure("9.000000", "XX", Words("a", "b"), "a", KioskMode.NONE)
    locale = Locale(TEXTS, Language.EN)
    assert (locale.fee(bare), locale.processing(bare)) == ("Staff will tell you",) * 2
