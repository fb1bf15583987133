"""A Modbus RTU display in software: pymodbus as the server behind a cable of two ptys."""

from __future__ import annotations

import asyncio
import os
import queue
import select
import threading
from pathlib import Path
from typing import Any

from pymodbus.server import ModbusSerialServer
from pymodbus.simulator import DataType, SimData, SimDevice

from tests.ptys import PtyDevice

UNIT, SIZE = 7, 8


class Cable:
    """Carries bytes between two ptys and keeps what the program wrote."""

    def __init__(self, program: PtyDevice, device: PtyDevice) -> None:
        self.from_program = b""
        self._ends = (program.fd, device.fd)
        self._stop_read, self._stop_write = os.pipe()
        self._thread = threading.Thread(target=self._carry)
        self._thread.start()

    def _carry(self) -> None:
        program, device = self._ends
        other = {program: device, device: program}
        while True:
            ready, _, _ = select.select([program, device, self._stop_read], [], [])
            if self._stop_read in ready:
                return
            for end in ready:
                data = os.read(end, 256)
                if end == program:
                    self.from_program += data
                os.write(other[end], data)

    def close(self) -> None:
        os.write(self._stop_write, b"x")
        self._thread.join()
        os.close(self._stop_read)
        os.close(self._stop_write)


class ModbusSign:
    """Holding registers that can be read back, at 9600 8N1."""

    def __init__(self, folder: Path) -> None:
        self.written: queue.Queue[list[int]] = queue.Queue()
        self.plug = PtyDevice(folder / "program")
        self._inner = PtyDevice(folder / "sign")
        self._cable: Cable | None = Cable(self.plug, self._inner)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._server = self._call(self._serve())

    @property
    def wire(self) -> bytes:
        assert self._cable is not None
        return self._cable.from_program

    def registers(self, first: int, count: int) -> list[int]:
        read = self._server.context.async_getValues(UNIT, 3, first, count)
        values: list[int] = self._call(read)
        return values

    def unplug(self) -> None:
        if self._cable is not None:
            self._cable.close()
            self._cable = None
        self.plug.unplug()

    def replug(self) -> None:
        self.plug.plug()
        self._cable = Cable(self.plug, self._inner)

    def close(self) -> None:
        self.unplug()
        self._call(self._server.shutdown())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._inner.unplug()

    async def _serve(self) -> ModbusSerialServer:
        blank = SimData(0, values=[0] * SIZE, datatype=DataType.REGISTERS)
        server = ModbusSerialServer(
            SimDevice(UNIT, [blank], action=self._accessed),
            port=str(self._inner.path),
            baudrate=9600,
        )
        await server.serve_forever(background=True)
        return server

    async def _accessed(
        self,
        _function: int,
        _start: int,
        _address: int,
        _count: int,
        _current: list[int],
        values: list[int] | list[bool] | None,
    ) -> None:
        if values is not None:
            self.written.put([int(value) for value in values])

    def _call(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=10)
