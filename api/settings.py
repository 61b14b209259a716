"""Settings of the service (服务设置): made by `danggui serve`, handed to its worker processes by the environment."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from ipaddress import ip_address
from pathlib import Path

VARIABLE = "DANGGUI_SERVICE"
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "::1")
MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """How a base is served.

    `hosts` are the names by which clients may call the service, empty for any. `max_body` limits JSON bodies,
    `max_upload` those with files, in bytes. `threads` questions are worked on at a time in one process, and
    `max_waiting` requests may be under way before more are turned away. A change of the base is looked for every
    `watch` seconds.
    """

    home: Path
    require_keys: bool = False
    hosts: tuple[str, ...] = LOOPBACK_HOSTS
    max_body: int = 256 << 10
    max_upload: int = 64 * MEBIBYTE
    max_files: int = 50
    max_jobs: int = 20
    threads: int = 0
    max_waiting: int = 256
    watch: float = 1.0

    @property
    def worker_threads(self) -> int:
        """The number of worker threads: `threads`, or one for each core and at least four, since some wait."""
        return self.threads or max(2, os.cpu_count() or 1)

    def to_environment(self) -> dict[str, str]:
        """Return the environment variable from which `from_environment` reads these settings."""
        return {VARIABLE: json.dumps({**asdict(self), "home": str(self.home)})}

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> ServiceSettings:
        """Return the settings that `to_environment` wrote, else the defaults with DANGGUI_HOME."""
        if VARIABLE not in environment:
            return cls(Path(environment.get("DANGGUI_HOME") or Path.home() / ".danggui"))
        values = json.loads(environment[VARIABLE])
        return cls(**{**values, "home": Path(values["home"]), "hosts": tuple(values["hosts"])})


def is_loopback(host: str) -> bool:
    """Tell whether an address to listen on can be reached from this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
