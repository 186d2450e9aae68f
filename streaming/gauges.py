"""A number that machines read: its name, what it counts, and its series. Values only, no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

Labels = tuple[str, ...]


@dataclass
class Gauge:
    """Names and labels of the operations handbook; a series that is not known is left out."""

    name: str
    words: str
    labels: Labels = ()
    series: dict[Labels, float] = field(default_factory=dict)

    def put(self, value: float | None, *labels: str) -> None:
        """Of a series that comes twice the higher value counts: Prometheus refuses a repeated one."""
        if value is not None:
            self.series[labels] = max(float(value), self.series.get(labels, float(value)))

    def put_state(self, now: str, states: Iterable[str], *labels: str) -> None:
        """One series for each state: 1 for the present one."""
        for state in states:
            self.put(state == now, *labels, state)

    def put_all(self, values: Mapping[str, float]) -> None:
        for label, value in values.items():
            self.put(value, label)
