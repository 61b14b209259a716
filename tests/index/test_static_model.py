"""The bundled embedding and other static ones: vectors, folder form, faults."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import InputError
from index.embedding import BUNDLED, EmbeddingSettings, embedder_for
from index.static_model import DIGEST, WEIGHTS, StaticModel

TEXTS = [
    "党员能不能经商办企业？",
    "预备党员的预备期为一年。",
    "经商办企业的，情节较轻的，给予警告或者严重警告处分。",
    "支部党员大会一般每季度召开1次。",
]


@pytest.fixture(scope="module")
def bundled() -> StaticModel:
    return StaticModel(BUNDLED)


def test_the_bundled_model_is_used_by_default_and_fits_a_repository() -> None:
    assert isinstance(embedder_for(), StaticModel)
    assert embedder_for().identity == embedder_for(EmbeddingSettings(str(BUNDLED))).identity
    assert sum(path.stat().st_size for path in BUNDLED.rglob("*") if path.is_file()) < 16_000_000


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("老板一直拖欠工资怎么办", "用人单位拖欠或者未足额支付劳动报酬的，劳动者可以依法向当地人民法院申请支付令。"),
        ("老人可以要求子女给钱养老吗", "子女不履行赡养义务的，父母有要求子女给付赡养费的权利。"),
        ("入党要经过多久考察", "预备党员的预备期为一年，从支部大会通过其为预备党员之日算起。"),
        ("收礼金会受什么处分", "收受可能影响公正执行公务的礼品、礼金，情节较轻的，给予警告或者严重警告处分。"),
    ],
)
def test_the_nearest_passage_answers_the_question(bundled: StaticModel, question: str, passage: str) -> None:
    others = [
        "国家实行最严格的耕地保护制度，严格控制耕地转为非耕地。",
        "公司股东会由全体股东组成，股东会是公司的权力机构。",
        "旅客应当按照有效客票记载的时间、班次和座位号乘坐。",
        "本办法自印发之日起施行，由县委办公室负责解释。",
    ]
    near = bundled.passages([passage, *others]) @ bundled.queries([question])[0]
    assert int(near.argmax()) == 0


def test_rows_have_unit_length_and_empty_texts_are_zero(bundled: StaticModel) -> None:
    vectors = bundled.queries([*TEXTS, "", "，。", "第十二条"])
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 1, 0, 0, 0], atol=1e-6)
    assert bundled.passages([]).shape == (0, bundled.dimension)


def test_many_texts_at_once_give_what_each_gives_alone(bundled: StaticModel) -> None:
    texts = [f"{text}{number}" for number in range(700) for text in TEXTS]
    together = bundled.passages(texts)
    assert np.allclose(together[1500], bundled.passages([texts[1500]])[0], atol=1e-6)
    with ThreadPoolExecutor(4) as pool:
        rows = list(pool.map(lambda text: bundled.queries([text])[0], texts[:200]))
    assert np.allclose(rows, together[:200], atol=1e-6)


def test_a_clause_number_says_nothing(bundled: StaticModel) -> None:
    numbered, plain = bundled.passages(["第七条之一　" + TEXTS[1], TEXTS[1]])
    assert np.allclose(numbered, plain, atol=1e-6)


def test_torch_is_not_imported() -> None:
    code = "import sys; from index.embedding import embedder_for; embedder_for().queries(['党员']); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_sentence_transformers_reads_the_folder_alike(bundled: StaticModel) -> None:
    from sentence_transformers import SentenceTransformer

    vectors = SentenceTransformer(str(BUNDLED), local_files_only=True).encode(TEXTS, show_progress_bar=False)
    assert np.allclose(vectors, bundled.passages(TEXTS), atol=1e-3)


def test_identity_follows_the_weights(tmp_path: Path, bundled: StaticModel) -> None:
    from safetensors.numpy import load_file, save_file

    copy = tmp_path / "model"
    shutil.copytree(BUNDLED, copy)
    assert StaticModel(copy).identity == bundled.identity
    weights = load_file(copy / WEIGHTS)
    save_file(weights, copy / WEIGHTS, metadata={"format": "pt", DIGEST: "0123456789abcdef01"})
    assert StaticModel(copy).identity == "static-0123456789abcdef"
    save_file(weights, copy / WEIGHTS, metadata={"format": "pt"})
    counted = StaticModel(copy).identity
    next(iter(weights.values()))[5] = 1
    save_file(weights, copy / WEIGHTS, metadata={"format": "pt"})
    assert StaticModel(copy).identity != counted


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(BUNDLED, copy)
    (copy / "tokenizer.json").write_text("{}", "utf-8")
    with pytest.raises(InputError, match=r"tokenizer\.json 不是分词器文件"):
        StaticModel(copy).queries(["党员"])
    (copy / WEIGHTS).write_bytes(b"damaged")
    with pytest.raises(InputError, match=r"model\.safetensors 不是向量模型的权重文件"):
        _ = StaticModel(copy).dimension
    (copy / WEIGHTS).unlink()
    with pytest.raises(InputError, match=r"读不到向量模型的文件 .*model\.safetensors"):
        _ = StaticModel(copy).identity
