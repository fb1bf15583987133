"""How an office looks: what a kiosk fetches and keeps."""

from __future__ import annotations

from queue_server.contracts.views import View, Words


class BrandView(View):
    """Name, two colours and the digest of the picture; empty where the office has none."""

    office: Words
    colour: str
    colour_dark: str
    logo: str
