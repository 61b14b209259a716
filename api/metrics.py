"""Figures for Prometheus (指标): per process, or summed over all worker processes where there are several.

With several workers, prometheus_client keeps the figures in files below PROMETHEUS_MULTIPROC_DIR, which `api.serve`
sets; any worker then tells the sums.
"""

from __future__ import annotations

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 5.0, 20.0)  # seconds


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "danggui_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self.seconds = Histogram(
            "danggui_request_seconds",
            "Seconds from a request's head to the end of its answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.asked = Counter("danggui_answers", "Questions answered, by status.", ("status",), registry=self._registry)
        self.loads = Counter("danggui_base_loads", "States of the base that were loaded.", registry=self._registry)
        self._serving = Gauge(
            "danggui_index_generation",
            "Processes that serve a generation of the index.",
            ("generation",),
            registry=self._registry,
            multiprocess_mode="livesum",
        )

    def loaded(self, generation: str, former: str) -> None:
        """Note that a generation of the index took the place of a former one, "" for none."""
        self.loads.inc()
        if former and MULTIPROCESS in os.environ:  # a label in a shared file cannot be taken out
            self._serving.labels(former).set(0)
        elif former:
            self._serving.remove(former)
        self._serving.labels(generation).set(1)

    def text(self) -> bytes:
        """Return all figures in Prometheus's text form."""
        if MULTIPROCESS not in os.environ:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
