"""Any sentence-transformers model: a tiny transformer with random weights, built here and loaded by the library."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import InputError
from index.embedding import EmbeddingSettings, Vectors, embedder_for

pytestmark = pytest.mark.filterwarnings("default")  # the libraries' own deprecations are not ours
LENGTH = 16  # tokens the tiny model reads
CHARACTERS = "党员干部应当遵守纪律不得经商办企业违反规定的给予警告处分。，查询：条文"


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a one-layer BERT over single characters, with prompts of its own."""
    torch = pytest.importorskip("torch")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast  # type: ignore[attr-defined]

    folder = tmp_path_factory.mktemp("tiny")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *sorted(set(CHARACTERS))]
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        max_position_embeddings=LENGTH,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizerFast(vocab={word: place for place, word in enumerate(words)}).save_pretrained(folder / "bert")
    transformer = Transformer(str(folder / "bert"), max_seq_length=LENGTH)
    pooling = Pooling(transformer.get_embedding_dimension(), pooling_mode="mean")
    prompts = {"query": "查询：", "document": "条文："}
    SentenceTransformer(modules=[transformer, pooling], prompts=prompts).save(str(folder / "model"))
    return folder / "model"


def library_vector(folder: Path, text: str, prompt: str) -> Vectors:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), local_files_only=True)
    vector: Vectors = model.encode(text, prompt=prompt, normalize_embeddings=True)
    return vector


@pytest.mark.slow
def test_the_models_own_prompts_are_used(tiny: Path) -> None:
    model = embedder_for(EmbeddingSettings(str(tiny)))
    assert np.allclose(model.queries(["党员干部"])[0], library_vector(tiny, "党员干部", "查询："), atol=1e-5)
    assert np.allclose(model.passages(["党员干部"])[0], library_vector(tiny, "党员干部", "条文："), atol=1e-5)


def test_prompts_that_are_given_go_before_the_models_own(tiny: Path) -> None:
    model = embedder_for(EmbeddingSettings(str(tiny), query_prompt="规定："))
    assert np.allclose(model.queries(["党员"])[0], library_vector(tiny, "党员", "规定："), atol=1e-5)


def test_a_long_passage_is_the_mean_of_its_windows(tiny: Path) -> None:
    first, second = "党员干部应当遵守。", "不得经商办企业。"  # 9 + 8 tokens, more than 16 less [CLS], [SEP] and 条文：
    model = embedder_for(EmbeddingSettings(str(tiny)))
    mean = model.passages([first]) + model.passages([second])
    assert np.allclose(model.passages([first + second]), mean / np.linalg.norm(mean), atol=1e-5)


def test_the_end_of_a_long_sentence_counts(tiny: Path) -> None:
    model = embedder_for(EmbeddingSettings(str(tiny)))
    start = "党员干部应当遵守纪律" * 5
    one, other = model.passages([start + "给予警告处分", start + "经商办企业的"])
    assert not np.allclose(one, other, atol=1e-3)


def test_rows_have_unit_length_and_empty_texts_are_zero(tiny: Path) -> None:
    vectors = embedder_for(EmbeddingSettings(str(tiny))).queries(["党员", "", " ", "处分"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 1])
    assert embedder_for(EmbeddingSettings(str(tiny))).queries([]).shape == (0, 16)


def test_threads_share_one_model(tiny: Path) -> None:
    model = embedder_for(EmbeddingSettings(str(tiny)))
    texts = [CHARACTERS[place:] for place in range(24)]
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: model.passages([text])[0], texts))
    assert np.allclose(rows, model.passages(texts), atol=1e-5)


def test_identity_follows_files_and_prompts(tiny: Path) -> None:
    before = embedder_for(EmbeddingSettings(str(tiny))).identity
    assert before == embedder_for(EmbeddingSettings(str(tiny))).identity
    assert before != embedder_for(EmbeddingSettings(str(tiny), query_prompt="问：")).identity
    note = tiny / "note.txt"
    note.write_text("changed", "utf-8")
    assert before != embedder_for(EmbeddingSettings(str(tiny))).identity
    note.unlink()


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="里没有向量模型"):
        embedder_for(EmbeddingSettings(str(tmp_path)))
    with pytest.raises(InputError, match="没有这个向量模型文件夹"):
        embedder_for(EmbeddingSettings(str(tmp_path / "absent")))


def test_a_folder_with_a_broken_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match="打不开"):
        embedder_for(EmbeddingSettings(str(tmp_path))).queries(["党员"])


def test_a_name_is_not_looked_for_on_the_network_when_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setitem(os.environ, "HF_HUB_OFFLINE", "1")
    with pytest.raises(InputError, match="本机没有缓存"):
        embedder_for(EmbeddingSettings("nobody/no-such-model")).queries(["党员"])
