"""Which articles of a later edition took the place of which: a key of articles read by hand, and small made-up texts."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.alignment import Alignment, Fate, align
from corpus.likeness import Likeness, Words
from corpus.locate import Locator
from ingest.pipeline import Job, parse_file

KEY = Path(__file__).parent / "data" / "alignment_key.tsv"

OLD = """示例县值班管理办法
（2020年1月1日印发）
第一条 为规范全县各单位值班工作，制定本办法。
第二条 各单位应当建立节假日值班制度，安排专人值守。
值班人员应当如实填写值班日志，交接时双方签字确认。
第三条 值班电话应当保持畅通，不得设置呼叫转移。
第四条 突发事件发生后三十分钟内电话报告县委办公室。
第五条 值班室应当配备传真机和打印机等必要设备。
第六条 对擅自离岗的值班人员给予通报批评。
第七条 对迟报瞒报突发事件的责任人依规处理。
第八条 本办法自印发之日起施行。
"""
NEW = """示例县值班管理办法
（2024年3月1日印发）
第一条 为规范全县各单位值班工作，制定本办法。
第二条 突发事件发生后二十分钟内电话报告县委办公室。
第三条 各单位应当建立节假日值班制度，安排专人值守。
第四条 值班人员应当如实填写值班日志，交接时双方签字确认，并存档备查。
第五条 值班电话应当保持畅通，不得设置呼叫转移。
第六条 有下列情形之一的，予以处理：
（一）对擅自离岗的值班人员给予通报批评；
（二）对迟报瞒报突发事件的责任人依规处理。
第七条 县委办公室每季度抽查各单位值班在岗情况并通报结果。
第八条 本办法自印发之日起施行。
"""


def read(path: Path, text: str = "") -> Locator:
    if text:
        path.write_text(text, "utf-8")
    edition = parse_file(Job(path, path.name)).edition
    assert edition is not None
    return Locator(edition)


@pytest.fixture
def aligned(tmp_path: Path) -> Alignment:
    return align(read(tmp_path / "旧.txt", OLD), read(tmp_path / "新.txt", NEW))


def test_every_article_has_a_fate(aligned: Alignment) -> None:
    places = [(place.fate, [n.number for n in place.old], [n.number for n in place.new]) for place in aligned.places]
    assert places == [
        (Fate.SAME, [1], [1]),
        (Fate.MOVED, [4], [2]),
        (Fate.SPLIT, [2], [3, 4]),
        (Fate.SAME, [3], [5]),
        (Fate.DROPPED, [5], []),
        (Fate.MERGED, [6, 7], [6]),
        (Fate.NEW, [], [7]),
        (Fate.SAME, [8], [8]),
    ]


def test_a_new_number_alone_is_no_change(aligned: Alignment) -> None:
    place = next(place for place in aligned.places if place.new and place.new[0].number == 5)
    assert (place.fate, place.likeness, place.old[0].label) == (Fate.SAME, 1.0, "第三条")


def test_the_key_read_by_hand_is_met(shared: Callable[[str], Path]) -> None:
    rows = list(csv.DictReader(KEY.read_text("utf-8").splitlines(), delimiter="\t"))
    folder = shared("corpus/regs")
    names = {f"{row['title']}（{row[side][:4]}）.txt" for row in rows for side in ("old_edition", "new_edition")}
    texts = {name: read(folder / name) for name in names}
    wrong = []
    for row in rows:
        old, new = (texts[f"{row['title']}（{row[side][:4]}）.txt"] for side in ("old_edition", "new_edition"))
        found = verdict(old, new, row["old"], row["new"])
        if found != (row["new"], row["kind"]):
            wrong.append((row["title"], row["old"], row["new"], row["kind"], *found))
    assert len(rows) == 133
    assert len(wrong) <= 2, wrong


def verdict(old: Locator, new: Locator, of: str, to: str) -> tuple[str, str]:
    """Return the new articles and the fate that the alignment gives for a row of the key."""
    aligned = align(old, new)
    article = old.nodes[f"art_{of}"] if of else new.nodes[f"art_{to}"]
    fate = aligned.fate(article)
    assert fate is not None
    news = aligned.successors(article) if of else (article,)
    return ",".join(node.path.removeprefix("art_") for node in news), fate.value


def test_likeness_is_between_none_and_all_and_rare_words_count_more() -> None:
    old = [Words.of(text) for text in ("党员大会每季度一次", "甲乙丙会议由书记主持", "党员大会由书记主持")]
    new = [Words.of(text) for text in ("党员大会每季度一次", "企业税率", "甲乙丙会议由主任召集")]
    found = Likeness(old, new).matrix
    assert found[0, 0] == 1
    assert found[0, 1] == 0
    assert found[1, 2] > found[2, 0] > 0
