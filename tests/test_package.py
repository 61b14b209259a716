"""What is shipped: every package and data file in the wheel, nobody else's names, no heavy import on a light path."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("danggui", "api", "eval", "answer", "index", "ingest", "corpus")
HEAVY = ("torch", "chromadb", "llama_index", "sentence_transformers", "faiss", "transformers")


@pytest.mark.slow
def test_wheel_holds_every_package_and_data_file(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("danggui-*.whl")
    shipped = set(zipfile.ZipFile(wheel).namelist())
    wanted = {str(path.relative_to(ROOT)) for room in ROOMS for path in (ROOT / room).rglob("*") if _is_shipped(path)}
    assert wanted - shipped == set()
    assert any(name.startswith("corpus/samples/") and name.endswith(".docx") for name in shipped)


def _is_shipped(path: Path) -> bool:
    return path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"


def test_no_other_distribution_provides_our_names() -> None:
    providers = metadata.packages_distributions()
    assert {room: sorted(set(providers[room])) for room in ROOMS} == {room: ["danggui"] for room in ROOMS}


RECORD_IMPORTS = """
import sys
class Recorder:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {heavy!r}:
            print("HEAVY", name)
        return None
sys.meta_path.insert(0, Recorder())
from danggui.cli import main
main([{arguments}], standalone_mode=False)
"""


@pytest.mark.parametrize("arguments", ["'list'", "'show', '《示例县党务公开实施细则》第一条'"], ids=["list", "show"])
def test_light_commands_import_nothing_heavy(sample_home: Path, arguments: str) -> None:
    code = RECORD_IMPORTS.format(heavy=HEAVY, arguments=f"{arguments}, '--home', {str(sample_home)!r}")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "示例县" in done.stdout
    assert "HEAVY" not in done.stdout
