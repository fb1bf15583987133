"""`[dossiers]` of `motcua.toml`: how an office numbers, promises and keeps dossiers."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from queue_server.config.filing_facts import public_holidays
from queue_server.config.section import Section
from queue_server.domain.dossier import DossierRules

LONGEST_CODE = 40


class DossiersSection(Section):
    """Public holidays come with the program; other days off are `[appointments] closed_days`."""

    agency: Annotated[str, Field(pattern=r"^[A-Z0-9][A-Z0-9.]{0,19}$")] = Field(
        "H00.00", description="The agency's code, the first part of every dossier code"
    )
    pattern: str = Field(
        "{agency}-{day:%y%m%d}-{serial:04d}", description="Of agency, day and the day's serial"
    )
    draft_days: Annotated[int, Field(ge=1, le=90)] = Field(
        7, description="Days after which an untouched draft is forgotten"
    )
    keep_days: Annotated[int, Field(ge=1, le=3650)] = Field(
        90, description="Days after the end for which a declaration is kept, sealed"
    )
    reuse_days: Annotated[int, Field(ge=0, le=3650)] = Field(
        180, description="Days for which papers handed in are offered for re-use; 0: never"
    )
    receipt: str = Field("", description="Who takes papers in; empty: this office")
    competent: str = Field("", description="Who decides; empty: this office")
    outbox: str = Field(
        "", description="Folder beside this file for the province's system; empty: nothing is sent"
    )

    @field_validator("pattern")
    @classmethod
    def _gives_codes(cls, pattern: str) -> str:
        try:
            codes = {
                pattern.format(agency="H00.00", day=date(2026, 1, day), serial=serial)
                for day in (1, 2)
                for serial in (1, 2)
            }
        except (KeyError, IndexError, ValueError, AttributeError):
            raise ValueError(
                "chỉ dùng {agency}, {day:…} và {serial:…} / "
                "use only {agency}, {day:…} and {serial:…}"
            ) from None
        if len(codes) < 4:  # noqa: PLR2004 - two days, two serials
            raise ValueError(
                "phải có {day:…} và {serial:…}, nếu không hai hồ sơ trùng mã / "
                "must hold {day:…} and {serial:…}: else two dossiers share a code"
            )
        if max(map(len, codes)) > LONGEST_CODE:
            raise ValueError(
                f"mã dài hơn {LONGEST_CODE} ký tự / gives codes of more than {LONGEST_CODE} signs"
            )
        return pattern

    def to_rules(self) -> DossierRules:
        """The rules as the domain knows them."""
        return DossierRules(
            agency=self.agency,
            pattern=self.pattern,
            holidays=public_holidays(),
            draft_days=self.draft_days,
            keep_days=self.keep_days,
            reuse_days=self.reuse_days,
            receipt=self.receipt,
            competent=self.competent,
        )
