"""The web front end: TypeScript sources here, and the built pages that the server serves."""

from pathlib import Path

DIST = Path(__file__).with_name("dist")
"""Built pages (`index.html`, `display.html`, …) and `assets/`; written by `bundle.py`."""
