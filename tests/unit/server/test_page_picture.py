"""What is taken for a page: one plain JPEG, without anything that does not draw it."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from queue_server.use_cases.page_picture import MOST_BYTES, NoPicture, page_picture


def jpeg(size: tuple[int, int] = (300, 400), **more: object) -> bytes:
    made = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(made, "JPEG", **more)
    return made.getvalue()


PLAIN = jpeg()
MARKED = jpeg(comment=b"made by Nguyen", exif=b"Exif\x00\x00GPS 10.77 106.69 " + b"x" * 40)


def drawn(data: bytes) -> bytes:
    with Image.open(BytesIO(data)) as image:
        return image.convert("RGB").tobytes()


@pytest.mark.parametrize("more", [{}, {"progressive": True}, {"restart_marker_blocks": 4}])
def test_every_usual_jpeg_stays_the_same_picture(more: dict[str, object]) -> None:
    sent = jpeg(**more)
    page = page_picture(sent)
    assert (page.width, page.height) == (300, 400)
    assert drawn(page.jpeg) == drawn(sent)


def test_marks_of_the_camera_and_what_follows_the_end_are_left_out() -> None:
    page = page_picture(MARKED + b"PK\x03\x04 a second file")
    assert drawn(page.jpeg) == drawn(MARKED)
    for secret in (b"GPS 10.77", b"made by Nguyen", b"a second file"):
        assert secret not in page.jpeg


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"", "no JPEG"),
        (b"\x89PNG\r\n", "no JPEG"),
        (PLAIN[: len(PLAIN) // 2], "cut off"),
        (PLAIN[:200], "cut off"),
        (PLAIN + bytes(MOST_BYTES), "more than"),
        (jpeg((100, 400)), "no size of a page"),
        (
            PLAIN.replace(b"\xff\xc0\x00\x11\x08\x01\x90", b"\xff\xc0\x00\x11\x08\xff\xff"),
            "no size",
        ),
        (PLAIN.replace(b"\xff\xc0", b"\xff\xc9"), "of a kind"),
        (b"\xff\xd8\xff\xd9", "nothing to draw"),
    ],
)
def test_what_is_no_page_is_refused_in_words(sent: bytes, why: str) -> None:
    with pytest.raises(NoPicture, match=why):
        page_picture(sent)


@given(st.integers(0, len(PLAIN) - 1), st.binary(min_size=1, max_size=8))
def test_damage_is_refused_or_harmless(at: int, noise: bytes) -> None:
    try:
        page = page_picture(PLAIN[:at] + noise + PLAIN[at + len(noise) :])
    except NoPicture:
        return
    assert page.jpeg.startswith(b"\xff\xd8")
    assert page.jpeg.endswith(b"\xff\xd9")
