"""Settings of a knowledge base (设置): the file danggui.toml in its folder, environment variables before it.

    [index]
    store = "faiss"                  # faiss、chroma, or none for words alone
    model = "/models/my-embedding"   # a sentence-transformers folder or name; "" is the bundled model
    endpoint = ""                    # or an OpenAI-compatible service, http://127.0.0.1:8080/v1, with `model` its name
    query_prompt = ""
    passage_prompt = ""

    [llm]                            # optional: a language model (see danggui/llm.py)
    url = "http://127.0.0.1:8080/v1"
    model = "my-model"

The environment's DANGGUI_STORE, DANGGUI_MODEL, DANGGUI_ENDPOINT, DANGGUI_QUERY_PROMPT and DANGGUI_PASSAGE_PROMPT win
over the file. A key is read from DANGGUI_KEY alone and never written anywhere.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from corpus.errors import InputError
from index.embedding import EmbeddingSettings
from index.settings import STORES, IndexSettings

FILE_NAME = "danggui.toml"
_SECTION = "index"
_OWN_SECTION = re.compile(rf"^\[{_SECTION}\].*?(?=^\[|\Z)", re.MULTILINE | re.DOTALL)
_NAMES = ("store", "model", "endpoint", "query_prompt", "passage_prompt")


def read_settings(home: Path, environment: Mapping[str, str] = os.environ) -> IndexSettings:
    """Return the index settings of the base in `home`; the defaults where nothing is set.

    Raises InputError naming file, entry and cure for what is not a setting.
    """
    file = home / FILE_NAME
    values = {**_file_values(file), **_environment_values(environment)}
    store = values.pop("store", STORES[0])
    if store not in STORES:
        raise InputError(f"设置 store = “{store}” 不对（{file} 或 DANGGUI_STORE）；可用 {'、'.join(STORES)}")
    return IndexSettings(replace(EmbeddingSettings(key=environment.get("DANGGUI_KEY", "")), **values), store)


def write_settings(home: Path, settings: IndexSettings) -> None:
    """Write the index settings of the base in `home`, but for the key."""
    embedding = settings.embedding
    values = (settings.store, embedding.model, embedding.endpoint, embedding.query_prompt, embedding.passage_prompt)
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in zip(_NAMES, values, strict=True)]
    draft, file = home / f"{FILE_NAME}.new", home / FILE_NAME
    others = _OWN_SECTION.sub("", file.read_text("utf-8")) if file.exists() else ""
    draft.write_text(f"[{_SECTION}]\n{''.join(lines)}\n{others}".rstrip() + "\n", "utf-8")
    draft.replace(file)


def read_section(file: Path, name: str) -> dict[str, Any]:
    """Return a section of the settings file, empty where there is none; raises InputError for no TOML."""
    try:
        section = tomllib.loads(file.read_text("utf-8")).get(name, {})
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InputError(f"设置文件 {file} 读不出：{error}；请改正，或删掉它以恢复默认") from error
    if not isinstance(section, dict):
        raise InputError(f"设置文件 {file} 里 {name} 应写成一节 [{name}]")
    return section


def _file_values(file: Path) -> dict[str, Any]:
    section = read_section(file, _SECTION)
    for name, value in section.items():
        if name not in _NAMES or not isinstance(value, str):
            raise InputError(f"设置文件 {file} 的 [{_SECTION}] 里 {name} 不对；可用 {'、'.join(_NAMES)}，值要加引号")
    return section


def _environment_values(environment: Mapping[str, str]) -> dict[str, Any]:
    found = {name: environment.get(f"DANGGUI_{name.upper()}") for name in _NAMES}
    return {name: value for name, value in found.items() if value is not None}
