"""Where the shipped models lie."""

from __future__ import annotations

from pathlib import Path

import edge_models

SHIPPED = Path(edge_models.__file__).with_name("artifacts")
