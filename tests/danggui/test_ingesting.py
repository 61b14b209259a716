"""Files into a base: what is taken, what is refused, and that nothing stored is ever lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.errors import InputError
from danggui.base import KnowledgeBase, Scope
from danggui.ingesting import Order, ingest
from ingest.report import Outcome, Report

OLD = """示例县督查工作办法
（2019年3月1日中共示例县委印发）
第一条　为了规范督查工作，制定本办法。
第二条　督查组每半年向县委报告一次工作。
第三条　本办法自印发之日起施行。
"""
NEW = OLD.replace("2019年3月1日", "2023年6月1日").replace("每半年", "每季度")
CITING = """示例县督办规则
（2020年1月10日中共示例县委印发）
第一条　督办情况按照《示例县督查工作办法》第二条的规定报告。
第二条　前条所称督办，包括《示例县不存在的办法》规定的事项，以及本规则第九条的事项。
第三条　本规则自2020年2月1日起施行。
"""


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def take(home: Path, *paths: Path, allow_marked: bool = False) -> Report:
    return ingest(home, Order(paths, workers=1, allow_marked=allow_marked))


def outcomes(report: Report) -> dict[str, Outcome]:
    return {file.file: file.outcome for file in report.files}


def test_two_editions_of_one_title(tmp_path: Path) -> None:
    take(tmp_path / "base", put(tmp_path / "in", 旧=OLD, 新=NEW))
    with KnowledgeBase(tmp_path / "base") as base:
        listed = {row.info.date: row.status.value for row in base.editions(date(2024, 1, 1))}
        assert listed == {"2019-03-01": "superseded", "2023-06-01": "in_force"}
        assert (
            base.show("《示例县督查工作办法》第二条", date(2024, 1, 1)).text
            == "第二条　督查组每季度向县委报告一次工作。"
        )
        assert (
            base.show("《示例县督查工作办法》第二条", date(2020, 1, 1)).text
            == "第二条　督查组每半年向县委报告一次工作。"
        )
        before = base.show("《示例县督查工作办法》第二条", date(2018, 1, 1))
        assert (before.edition, before.status) == ("2019-03-01", "not_yet_in_force")


def test_the_same_files_again_change_nothing(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", 甲=OLD, 乙=CITING)
    take(tmp_path / "base", folder)
    with KnowledgeBase(tmp_path / "base") as base:
        before = (base.store.digest(), base.store.changes(), base.store.references_from("示例县督办规则@2020-01-10"))
    assert outcomes(take(tmp_path / "base", folder)) == {"甲.txt": Outcome.UNCHANGED, "乙.txt": Outcome.UNCHANGED}
    with KnowledgeBase(tmp_path / "base") as base:
        after = (base.store.digest(), base.store.changes(), base.store.references_from("示例县督办规则@2020-01-10"))
    assert after == before


def test_another_text_under_the_same_date_is_refused_with_its_difference(tmp_path: Path) -> None:
    take(tmp_path / "base", put(tmp_path / "in", 甲=OLD))
    report = take(tmp_path / "base", put(tmp_path / "in2", 甲=OLD.replace("每半年", "每月")))
    (file,) = report.files
    assert file.outcome is Outcome.CONFLICT
    assert "-第二条　督查组每半年向县委报告一次工作。\n+第二条　督查组每月向县委报告一次工作。" in file.refused
    with KnowledgeBase(tmp_path / "base") as base:
        assert "每半年" in base.show("《示例县督查工作办法》第二条", date(2020, 1, 1)).text


def test_a_broken_file_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", 好=OLD)
    (folder / "坏.docx").write_bytes(b"PK\x03\x04 broken")
    (folder / "图.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    report = take(tmp_path / "base", folder)
    assert outcomes(report) == {"图.png": Outcome.REFUSED, "坏.docx": Outcome.REFUSED, "好.txt": Outcome.ADDED}
    assert all(file.file in file.refused for file in report.failed)


def test_a_marked_file_is_refused_unless_allowed(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", 密="机密★1年\n" + OLD)
    (file,) = take(tmp_path / "base", folder).files
    assert (file.outcome, "机密★1年" in file.refused) == (Outcome.REFUSED, True)
    (file,) = take(tmp_path / "base", folder, allow_marked=True).files
    assert (file.outcome, file.mark) == (Outcome.ADDED, "机密★1年")


def test_references_are_linked_once_their_text_is_stored(tmp_path: Path) -> None:
    (file,) = take(tmp_path / "base", put(tmp_path / "in", 规则=CITING)).files
    assert [words.split("：")[0] for words in file.unresolved] == [
        "《示例县督查工作办法》第二条",
        "《示例县不存在的办法》",
        "本规则第九条",
    ]
    take(tmp_path / "base", put(tmp_path / "in2", 办法=OLD))
    with KnowledgeBase(tmp_path / "base") as base:
        references = base.store.references_from("示例县督办规则@2020-01-10")
        assert [(one.words, one.target) for one in references] == [
            ("《示例县督查工作办法》第二条", "示例县督查工作办法@2019-03-01/art_2"),
            ("前条", "示例县督办规则@2020-01-10/art_1"),
            ("《示例县不存在的办法》", ""),
            ("本规则第九条", ""),
        ]
        assert references[3].reason == "本文共3条，没有第九条"
        (citing,) = base.store.references_to("示例县督查工作办法@2019-03-01/art_2")
        assert (citing.edition_id, citing.reference.path) == ("示例县督办规则@2020-01-10", "art_1")


def test_the_manifest_wins_and_the_conflict_is_reported(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", 甲=OLD)
    rows = ["file\ttitle\tissuer\tissued\teffective\tstatus\tarticles\tsource\tnotes"]
    rows.append("甲.txt\t示例县督查工作办法\t中共示例县委\t2019-04-01\t2019-05-01\tcurrent\t4\t示例\t")
    (folder / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (file,) = take(tmp_path / "base", folder).files
    assert file.edition == "2019-04-01"
    assert any("2019-03-01" in warning and "2019-04-01" in warning for warning in file.warnings)
    assert any("4" in warning and "3" in warning and "条" in warning for warning in file.warnings)
    with KnowledgeBase(tmp_path / "base") as base:
        (row,) = base.editions(date(2019, 4, 15))
        assert (row.status.value, row.info.metadata.effective) == ("not_yet_in_force", "2019-05-01")


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"没有这个文件或文件夹：.*无此\.docx"):
        take(tmp_path / "base", tmp_path / "无此.docx")


def test_parsing_in_processes_gives_the_same(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", 甲=OLD, 乙=NEW, 丙=CITING)
    one = ingest(tmp_path / "one", Order((folder,), workers=1))
    two = ingest(tmp_path / "two", Order((folder,), workers=2))
    assert one.to_json() == two.to_json()


def test_filters_come_before_ranking(tmp_path: Path) -> None:
    take(tmp_path / "base", put(tmp_path / "in", 旧=OLD, 新=NEW, 规则=CITING))
    with KnowledgeBase(tmp_path / "base") as base:
        today = date(2024, 1, 1)
        (hit,) = base.search("督查组报告工作", 1, Scope(today))
        assert hit.id == "示例县督查工作办法@2023-06-01/art_2"
        assert {h.edition for h in base.search("督查组报告工作", 9, Scope(today))} == {"2023-06-01", "2020-01-10"}
        assert {h.edition for h in base.search("督查组报告工作", 9, Scope(today, all_editions=True))} == {
            "2019-03-01",
            "2023-06-01",
            "2020-01-10",
        }
        assert {h.title for h in base.search("督查组报告工作", 9, Scope(today, title="督办规则"))} == {"示例县督办规则"}
        assert base.search("督查组报告工作", 9, Scope(today, level="条例")) == []
