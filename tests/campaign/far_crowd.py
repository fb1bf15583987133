"""The crowd as a process of its own, so that it can stand at the far side of a network.

`python -m tests.campaign.far_crowd FOLDER HOST PORT` works until a line comes on standard input,
then goes home and prints what it holds as one JSON line. Each 40 answers it prints a dot line.
"""

from __future__ import annotations

import json
import sys
import threading
from dataclasses import asdict
from pathlib import Path

from tests.campaign.unruly_server import A_FEW
from tests.fault.busy_crowd import BusyCrowd
from tests.office_process import OfficeProcess


def main() -> None:
    folder, host, port = sys.argv[1:]
    server = OfficeProcess(Path(folder), host=host)
    server.port = int(port)
    crowd = BusyCrowd(server, citizens=4, counters=3)
    crowd.start()
    crowd.up.set()
    over = threading.Event()

    def listen() -> None:
        sys.stdin.readline()
        over.set()

    threading.Thread(target=listen, daemon=True).start()
    while not over.is_set():
        crowd.wait_for_answers(A_FEW)
        sys.stdout.write(".\n")
        sys.stdout.flush()
    crowd.go_home()
    notebook = crowd.notebook
    held = {**asdict(notebook), "finished": sorted(notebook.finished)}
    sys.stdout.write(json.dumps(held) + "\n")


if __name__ == "__main__":
    main()
