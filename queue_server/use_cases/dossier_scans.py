"""Scanned papers of a dossier: sealed page by page, opened only as one PDF for who may look."""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from queue_server.domain.dossier import Dossier
from queue_server.domain.dossier_scan_moves import page_counts, page_part, pages_of
from queue_server.use_cases.home_visit_desk import CannotBeOpened, Seal
from queue_server.use_cases.page_picture import PagePicture
from queue_server.use_cases.ports import DossierReader

MakePdf = Callable[[Sequence[PagePicture]], bytes]
"""One PDF of pictures, a page each."""


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """One page. `kind` is what paper it is, `expires_on` until when it may be used again."""

    picture: PagePicture
    kind: str = ""
    expires_on: date | None = None


def sealed_page(seal: Seal, page: ScannedPage, dossier: str, part: str) -> bytes:
    """A page as it may be kept. Its place is sealed with it, so that no page takes another's.

    The seal takes text, as everything personal here is text; base64 costs a third more room.
    """
    body = {
        "part": part,
        "kind": page.kind,
        "expires_on": page.expires_on.isoformat() if page.expires_on else None,
        "width": page.picture.width,
        "height": page.picture.height,
        "jpeg": base64.b64encode(page.picture.jpeg).decode(),
    }
    return seal.close(json.dumps(body, ensure_ascii=False), dossier)


def opened_page(seal: Seal, sealed: bytes, dossier: str, part: str) -> ScannedPage:
    """A kept page.

    Raises:
        CannotBeOpened: another key, changed, or another page's.
    """
    body = json.loads(seal.open(sealed, dossier))
    if body["part"] != part:
        raise CannotBeOpened(f"a page of {dossier} lies in another's place")
    picture = PagePicture(base64.b64decode(body["jpeg"]), body["width"], body["height"])
    until = body["expires_on"]
    return ScannedPage(picture, body["kind"], date.fromisoformat(until) if until else None)


@dataclass(frozen=True, slots=True)
class ScanDesk:
    """Reads scanned papers; every method but `sealed` reads the store."""

    kept: DossierReader
    seal: Seal
    pdf: MakePdf

    def counts(self, dossier: Dossier) -> Counter[int]:
        """How many pages of which paper are kept; papers count from 1."""
        return page_counts(self.kept.part_names(dossier.id))

    def parts(self, dossier: Dossier, paper: int) -> tuple[str, ...]:
        """The names by which the pages of a paper are kept."""
        return tuple(pages_of(self.kept.part_names(dossier.id), paper))

    def pages(self, dossier: Dossier, paper: int) -> list[ScannedPage]:
        """The pages of a paper, opened, in order.

        Raises:
            CannotBeOpened: sealed with a key that is not here.
        """
        found = ((part, self.kept.part(dossier.id, part)) for part in self.parts(dossier, paper))
        return [
            opened_page(self.seal, sealed, dossier.id, part)
            for part, sealed in found
            if sealed is not None
        ]

    def paper(self, dossier: Dossier, paper: int) -> bytes | None:
        """A scanned paper as one PDF; None where nothing was scanned.

        Raises:
            CannotBeOpened: sealed with a key that is not here.
        """
        pages = self.pages(dossier, paper)
        return self.pdf([page.picture for page in pages]) if pages else None

    def without(
        self, dossier: Dossier, paper: int, page: int
    ) -> tuple[tuple[str, ...], tuple[tuple[str, bytes], ...]]:
        """What is free once a page of a paper is gone, and the pages that change their place.

        Nothing of both where there is no such page.

        Raises:
            CannotBeOpened: sealed with a key that is not here.
        """
        names = self.parts(dossier, paper)
        if page > len(names):
            return (), ()
        stay = zip(
            names[: page - 1] + names[page:], self._without(dossier, paper, page), strict=True
        )
        places = {page_part(paper, place): one for place, one in enumerate(stay, 1)}
        moved = tuple(
            (part, self.sealed(one, dossier.id, (paper, place)))
            for place, (part, (name, one)) in enumerate(places.items(), 1)
            if part != name
        )
        return tuple(name for name in names if name not in places), moved

    def _without(self, dossier: Dossier, paper: int, page: int) -> list[ScannedPage]:
        pages = self.pages(dossier, paper)
        return pages[: page - 1] + pages[page:]

    def copied(
        self, source: tuple[Dossier, int], dossier: str, paper: int
    ) -> tuple[tuple[str, bytes], ...]:
        """The pages of a dossier's paper, sealed anew as those of a paper of another dossier.

        Raises:
            CannotBeOpened: sealed with a key that is not here.
        """
        return tuple(
            (page_part(paper, place), self.sealed(page, dossier, (paper, place)))
            for place, page in enumerate(self.pages(*source), 1)
        )

    def sealed(self, page: ScannedPage, dossier: str, place: tuple[int, int]) -> bytes:
        """A page as it may be kept at its place in a dossier: paper and page, from 1."""
        return sealed_page(self.seal, page, dossier, page_part(*place))


def missing(counts: Counter[int], said: Iterable[int]) -> list[int]:
    """The papers of which not as many pages are here as was said, in the order of the list."""
    return [number for number, pages in enumerate(said, 1) if counts[number] != pages]
