"""The way through appointments, screen by screen, for pictures and for what must fit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from tests.ui.picture_walk import Shot
from tests.ui.stage import NOW, Stage

CARD = "079085123456||Trần Thị Thử|01021985|Nam|Số 1, xã Mẫu|02032021"
CODE = "K7M29QXT"


def appointments(on: Stage) -> Iterator[Shot]:
    """Find none, book one with a card, use another, meet a scanner that types."""
    say, of = on.app.locale.say, on.app.locale.of
    language = on.app.session.language
    on.press_words(say("door_appointment"))
    yield Shot("appointments", on)
    on.scanner.hold("nothing")
    on.until(lambda: on.app.desk.note_key)
    yield Shot("appointments-not-read", on)
    on.press_main()
    service = on.app.backstage.catalogue.service("CT")
    assert service is not None
    on.press_words(of(service.name))
    on.press_main()
    on.until(lambda: on.app.desk.days)
    yield Shot("days", on)
    on.press_words(on.app.locale.date(NOW + timedelta(days=1)))
    yield Shot("times", on)
    on.press_words("08:00")
    on.scanner.hold(CARD)
    on.until(lambda: on.app.desk.card is not None)
    yield Shot("booking", on)
    on.press_main()
    on.until(lambda: on.screen == "appointment")
    yield Shot("booked", on)
    on.app.leave()
    on.app.speak(language.value)
    on.book.put(CODE, NOW + timedelta(minutes=15))
    on.scanner.hold(CODE)
    on.until(lambda: on.screen == "appointment")
    yield Shot("appointment", on)
    on.app.scanning.refused = True
    on.app.render()
    yield Shot("wedge", on)
