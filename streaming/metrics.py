"""What Prometheus reads: the business from the database, the process from the library's own collectors.

Every web process answers for the business alike: nothing is counted in its memory, so that it does not matter
which of them is asked. Only process_* and python_* are of the one that answered.
"""

from collections.abc import Callable, Iterator
from threading import Lock
from time import monotonic

from django.conf import settings
from django.db import Error
from prometheus_client import (
    CollectorRegistry,
    GCCollector,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from streaming.gauges import Gauge
from streaming.selectors.gauges import business_gauges

FRESH_SECONDS = 5.0


class Business(Collector):
    """Asks the database once in five seconds, however many ask us; its being away is an answer too."""

    def __init__(
        self, read: Callable[[], list[Gauge]] = business_gauges, clock: Callable[[], float] = monotonic
    ) -> None:
        self._read, self._clock, self._lock = read, clock, Lock()
        self.forget()

    def forget(self) -> None:
        self._gauges: list[Gauge] = []
        self._read_at: float | None = None

    def describe(self) -> list[GaugeMetricFamily]:
        """Nothing: to register must not ask the database."""
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        with self._lock:
            if self._read_at is None or self._clock() - self._read_at >= FRESH_SECONDS:
                self._gauges = self._fresh()
                self._read_at = self._clock()
            gauges = self._gauges
        yield from (_family(gauge) for gauge in gauges)

    def _fresh(self) -> list[Gauge]:
        up = Gauge("database_up", "1 when the database answered.")
        try:
            gauges = self._read()
        except Error:
            gauges = []
        up.put(bool(gauges))
        return [up, _build(), *gauges]


def _build() -> Gauge:
    gauge = Gauge("build_info", "The version that is running.", ("version",))
    gauge.put(1, settings.VERSION)
    return gauge


def _family(gauge: Gauge) -> GaugeMetricFamily:
    family = GaugeMetricFamily(gauge.name, gauge.words, labels=gauge.labels)
    for labels, value in gauge.series.items():
        family.add_metric(labels, value)
    return family


business = Business()
registry = CollectorRegistry()
for make in (ProcessCollector, PlatformCollector, GCCollector):
    make(registry=registry)
registry.register(business)


def metrics_text() -> bytes:
    return generate_latest(registry)
