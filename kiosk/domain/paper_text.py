"""What the print on a paper proposes for a declaration, and which paper of the list it may be.

Nothing here is believed: every proposal is shown to the citizen, who takes it or leaves it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

SURE_ENOUGH = 0.6
"""How likely the worst word of a name or a text must be for it to be proposed."""
SURE_FIGURES = 0.25
"""The same of figures: a reader judges by a dictionary, which holds none, and twelve figures in a
row, a telephone number or a day are no accident."""
UNSHAPED = frozenset({"name", "text"})
SPECKS = " .:|'`…-"
"""What the edge of a page or a shadow is read as, before a label."""
ALIKE_LABEL = 0.82
TITLE_LINES = 10
BETTER_BY = 0.35
FEWEST_TITLE_WORDS = 2
COMMON = frozenset({"giay", "to", "ban", "sao", "chinh", "co", "cua", "va", "hoac", "cho", "don"})
"""Words that say nothing about which paper it is."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of print; `sure` is how sure its reader is of what follows the colon, 0 to 1."""

    text: str
    sure: float

    def __repr__(self) -> str:
        return "TextLine(…)"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that print may answer: its label, and the kind of answer."""

    id: str
    label: str
    kind: str


def bare(text: str) -> str:
    """Letters without accents, small, single blanks: how labels are compared."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", kept).split())


def proposals(lines: Iterable[TextLine], asked: Sequence[Asked]) -> dict[str, str]:
    """What the print says after a label, by question; the first that fits, each question once."""
    found: dict[str, str] = {}
    for line in lines:
        label, colon, value = line.text.lstrip(SPECKS).partition(":")
        if not colon:
            continue
        for question in asked:
            least = SURE_ENOUGH if question.kind in UNSHAPED else SURE_FIGURES
            if line.sure < least or question.id in found or not _means(label, question):
                continue
            answer = _shaped(value, question.kind)
            if answer:
                found[question.id] = answer
                break
    return found


def likely_paper(lines: Sequence[TextLine], names: Sequence[str]) -> str | None:
    """The paper of the list whose name stands at the top of the page; None where none does."""
    top = set(bare(" ".join(line.text for line in lines[:TITLE_LINES])).split())
    scores = {name: _share(name, top) for name in names}
    if not scores:
        return None
    best = max(scores, key=lambda name: scores[name])
    others = [score for name, score in scores.items() if name != best]
    clear = scores[best] - max(others, default=0.0) >= BETTER_BY
    return best if clear and scores[best] >= 0.75 else None  # noqa: PLR2004 - three of four words


ENDS_OF_PAGE = 3
"""Lines at the top and at the bottom among which a page's number stands."""
MOST_NUMBERED = 60
NUMBERED = re.compile(r"trang(?: so)? (\d{1,2})(?: \d{1,2})?|(\d{1,2})(?: (\d{1,2}))?")


def page_number(lines: Sequence[TextLine]) -> int | None:
    """The number that a page bears alone on a line, as `Trang 2/3`, `2/3` or `- 2 -`; else None."""
    ends = [*lines[:ENDS_OF_PAGE], *lines[-ENDS_OF_PAGE:]]
    for line in reversed(ends):
        found = NUMBERED.fullmatch(bare(line.text))
        if found is None:
            continue
        number, last = int(found[1] or found[2]), int(found[3] or MOST_NUMBERED)
        if 1 <= number <= last <= MOST_NUMBERED:
            return number
    return None


def _share(name: str, top: set[str]) -> float:
    words = set(bare(name.partition("(")[0]).split()) - COMMON
    return len(words & top) / len(words) if len(words) >= FEWEST_TITLE_WORDS else 0.0


LABELS: dict[str, tuple[str, ...]] = {
    "name": ("ho va ten", "ho ten", "ho chu dem va ten", "ho chu dem ten"),
    "born": ("ngay sinh", "ngay thang nam sinh", "sinh ngay"),
    "identity": (
        "so dinh danh ca nhan",
        "so dinh danh",
        "so can cuoc",
        "so cccd",
        "can cuoc cong dan so",
        "so can cuoc cong dan",
    ),
    "address": ("noi thuong tru", "dia chi thuong tru", "noi cu tru", "dia chi"),
    "phone": ("so dien thoai", "dien thoai"),
}
"""How papers name what a form asks for, beside the form's own label."""


def _means(label: str, question: Asked) -> bool:
    said = bare(re.sub(r"^\W*\d{0,2}[.)]?\s*", "", label))
    known = (bare(question.label), *LABELS.get(question.id, ()))
    return any(SequenceMatcher(None, said, one).ratio() >= ALIKE_LABEL for one in known)


def _shaped(value: str, kind: str) -> str:
    text = unicodedata.normalize("NFC", " ".join(value.split())).strip(" .;,")
    if kind in UNSHAPED:
        name = text.rstrip("_ " + SPECKS)
        whole = kind == "text" or re.fullmatch(r"[^\W\d_]+( [^\W\d_]+)+", name)
        return (text if kind == "text" else name.title()) if whole else ""
    # A nought beside figures is often read as a letter.
    text = re.sub(r"[Oo](?=[\d ./-])|(?<=\d)[Oo]", "0", text)
    if kind == "identity":
        digits = re.sub(r"\D", "", text)
        return digits if len(digits) == 12 else ""  # noqa: PLR2004 - an identity number
    if kind == "phone":
        number = re.match(r"0\d{9,10}(?!\d)", re.sub(r"[ .-]", "", text))
        return number[0] if number else ""
    if kind == "date":
        day = re.search(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})", text)
        day = day or re.search(r"(\d{1,2}) tháng (\d{1,2}) năm (\d{4})", text)
        return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else ""
    return ""
