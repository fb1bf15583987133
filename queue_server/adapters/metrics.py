"""Prometheus metrics: read from the live office at the moment they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric

from queue_server.domain.counter_now import CounterState
from queue_server.use_cases.live_office import LiveOffice
from queue_server.use_cases.ports import DeviceList


class OfficeMetrics:
    """Collects one office; `malformed` counts unreadable MQTT messages by device."""

    def __init__(
        self, live: LiveOffice, devices: DeviceList, malformed: Callable[[], Mapping[str, int]]
    ) -> None:
        self._live = live
        self._devices = devices
        self._malformed = malformed
        self._registry = CollectorRegistry()
        self._registry.register(self)

    def text(self) -> bytes:
        """The Prometheus text format."""
        return generate_latest(self._registry)

    def collect(self) -> Iterable[Metric]:
        """All metrics, one consistent look."""
        yield from self._office()
        online = GaugeMetricFamily("motcua_device_online", "1 when online", labels=["device"])
        for device in self._devices.devices():
            online.add_metric([device.id], float(device.online))
        yield online
        bad = CounterMetricFamily(
            "motcua_mqtt_malformed", "Unreadable MQTT messages", labels=["device"]
        )
        for source, count in self._malformed().items():
            bad.add_metric([source], count)
        yield bad

    def _office(self) -> Iterable[Metric]:
        waiting = GaugeMetricFamily("motcua_waiting", "People waiting", labels=["service"])
        tickets = GaugeMetricFamily("motcua_tickets_today", "Tickets by state", labels=["state"])
        with self._live.look() as day:
            figures = self._live.figures
            for service in day.office.services:
                waiting.add_metric([service], figures.waiting[service])
            for state, count in figures.states.items():
                tickets.add_metric([state.value], count)
            opened = sum(c.state is CounterState.OPEN for c in day.counters.values())
            mean, p90 = figures.all.mean_min(), figures.all.quantile_min(0.9)
            seq = self._live.seq
        yield waiting
        yield tickets
        yield GaugeMetricFamily("motcua_counters_open", "Open counters", value=opened)
        yield CounterMetricFamily("motcua_events", "Events kept", value=seq)
        if mean is not None and p90 is not None:
            yield GaugeMetricFamily("motcua_wait_mean_minutes", "Mean wait today", value=mean)
            yield GaugeMetricFamily("motcua_wait_p90_minutes", "P90 wait today", value=p90)
