"""What a page is told of the city's sign-on."""

from __future__ import annotations

from queue_server.contracts.views import View, Words


class CitySignOn(View):
    """Whether it is offered, and whose it is."""

    offered: bool
    name: Words | None


class CityFarewell(View):
    """Where to sign out of the city, too; none for who entered by a password of the office."""

    url: str | None
