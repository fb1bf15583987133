"""What sees a frame can neither write, send, print nor log: these files have no call for it."""

from __future__ import annotations

import ast
from pathlib import Path

# Every file through whose hands a frame, a face or a crop goes while the camera sees.
SEEING = (
    *(
        "edge_models/satisfaction/" + name
        for name in (
            "frames.py",
            "face_finder.py",
            "face_checks.py",
            "expressions.py",
            "looker.py",
            "region.py",
            "rigid.py",
            "sitting.py",
            "window_share.py",
        )
    ),
    "edge_models/runtime/one_thread.py",
    "edge_models/runtime/silent.py",
    "kiosk/adapters/opencv_camera.py",
    "kiosk/adapters/smile_models.py",
    "kiosk/use_cases/look_with_consent.py",
)
WAYS_OUT = {
    *(
        "imwrite",
        "imwritemulti",
        "imencode",
        "imshow",
        "VideoWriter",
        "tofile",
        "tobytes",
        "tostring",
    ),
    *("save", "savez", "savez_compressed", "savetxt", "dump", "dumps", "open", "write"),
    *("write_text", "write_bytes", "print", "send", "sendall", "sendto", "publish", "post", "put"),
    *("debug", "info", "warning", "error", "exception", "critical", "system", "Popen"),
}
OUTSIDE = {
    *("logging", "socket", "subprocess", "urllib", "http", "httpx", "paho", "pickle", "json"),
    *("shutil", "tempfile", "io", "mmap", "multiprocessing", "sqlite3", "PIL"),
}
# A camera is opened, a model file is read: the same word, another thing.
MEANT = {("kiosk/use_cases/look_with_consent.py", "open")}


def ways_out(name: str, text: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            called = node.func
            word = getattr(called, "attr", getattr(called, "id", ""))
            if word in WAYS_OUT and (name, word) not in MEANT:
                found.append(f"{name}:{node.lineno}: {word}()")
        modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            modules = [node.module]
        found += [f"{name}: imports {m}" for m in modules if m.split(".")[0] in OUTSIDE]
    return found


def test_no_file_that_sees_has_a_way_out(root: Path) -> None:
    faults = [
        fault for name in SEEING for fault in ways_out(name, (root / name).read_text("utf-8"))
    ]
    assert not faults, "\n".join(faults)


def test_every_file_of_the_pipeline_is_looked_at(root: Path) -> None:
    """A new file must be put into one of the two lists."""
    reading = {"labels.py", "figures.py", "evaluate.py", "artifacts.py"}
    reading |= {"labelled_faces.py", "labelled_folder.py"}
    counting = {"site_calibration.py", "__init__.py"}
    folder = root / "edge_models" / "satisfaction"
    known = {Path(name).name for name in SEEING} | reading | counting
    assert {path.name for path in folder.glob("*.py")} <= known


def test_onnxruntime_is_loaded_by_one_file_that_silences_it(
    root: Path, product_files: list[Path]
) -> None:
    loud = [
        str(path.relative_to(root))
        for path in product_files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if (isinstance(node, ast.Import) and any(a.name == "onnxruntime" for a in node.names))
        or (isinstance(node, ast.ImportFrom) and str(node.module).startswith("onnxruntime"))
    ]
    assert not loud


def test_ways_out_are_seen() -> None:
    for text in (
        "cv2.imwrite('a.png', frame)",
        "frame.tofile(f)",
        "import logging",
        "from socket import socket",
        "log.info('%s', frame)",
        "open('x', 'wb')",
    ):
        assert ways_out("a.py", text), text
    assert not ways_out("a.py", "import numpy as np\nx = np.mean(frame)")
