"""How the slip printer is reached and how much it can say."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

NEEDED = {
    "network": ("host",),
    "usb": ("vendor_id", "product_id"),
    "serial": ("device",),
    "file": ("path",),
    "none": (),
}
"""The keys each kind cannot do without; no other kind may have them."""

TEXT_BELOW_BAUD = 57_600
"""A slip as a picture takes 13 s at this speed, and 78 s at 9600."""


class PrinterConfig(BaseModel):
    """The `[printer]` part of a kiosk's configuration."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["network", "usb", "serial", "file", "none"] = Field(
        "none", description="How the printer is connected; none: numbers are shown, not printed."
    )
    host: str | None = Field(None, min_length=1, description="Network: name or address.")
    port: int = Field(9100, ge=1, le=65535, description="Network: TCP port.")
    vendor_id: int | None = Field(None, ge=0, le=0xFFFF, description="USB: e.g. 0x04b8.")
    product_id: int | None = Field(None, ge=0, le=0xFFFF, description="USB: e.g. 0x0e15.")
    in_endpoint: int = Field(0x82, ge=0x81, le=0x8F, description="USB: where replies come from.")
    out_endpoint: int = Field(0x01, ge=0x01, le=0x0F, description="USB: where jobs go to.")
    device: str | None = Field(
        None, min_length=1, description="Serial: a name that stays, such as /dev/serial/by-id/…."
    )
    baudrate: int = Field(115_200, ge=1200, le=921_600, description="Serial: bits per second.")
    path: Path | None = Field(None, description="File: /dev/usb/lp0, or a file to collect jobs.")
    paper_dots: int = Field(
        576,
        ge=256,
        le=1024,
        multiple_of=8,
        description="Printable width: 576 at 203 dpi, 512 for a TM-T88V.",
    )
    layout: Literal["auto", "picture", "text"] = Field(
        "auto",
        description="picture: Vietnamese letters; text: for slow lines, without diacritics; "
        "auto: text on a serial line below 57600 baud.",
    )
    answers: Literal["in_order", "real_time", "none"] = Field(
        "in_order",
        description="What the printer can say. in_order: DLE EOT and GS r, a cut is proven; "
        "real_time: DLE EOT only; none: nothing, every job that was taken counts as printed.",
    )
    reply_timeout_s: float = Field(
        1.0, gt=0, le=2, description="Longest wait to connect, for a reply, and to send a piece."
    )
    proof_timeout_s: float = Field(
        2.0, gt=0, le=10, description="Longest time from the last byte of a job to a proven cut."
    )

    @property
    def prints_text(self) -> bool:
        """Whether slips are set in the printer's own letters."""
        if self.layout == "auto":
            return self.kind == "serial" and self.baudrate < TEXT_BELOW_BAUD
        return self.layout == "text"

    @model_validator(mode="after")
    def _only_what_the_kind_needs(self) -> Self:
        for kind, keys in NEEDED.items():
            for key in keys:
                if kind == self.kind and getattr(self, key) is None:
                    raise ValueError(f"kind '{kind}' needs '{key}'")
                if kind != self.kind and getattr(self, key) is not None:
                    raise ValueError(f"'{key}' belongs to kind '{kind}', not '{self.kind}'")
        return self
