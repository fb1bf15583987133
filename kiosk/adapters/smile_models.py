"""The models of the smile index as the camera process uses them: frames in, numbers out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edge_models.runtime.card import UntrustedModel
from edge_models.satisfaction import sitting as models
from edge_models.satisfaction.looker import Looker
from edge_models.satisfaction.region import Region
from edge_models.satisfaction.window_share import SMILES_ABOVE
from kiosk.use_cases.camera_ports import Judged
from queue_server.contracts.config_file import ConfigError

ENOUGH_LOOKS = 15


class OneSitting:
    """One person."""

    def __init__(self, looker: Looker) -> None:
        self._sitting = models.Sitting(looker.look)

    def add(self, frame: Any) -> None:
        """Look at one more frame."""
        self._sitting.add(frame)

    @property
    def enough(self) -> bool:
        """Fifteen looks are some five seconds: long enough to see that it is no photo."""
        return self._sitting.looks >= ENOUGH_LOOKS

    def judged(self) -> Judged:
        """What is to be counted; forgets every picture."""
        outcome = self._sitting.outcome()
        return Judged(outcome.smile, outcome.unknown.value if outcome.unknown else None)


class SmileModels:
    """All models, loaded and checked once."""

    def __init__(self, region: Sequence[tuple[float, float]] = ()) -> None:
        """Load them.

        Raises:
            ConfigError: a model is missing or changed, or the region is senseless.
        """
        try:
            self._looker = Looker(Region(region))
        except (UntrustedModel, ValueError) as error:
            raise ConfigError(f"camera: {error}") from error

    def sit(self) -> OneSitting:
        """Begin with a person."""
        return OneSitting(self._looker)

    def smiled(self, smile: float) -> bool:
        """Whether this counts as a smile."""
        return smile > SMILES_ABOVE
