"""The one door to onnxruntime: its telemetry is switched off before it is loaded.

Since 1.31 its Linux wheels keep a device id and a database of events under the user's cache folder
and send them to Microsoft; strace showed it in the test of the camera. An office's machine tells
nobody anything, so the switch is set here and nothing else may import onnxruntime.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

SWITCH = "ORT_DISABLE_TELEMETRY"


def silent_onnxruntime() -> Any:
    """The module, loaded when it is first needed."""
    os.environ[SWITCH] = "1"
    return import_module("onnxruntime")
