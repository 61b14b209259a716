"""Shared places: the bundled samples as a base, built once a run, and the data beside the project where it is there."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "corpus" / "samples"
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a knowledge base that holds the bundled samples."""
    from danggui.ingesting import Order, ingest

    home = tmp_path_factory.mktemp("samples") / "base"
    ingest(home, Order((SAMPLES,), workers=1))
    return home


@pytest.fixture(scope="session")
def shared() -> Callable[[str], Path]:
    """Return a function that gives a path below the data folder, skipping the test where it is absent."""

    def path(name: str) -> Path:
        found = SHARED / name
        if not found.exists():
            pytest.skip(f"data not at hand: {name}")
        return found

    return path


@pytest.fixture
def own_home(sample_home: Path, tmp_path: Path) -> Path:
    """Return a copy of the sample base that a test may change."""
    home = tmp_path / "base"
    shutil.copytree(sample_home, home)
    return home
