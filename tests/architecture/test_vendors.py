"""An adapter file knows one vendor library, so replacing a vendor replaces a file."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

OURS = {"kiosk", "queue_server", "edge_models"}
# The language of the contracts and a folder of font files: nothing to replace behind them.
NOT_VENDORS = {"pydantic", "fontpkg_be_vietnam_pro", "fontpkg_noto_sans_khmer"}
# Two import names of one thing.
FAMILY = {"alembic": "sqlalchemy", "starlette": "fastapi", "usb": "escpos", "numpy": "onnxruntime"}
# OpenCV's pictures are arrays of numpy: beside it, and only there, numpy is a part of it.
ARRAYS_OF_CV2 = {"cv2", "numpy"}


def vendors(text: str) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    foreign = names - OURS - NOT_VENDORS - sys.stdlib_module_names
    if foreign >= ARRAYS_OF_CV2:
        foreign -= {"numpy"}
    return {FAMILY.get(name, name) for name in foreign}


def test_one_vendor_per_adapter(root: Path, product_files: list[Path]) -> None:
    faults = {
        str(path.relative_to(root)): sorted(found)
        for path in product_files
        if "adapters" in path.relative_to(root).parts
        and len(found := vendors(path.read_text("utf-8"))) > 1
    }
    assert not faults


def test_two_vendors_are_seen() -> None:
    text = "import socket\nimport serial.tools\ndef f():\n    from paho.mqtt import client\n"
    assert vendors(text) == {"serial", "paho"}
    assert vendors("import alembic\nimport sqlalchemy as sa\nimport pydantic") == {"sqlalchemy"}
    assert vendors("import cv2\nimport numpy as np") == {"cv2"}
    assert vendors("import scipy\nimport numpy as np") == {"scipy", "onnxruntime"}
