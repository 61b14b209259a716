"""Errors of usage in Chinese (用法提示): click words them in English, and there is no other place to change that."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import partial
from typing import Any

import click

from corpus.errors import DangguiError

_INTERRUPTED = 130  # what shells expect of a command ended by Ctrl-C
# Messages of click 8 that have no class of their own.
_PATTERNS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"No such command '(.*)'\.", r"没有命令 \1"),
        (r"Got unexpected extra arguments? \((.*)\)", r"多出了参数：\1"),
        (r"'?(.*?)'? is not in the range (.*)\.", r"\1 不在范围 \2 内"),
        (r"'(.*)' is not one of (.*)\.", r"\1 不在可选项 \2 之中"),
        (r"'?(.*?)'? is not a valid integer(?: range)?\.", r"\1 不是整数"),
        (r"\w+ '(.*)' does not exist\.", r"\1 不存在"),
        (r"\w+ '(.*)' is not readable\.", r"\1 不能读取"),
        (r"\w+ '(.*)' is a (?:file|directory)\.", r"\1 不是所要的文件或文件夹"),
        (r"'(.*)': No such file or directory", r"\1 不存在"),
        (r"'(.*)': (.*)", r"\1 打不开（\2）"),
    )
)


class ChineseGroup(click.Group):
    """Shows what a user can cause as a line or two of Chinese: exit status 1, for wrong usage 2, for Ctrl-C 130."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command line and leave the process, or, unless `standalone_mode`, return or raise."""
        run = partial(super().main, args, prog_name, complete_var, False, **extra)
        if not standalone_mode:
            return run()
        try:
            code: object = run()
        except (DangguiError, click.ClickException) as error:
            sys.exit(_show(error))
        except click.Abort:
            click.echo("已中断；已入库的文件不受影响", err=True)
            sys.exit(_INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)


def _show(error: DangguiError | click.ClickException) -> int:
    """Write an error to stderr and return its exit status."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return error.exit_code
    if isinstance(error, click.UsageError) and error.ctx is not None:
        usage = error.ctx.get_usage().removeprefix("Usage:").strip()
        click.echo(f"用法：{usage}\n可用 {error.ctx.command_path} --help 查看说明\n", err=True)
    click.echo(f"错误：{error if isinstance(error, DangguiError) else _words(error)}", err=True)
    return error.exit_code if isinstance(error, click.ClickException) else 1


def _words(error: click.ClickException) -> str:
    """Return an error's message in Chinese, or as it is where it is not known here."""
    match error:
        case click.FileError():
            return f"文件 {error.ui_filename} 打不开：{error.message}"
        case click.MissingParameter():
            return f"缺少{_parameter(error)}"
        case click.BadParameter():
            return f"{_parameter(error)} 不对：{_translated(error.message)}"
        case click.NoSuchOption():
            near = f"；是不是 {'、'.join(sorted(error.possibilities))}" if error.possibilities else ""
            return f"没有选项 {error.option_name}{near}"
        case click.BadOptionUsage():
            return f"选项 {error.option_name} 后面缺少值，或多写了值"
    return _translated(error.message)


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    kind = "选项" if isinstance(error.param, click.Option) else "参数"
    name = error.param.get_error_hint(error.ctx) if error.ctx else error.param.name or ""
    return f"{kind} {name.replace(chr(39), '')}"


def _translated(message: str) -> str:
    for pattern, words in _PATTERNS:
        if match := pattern.fullmatch(message):
            return match.expand(words)
    return message
