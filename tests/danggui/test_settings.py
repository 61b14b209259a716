"""Settings of a base: the file, the environment before it, the key nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import InputError
from danggui.settings import read_settings, write_settings
from index.embedding import EmbeddingSettings
from index.settings import IndexSettings


def test_nothing_set_is_the_bundled_model_in_faiss(tmp_path: Path) -> None:
    assert read_settings(tmp_path, {}) == IndexSettings(EmbeddingSettings(), "faiss")


def test_what_is_written_is_read_but_for_the_key(tmp_path: Path) -> None:
    embedding = EmbeddingSettings(
        model='示例"模型\\',
        endpoint="http://127.0.0.1:1/v1",
        key="secret",
        query_prompt="查询：\n",
        passage_prompt="文",
    )
    write_settings(tmp_path, IndexSettings(embedding, "chroma"))
    assert "secret" not in (tmp_path / "danggui.toml").read_text("utf-8")
    assert read_settings(tmp_path, {"DANGGUI_KEY": "secret"}) == IndexSettings(embedding, "chroma")


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    write_settings(tmp_path, IndexSettings(EmbeddingSettings(model="file"), "chroma"))
    settings = read_settings(tmp_path, {"DANGGUI_MODEL": "", "DANGGUI_STORE": "none"})
    assert (settings.embedding.model, settings.store) == ("", "none")


WRONG = [
    pytest.param("[index]\nstore = 'milvus'\n", "store = “milvus” 不对.*可用 faiss、chroma、none", id="store"),
    pytest.param("[index]\nmodle = 'x'\n", "modle 不对；可用 store、model", id="misspelt"),
    pytest.param("[index]\nmodel = 3\n", "model 不对", id="not a string"),
    pytest.param("[index\n", r"danggui\.toml 读不出", id="not TOML"),
]


@pytest.mark.parametrize(("content", "message"), WRONG)
def test_wrong_settings_name_the_file_and_the_cure(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "danggui.toml").write_text(content, "utf-8")
    with pytest.raises(InputError, match=message):
        read_settings(tmp_path, {})
