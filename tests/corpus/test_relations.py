"""How a text stands to those it names, told from the sentence or the title."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.relations import Tie, implemented, ties
from corpus.titles import work_key
from corpus.validity import EditionInfo
from ingest.pipeline import Job, parse_file

TEXT = """示例县会议费管理办法
（2024年3月1日印发）
第一条 为规范会议费管理，根据《示例省会议费管理条例》和《示例市节约规定》第三条，结合我县实际，制定本办法。
第二条 会议场所按照《示例县会场目录办法》选定。
第三条 违反本办法的，依照《示例省处分规定》第五条制定处理意见后报批。
第四条 本办法自印发之日起施行。《示例县会议费管理暂行规定》同时废止。
"""
NOTICE = """示例县关于做好节约工作的通知
（2024年5月1日印发）
为贯彻落实《示例省节约条例》、《示例市节约规定》，现就有关事项通知如下。
一、严格预算。
"""


def found(path: Path, text: str) -> list[tuple[Tie, str]]:
    path.write_text(text, "utf-8")
    edition = parse_file(Job(path, path.name)).edition
    assert edition is not None
    repealed = tuple(map(work_key, edition.metadata.repeals))
    work = work_key(edition.title)
    info = EditionInfo(edition.title, edition.date, work, edition.metadata, edition.source, repealed)
    return [(one.tie, one.title) for one in ties(info, edition.text, edition.references)]


def test_the_sentence_tells_how_a_text_is_named(tmp_path: Path) -> None:
    assert found(tmp_path / "办法.txt", TEXT) == [
        (Tie.BASED_ON, "示例省会议费管理条例"),
        (Tie.BASED_ON, "示例市节约规定"),
        (Tie.CITES, "示例县会场目录办法"),
        (Tie.CITES, "示例省处分规定"),
        (Tie.REPEALS, "示例县会议费管理暂行规定"),
    ]


def test_a_notice_carries_out_what_it_names(tmp_path: Path) -> None:
    assert found(tmp_path / "通知.txt", NOTICE) == [
        (Tie.IMPLEMENTS, "示例省节约条例"),
        (Tie.IMPLEMENTS, "示例市节约规定"),
    ]


@pytest.mark.parametrize(
    ("title", "carried"),
    [
        ("示例省实施《中国共产党问责条例》办法", "中国共产党问责条例"),
        ("中共示例省委贯彻《中国共产党巡视工作条例》实施办法", "中国共产党巡视工作条例"),
        ("中华人民共和国监察法实施条例", "中华人民共和国监察法"),
        ("示例县党务公开实施细则", ""),
        ("中国共产党问责条例", ""),
    ],
)
def test_a_title_tells_what_is_carried_out(title: str, carried: str) -> None:
    assert implemented(title) == carried
