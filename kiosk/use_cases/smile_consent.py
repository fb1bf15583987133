"""What the screen needs to ask for consent: to agree, to withdraw, and to say how it was."""

from __future__ import annotations

from typing import Protocol


class Consent(Protocol):
    """One citizen's consent to be looked at once; the default is none."""

    def agree(self) -> str:
        """Let the camera look, up to ten seconds, and wait.

        Returns:
            `counted`, or why nothing was: `withdrawn`, `busy`, `fault`, `no_face`, …
        """
        ...

    def rate(self, rating: int) -> None:
        """Say how the visit was, 1 to 5, so that the office learns what a smile means here."""
        ...

    def withdraw(self) -> None:
        """End the consent at once, from any thread; harmless when it has ended."""
        ...
