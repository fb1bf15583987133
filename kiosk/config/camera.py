"""What the camera process must know at start; without this file there is no camera."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from kiosk.config.broker import MqttSection
from queue_server.contracts.config_file import read_config

Share = Annotated[float, Field(ge=0, le=1)]
Pixels = Annotated[int, Field(ge=160, le=3840)]


class CameraConfig(BaseModel):
    """`camera.toml`. Relative paths count from the folder of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    office: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    credentials: Path
    mqtt: MqttSection = MqttSection()
    device: Annotated[str, Field(min_length=1)] = Field(
        "/dev/motcua/camera-1", description="Path or number of the camera"
    )
    width: Pixels = 1280
    height: Pixels = 720
    colours: Literal["bgr", "rgb"] = Field(
        "bgr", description="Order of this driver; a wrong one is reported as colour_order"
    )
    lamp: Path | None = Field(
        default=None,
        description="LED file, e.g. /sys/class/leds/camera/brightness; none: the camera's own",
    )
    region: list[tuple[Share, Share]] = Field(
        default_factory=list,
        description="Corners of where citizens stand, shares of width and height; the clerk's "
        "side must lie outside. Empty: the whole picture",
    )
    door: Path = Field(Path("/run/motcua-camera/camera.sock"), description="Socket for the kiosk")
    longest_s: Annotated[float, Field(gt=0, le=10)] = 10.0
    state: Path = Field(Path("state"), description="Folder for the twenty calibration counts")


def read_camera_config(path: Path) -> CameraConfig:
    """Read the file; relative paths start at the file's own folder.

    Raises:
        ConfigError: the file cannot be used; the message names the key and the cure.
    """
    config = read_config(path, CameraConfig)
    folder = path.parent
    return config.model_copy(
        update={
            "credentials": folder / config.credentials,
            "mqtt": config.mqtt.beside(folder, folder / config.credentials),
            "door": folder / config.door,
            "state": folder / config.state,
        }
    )
