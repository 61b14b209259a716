"""An examination item with its key, from whatever words a bank has for it (带答案的试题)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answer.items import FALSE, TRUE, Item, ItemKind

_KEY_WORDS = {
    **dict.fromkeys(("正确", "对", "√", "✓", "✔", "是", "T", "TRUE", "Y", "YES"), TRUE),
    **dict.fromkeys(("错误", "不正确", "错", "×", "✗", "✘", "X", "否", "F", "FALSE", "N", "NO"), FALSE),
}
_LETTER_WORDS = {"A": TRUE, "B": FALSE, "1": TRUE, "0": FALSE}  # of a statement to be judged
_KIND_WORDS = (
    (ItemKind.MULTI, ("多选", "多项", "不定项", "multi", "multiple")),
    (ItemKind.SINGLE, ("单选", "单项", "选择", "single")),
    (ItemKind.JUDGE, ("判断", "是非", "judge", "truefalse")),
    (ItemKind.FILL, ("填空", "fill", "blank")),
    (ItemKind.SHORT, ("简答", "问答", "论述", "名词解释", "案例", "short", "essay")),
)
_LETTERED = re.compile(r"(?:(?<![A-Za-z（(])|(?:(?<=\s)|\A)[（(])([A-HＡ-Ｈ])\s*[.、．:：)）]\s*")
_WIDE = str.maketrans("ＡＢＣＤＥＦＧＨ", "ABCDEFGH")
_PARTS = re.compile(r"[|｜\n;；]+")
_LETTERS = re.compile(r"[A-H](?:[\s,，、;；/|和]*[A-H])*")
_INLINE = re.compile(r"[（(]\s*(?P<key>[A-HＡ-Ｈ]{1,8}|√|×|对|错|正确|错误)\s*[）)]")
_BLANK = re.compile(r"[（(]\s*[）)]|[_＿]{2,}")
LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class Keyed:
    """An item and its key, "" where there is none.

    `place` says where in its file it stands (工作表“党章”第 3 行), `basis` is what the bank itself gives as its source.
    """

    item: Item
    key: str = ""
    place: str = ""
    basis: str = ""


class UnfitError(ValueError):
    """A row or question that is no item with a key; its text says why, in Chinese."""


def kind_of(words: str) -> ItemKind | None:
    """Return the kind that words name (单选题, multi), None for others."""
    folded = words.strip().lower()
    return next((kind for kind, names in _KIND_WORDS if any(name in folded for name in names)), None)


def judged_key(words: str) -> str:
    """Return 正确 or 错误 for the customary spellings of either, "" for anything else."""
    return _KEY_WORDS.get(words.strip(" 。.（）()").upper(), "")


def lettered_key(words: str) -> str:
    """Return letters in order without commas, "" for what is no list of letters."""
    folded = words.strip(" 。.（）()").translate(_WIDE).upper()
    return "".join(sorted(set(folded) & set(LETTERS))) if _LETTERS.fullmatch(folded) else ""


def split_options(words: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return what stands before lettered options (A.… B.…), and the options; letters must count on from A."""
    marks = list(_LETTERED.finditer(words))
    counted = [mark for place, mark in enumerate(marks) if mark[1].translate(_WIDE) == LETTERS[min(place, 7)]]
    if len(counted) < 2 or len(counted) != len(marks):
        return words, ()
    ends = [*(mark.start() for mark in marks[1:]), len(words)]
    options = (
        (mark[1].translate(_WIDE), words[mark.end() : end].strip(" \n\t;；"))
        for mark, end in zip(marks, ends, strict=True)
    )
    return words[: marks[0].start()].rstrip(), tuple(options)


def listed_options(words: str) -> tuple[tuple[str, str], ...]:
    """Return the options of one cell: lettered, or parted by | or line ends or semicolons."""
    _, lettered = split_options(words)
    parts = [part.strip() for part in _PARTS.split(words) if part.strip()]
    return lettered or tuple(zip(LETTERS, parts, strict=False) if len(parts) > 1 else ())


def keyed(
    id_: str,
    stem: str,
    key: str,
    options: Sequence[tuple[str, str]] = (),
    kind: ItemKind | None = None,
    *,
    place: str = "",
    basis: str = "",
    hint: str = "",
) -> Keyed:
    """Return an item with its key in one form: letters in order, 正确 or 错误, words.

    Options may stand in the stem, the key in its brackets; a kind that is not told is seen by options and key. Raises
    UnfitError where the stem or the key is missing or the key names no option.
    """
    stem, key = stem.strip(), key.strip()
    if not options:
        stem, options = split_options(stem)
    if not key:
        stem, key = _taken_out(stem)
    options = tuple((letter, words.strip()) for letter, words in options if words.strip())
    if not stem:
        raise UnfitError("没有题干")
    kind = _kind(kind, stem, key, options)
    written = _written(kind, key, options)
    item = Item(id_, kind, stem, options if kind in (ItemKind.SINGLE, ItemKind.MULTI) else (), hint)
    return Keyed(item, written, place, basis.strip())


def _taken_out(stem: str) -> tuple[str, str]:
    """Return a stem whose bracket holds the key with that bracket emptied, and the key."""
    found = list(_INLINE.finditer(stem))
    if len(found) != 1:
        return stem, ""
    return stem[: found[0].start()] + "（ ）" + stem[found[0].end() :], found[0]["key"]


def _kind(told: ItemKind | None, stem: str, key: str, options: Sequence[tuple[str, str]]) -> ItemKind:
    """Return the kind; options that only say 正确 and 错误 make a statement to be judged."""
    if options and all(judged_key(words) for _, words in options):
        return ItemKind.JUDGE
    if options:
        letters = lettered_key(key)
        several = len(letters) > 1 if told not in (ItemKind.SINGLE, ItemKind.MULTI) else told is ItemKind.MULTI
        return ItemKind.MULTI if several or len(letters) > 1 else ItemKind.SINGLE
    if told not in (None, ItemKind.SINGLE, ItemKind.MULTI):
        return told
    if judged_key(key):
        return ItemKind.JUDGE
    if lettered_key(key):
        raise UnfitError(f"答案是 {key}，却没有选项")
    return ItemKind.FILL if _BLANK.search(stem) else ItemKind.SHORT


def _written(kind: ItemKind, key: str, options: Sequence[tuple[str, str]]) -> str:
    if kind is ItemKind.JUDGE:
        by_letter = {letter: judged_key(words) for letter, words in options} or _LETTER_WORDS
        return _told(judged_key(key) or by_letter.get(key.strip().translate(_WIDE).upper(), ""), key)
    if kind not in (ItemKind.SINGLE, ItemKind.MULTI):
        return key
    letters = lettered_key(key) or _by_words(key, options)
    known = {letter for letter, _ in options}
    if set(letters) - known:
        raise UnfitError(f"答案 {key} 不在选项 {'、'.join(sorted(known))} 之中")
    return _told(letters, key)


def _told(written: str, key: str) -> str:
    if key and not written:
        raise UnfitError(f"认不出答案“{key[:20]}”")
    return written


def _by_words(key: str, options: Iterable[tuple[str, str]]) -> str:
    """Return the letters of options that the key gives in words."""
    parts = {part.strip() for part in (key, *_PARTS.split(key))}
    return "".join(letter for letter, words in options if words in parts)


def from_object(row: Mapping[str, object], number: int) -> Keyed:
    """Return an item of the exam's JSON form: stem; type, options, answer, id, edition_hint where there are any.

    Raises UnfitError for one of another form.
    """
    stem, options = row.get("stem"), row.get("options") or {}
    if not isinstance(stem, str) or not isinstance(options, dict | list):
        raise UnfitError("不是试题")
    pairs = options.items() if isinstance(options, dict) else zip(LETTERS, options, strict=False)
    answer = row.get("answer", row.get("key"))
    return keyed(
        str(row.get("id") or number),
        stem,
        "、".join(map(str, answer)) if isinstance(answer, list) else str("" if answer is None else answer),
        tuple((str(letter), str(words)) for letter, words in pairs),
        kind_of(str(row.get("type", row.get("kind")) or "")),
        basis=str(row.get("explanation") or ""),
        hint=str(row.get("edition_hint") or ""),
    )
