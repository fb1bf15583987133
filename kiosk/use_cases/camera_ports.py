"""What the camera process needs of the world; a frame passes through and is never kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Any, Protocol

from kiosk.domain.smile_windows import ClosedWindow

Answer = dict[str, str]
Look = Callable[[Event], Answer]
Rate = Callable[[int], None]
"""For one person: what looks until the event is set, and what takes the rating."""


class CameraFault(Exception):  # noqa: N818 - the state of the device, said as a state
    """No picture comes; the message is one line that staff can act on."""


class Camera(Protocol):
    """A camera that is closed, device and all, whenever nobody agreed to it."""

    def open(self) -> None:
        """Take the device.

        Raises:
            CameraFault: it is not there, or somebody else has it.
        """
        ...

    def frame(self) -> Any:
        """One picture, in memory.

        Raises:
            CameraFault: it was unplugged, or gives nothing.
        """
        ...

    def close(self) -> None:
        """Let the device go; harmless when it is closed."""
        ...


class Lamp(Protocol):
    """The light that says that the camera sees."""

    def show(self, *, on: bool) -> None:
        """Switch it.

        Raises:
            CameraFault: it cannot be switched; then the camera must not be opened.
        """
        ...


@dataclass(frozen=True, slots=True)
class Judged:
    """How likely the person smiled, or why that is not known."""

    smile: float | None
    unknown: str | None


class Sitting(Protocol):
    """One consenting person, frame by frame."""

    def add(self, frame: Any) -> None:
        """Look at one more frame."""
        ...

    @property
    def enough(self) -> bool:
        """Whether more frames would add nothing."""
        ...

    def judged(self) -> Judged:
        """What is to be counted; forgets every picture."""
        ...


class SmileJudge(Protocol):
    """The models."""

    def sit(self) -> Sitting:
        """Begin with a person."""
        ...

    def smiled(self, smile: float) -> bool:
        """Whether this counts as a smile."""
        ...


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well smiles told good ratings from bad ones, with the 95 % interval of the AUC."""

    n: int
    n_bad: int
    auc: float
    low: float
    high: float
    used: bool


class RatingTable(Protocol):
    """Counts of smiles by rating, of consenting citizens who also rated; nobody in particular."""

    def add(self, smile: float, rating: int) -> Agreement | None:
        """Count one; the new agreement whenever ten more have come, else None."""
        ...

    def agreement(self) -> Agreement | None:
        """How it stands; None while there is too little to say anything."""
        ...


@dataclass(frozen=True, slots=True)
class WindowShare:
    """A window as it may be told: corrected, with its interval."""

    window: ClosedWindow
    share: float
    low: float
    high: float


class WindowShares(Protocol):
    """Turns counts into a share."""

    def share(self, window: ClosedWindow) -> WindowShare | None:
        """The corrected share; None where nothing may be told."""
        ...


class SmileLink(Protocol):
    """The way to the server."""

    def start(self) -> None:
        """Connect in the background and keep trying."""
        ...

    def tell(self, share: WindowShare) -> bool:
        """Send a window; False when there is no connection."""
        ...

    def tell_agreement(self, agreement: Agreement) -> bool:
        """Send the calibration; False when there is no connection."""
        ...

    def report(self, detail: str) -> None:
        """Say in the device's status what is wrong; empty when nothing is."""
        ...

    def close(self) -> None:
        """Say goodbye and disconnect."""
        ...


class Door(Protocol):
    """Where consent comes in and is withdrawn."""

    def start(self) -> None:
        """Open it.

        Raises:
            OSError: it cannot be opened.
        """
        ...

    def close(self) -> None:
        """Shut it; whoever is being looked at is let go at once."""
        ...
