"""Takes a picture of every screen: `python -m tests.ui.pictures OUT`, then look at each."""

from __future__ import annotations

import argparse
from pathlib import Path

from tests.ui.offscreen import use_offscreen_window


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    out = parser.parse_args().out
    use_offscreen_window()
    from tests.ui.picture_walk import take  # noqa: PLC0415 - Kivy comes after its preparation

    for path in take(out):
        print(path)  # noqa: T201 - the answer of a program


if __name__ == "__main__":
    main()
