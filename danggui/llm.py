"""A language model through llama-index (语言模型), off unless it is set up; the only place that calls one.

    [llm]                                         # in danggui.toml
    url = "http://127.0.0.1:8080/v1"              # a service of the OpenAI form (vLLM, llama.cpp, Ollama, …)
    model = "my-model"
    timeout = 20                                  # seconds in all for an answer
    max_tokens = 1024                             # that the model may write
    context = 12000                               # characters of clauses that it is shown
    json_mode = true                              # ask for JSON by response_format
    class = ""                                    # or a class of another llama-index package, in place of url
    [llm.options]                                 # what that class is made with, beside the model

The environment's DANGGUI_LLM_URL, …_MODEL, …_TIMEOUT, …_MAX_TOKENS, …_CONTEXT, …_JSON_MODE and …_CLASS win over the
file. The key is read from DANGGUI_LLM_KEY alone. Nothing but the address is asked: no retries, no redirects.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from answer.model import Budget, Message
from corpus.errors import DangguiError, InputError, ModelError
from danggui.settings import FILE_NAME, read_section

if TYPE_CHECKING:
    import httpx
    from llama_index.core.llms import LLM

_SECTION = "llm"
_WINDOW = 1_000_000  # tokens; what a request may hold is the service's to say, what it does hold the budget's
_FORMS: dict[str, type] = {
    "url": str,
    "model": str,
    "class": str,
    "timeout": float,
    "max_tokens": int,
    "context": int,
    "json_mode": bool,
    "options": dict,
}


@dataclass(frozen=True, slots=True)
class LanguageSettings:
    """Which language model is asked: the one at `url`, or one of the llama-index class `name`."""

    url: str = ""
    model: str = ""
    name: str = ""
    key: str = field(default="", repr=False)
    json_mode: bool = True
    budget: Budget = field(default_factory=Budget)
    options: Mapping[str, Any] = field(default_factory=dict)


def read_language_settings(home: Path, environment: Mapping[str, str] = os.environ) -> LanguageSettings | None:
    """Return the language model's settings of the base in `home`, None where none is set up.

    Raises InputError naming file, entry and cure for what is not a setting.
    """
    file = home / FILE_NAME
    values = {name: _checked(name, value, str(file)) for name, value in read_section(file, _SECTION).items()}
    for name in _FORMS:
        variable = f"DANGGUI_LLM_{name.upper()}"
        if name != "options" and variable in environment:
            values[name] = _parsed(name, environment[variable], variable)
    url, name = values.get("url", ""), values.get("class", "")
    if not url and not name:
        return None
    if url and not url.startswith(("http://", "https://")):
        raise InputError(f"语言模型的地址应以 http:// 或 https:// 开头：{url}（{file} 或 DANGGUI_LLM_URL）")
    if url and not values.get("model"):
        raise InputError(f"使用语言模型服务时须给出模型名（{file} 的 [llm] model，或 DANGGUI_LLM_MODEL）")
    budget = Budget(values.get("timeout", 20.0), values.get("context", 12_000), values.get("max_tokens", 1024))
    key, options = environment.get("DANGGUI_LLM_KEY", ""), values.get("options", {})
    return LanguageSettings(url, values.get("model", ""), name, key, values.get("json_mode", True), budget, options)


def _checked(name: str, value: object, place: str) -> Any:  # noqa: ANN401 (a setting of any form)
    form = _FORMS.get(name)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if form is float and number:
        value = float(value)  # type: ignore[arg-type]
    if form is None or not isinstance(value, form) or (form is int and not number) or (number and not value > 0):  # type: ignore[operator]
        raise InputError(f"设置 {name} = {value!r} 不对（{place} 的 [llm]）；可用 {'、'.join(_FORMS)}，数字须大于 0")
    return value


def _parsed(name: str, words: str, variable: str) -> Any:  # noqa: ANN401
    form = _FORMS[name]
    if form is str:
        return words
    try:
        value: object = words.lower() in ("1", "true", "yes") if form is bool else form(words)
    except ValueError as error:
        raise InputError(f"环境变量 {variable} = {words} 不对，应是数字") from error
    return _checked(name, value, variable)


class LlamaModel:
    """A language model behind llama-index's interface; nothing is imported or asked before the first message."""

    def __init__(self, settings: LanguageSettings) -> None:
        self._settings = settings

    @property
    def budget(self) -> Budget:
        """What it may spend on an answer."""
        return self._settings.budget

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Yield the pieces of the answer as they come; raises ModelError, InputError for a class that is none."""
        try:
            from llama_index.core.llms import ChatMessage

            asked = [ChatMessage(role=message.role, content=message.text) for message in messages]
            with self._opened() as llm:
                for response in llm.stream_chat(asked):
                    yield response.delta or ""
        except DangguiError:
            raise
        except Exception as error:  # every service and package has errors of its own
            raise ModelError(f"语言模型 {self._name} 不能用（{_cause(error)}）") from error

    @property
    def _name(self) -> str:
        settings = self._settings
        return f"{settings.url or settings.name}（{settings.model}）" if settings.model else settings.name

    @contextmanager
    def _opened(self) -> Iterator[LLM]:
        """Yield the model, the connection to a service closed behind it."""
        if self._settings.name:
            yield self._of_class()
            return
        import httpx

        with httpx.Client(timeout=self.budget.seconds, follow_redirects=False) as client:
            yield self._service(client)

    def _service(self, client: httpx.Client) -> LLM:
        from llama_index.llms.openai_like import OpenAILike

        settings, budget = self._settings, self._settings.budget
        form = {"response_format": {"type": "json_object"}} if settings.json_mode else {}
        return OpenAILike(
            model=settings.model,
            api_base=settings.url,
            api_key=settings.key or "none",  # without one, the package takes what another variable holds
            temperature=0.0,
            max_tokens=budget.tokens,
            timeout=budget.seconds,
            max_retries=0,
            context_window=_WINDOW,
            is_chat_model=True,
            additional_kwargs=form,
            http_client=client,
        )

    def _of_class(self) -> LLM:
        from llama_index.core.llms import LLM

        module, _, name = self._settings.name.rpartition(".")
        try:
            found = getattr(import_module(module), name)
        except (ImportError, AttributeError, ValueError) as error:
            raise InputError(f"找不到语言模型的类 {self._settings.name}；请先安装它的 llama-index 包") from error
        if not (isinstance(found, type) and issubclass(found, LLM)):
            raise InputError(f"{self._settings.name} 不是 llama-index 的语言模型（LLM）")
        model = {"model": self._settings.model} if self._settings.model else {}
        return found(**model, **self._settings.options)


def _cause(error: Exception) -> str:
    status = getattr(error, "status_code", None)
    return f"HTTP {status}" if status else type(error).__name__
