"""Puts a queue server together: the only place that knows the concrete classes."""

from __future__ import annotations

from queue_server.bootstrap.mqtt_side import write_broker_files
from queue_server.bootstrap.running_office import RunningOffice
from queue_server.bootstrap.server_process import check_office, run_server

__all__ = ["RunningOffice", "check_office", "run_server", "write_broker_files"]
