"""Files into a base: what is taken, what is refused, and that nothing stored is ever lost."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus.errors import InputError, NotFoundError, StoreError
from corpus.store import Store
from danggui.base import KnowledgeBase, Scope
from danggui.cli import main
from danggui.ingesting import Order, ingest
from danggui.removing import removal, remove
from ingest.discovery import discover
from ingest.pipeline import Job, parse_files
from ingest.report import Outcome, Report

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
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
    folder.mkdir(parents=True, exist_ok=True)
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


def test_names_that_are_no_utf8_are_read_and_reported(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", 好=OLD)
    (folder / os.fsdecode("示例县值班办法.txt".encode("gbk"))).write_text("第一条　值班。\n", encoding="utf-8")
    broken = folder / os.fsdecode(b"\xff\xfe.txt")
    broken.write_bytes(b"")
    files = {file.file: file for file in take(tmp_path / "base", folder).files}
    assert files["示例县值班办法.txt"].title == "示例县值班办法"
    assert files["示例县值班办法.txt"].warnings[0] == "文件名不是 UTF-8 编码，已读作“示例县值班办法.txt”"
    assert files["好.txt"].outcome is Outcome.ADDED
    assert (files["\ufffd\ufffd.txt"].outcome, len(files)) == (Outcome.REFUSED, 3)


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    folder = put(tmp_path / "in", 好=OLD)
    (folder / "断.txt").symlink_to("没有.txt")
    (folder / "外").symlink_to(put(tmp_path / "别处", 乙=NEW))
    os.mkfifo(folder / "管道.txt")
    refused = {file.file: file.refused for file in take(tmp_path / "base", folder).failed}
    assert refused["断.txt"] == "无法读取：链接已失效"
    assert refused["外"].startswith("没有进入这个文件夹：它打不开，或是指向别处的链接")
    assert refused["管道.txt"].startswith("不是普通文件")


def test_a_folder_with_nothing_to_take_is_an_error(tmp_path: Path) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    (empty / "数据.csv").touch()
    message = (
        r"文件夹 .*空 中没有可导入的文件（可导入 docx、pdf、html、txt、md）；另有 1 个文件不是文档类文件，.*数据\.csv"
    )
    with pytest.raises(InputError, match=message):
        take(tmp_path / "base", empty)
    assert not (tmp_path / "base").exists()
    report = take(tmp_path / "base", empty, put(tmp_path / "in", 好=OLD))
    assert outcomes(report) == {"好.txt": Outcome.ADDED}
    assert [note.split("（")[0] for note in report.notes] == [
        f"文件夹 {empty} 中没有可导入的文件",
        "另有 1 个文件不是文档类文件，没有导入：数据.csv",
    ]


def test_the_samples_are_sixteen_files() -> None:
    found = discover([SAMPLES])
    assert (len(found.files), found.left_out) == (16, ("__init__.py", "questions.jsonl"))
    assert found.manifests == (SAMPLES / "manifest.tsv",)


def test_manifests_belong_to_their_folders(tmp_path: Path) -> None:
    one, two = put(tmp_path / "in" / "甲", x=OLD), put(tmp_path / "in" / "乙", x=CITING)
    for folder, title in ((one, "示例县甲规定"), (two, "示例县乙规定")):
        (folder / "manifest.tsv").write_text(f"file\ttitle\nx.txt\t{title}\nz.txt\t{title}\n", encoding="utf-8")
    report = take(tmp_path / "base", tmp_path / "in")
    assert {file.file: file.title for file in report.files} == {"甲/x.txt": "示例县甲规定", "乙/x.txt": "示例县乙规定"}
    assert [note.partition(" 中")[2] for note in report.notes] == ["有 1 行没有对应的文件：z.txt"] * 2


def test_references_left_open_by_a_killed_run_are_linked_by_the_next(tmp_path: Path) -> None:
    folder, home = put(tmp_path / "in", 办法=OLD, 规则=CITING), tmp_path / "base"
    with Store.open(home, write=True) as store:  # as a run leaves it that dies before linking
        for parsed in parse_files([Job(file.path, file.name) for file in discover([folder]).files]):
            assert parsed.edition is not None
            store.add(parsed.edition)
        assert not store.is_linked
    with KnowledgeBase(home) as base:
        assert any("还没有重新链接引用" in fault for fault in base.verify())
    assert set(outcomes(take(home, folder)).values()) == {Outcome.UNCHANGED}
    with KnowledgeBase(home) as base:
        assert (
            base.store.references_from("示例县督办规则@2020-01-10")[0].target == "示例县督查工作办法@2019-03-01/art_2"
        )
        assert base.verify() == []


@pytest.mark.parametrize("damage", ["cut", "missing"])
@pytest.mark.parametrize("name", ["chunks.npy", "words.rows.npy", "strings.json", "codes.npy"])
def test_an_incomplete_index_is_told_by_verify_and_mended_by_search(tmp_path: Path, name: str, damage: str) -> None:
    take(tmp_path / "base", put(tmp_path / "in", 甲=OLD))
    (file,) = (tmp_path / "base" / "index").glob(f"gen-*/{name}")
    if damage == "cut":
        file.write_bytes(file.read_bytes()[:-1])
    else:
        file.unlink()
    with KnowledgeBase(tmp_path / "base") as base:
        assert base.verify() == [f"检索索引的文件缺失或不完整（{name}）；下一次检索时会自动重建"]
        assert base.search("督查组报告工作", 1, Scope(date(2020, 1, 1)))[0].id == "示例县督查工作办法@2019-03-01/art_2"
        assert base.verify() == []


@pytest.mark.parametrize("name", ["chunks.npy", "words.rows.npy", "strings.json", "codes.npy"])
def test_a_flipped_byte_of_the_index_is_told_by_verify_and_mended_by_reindex(tmp_path: Path, name: str) -> None:
    home = tmp_path / "base"
    take(home, put(tmp_path / "in", 甲=OLD))
    (file,) = (home / "index").glob(f"gen-*/{name}")
    content = file.read_bytes()
    file.write_bytes(content[:-4] + bytes(byte ^ 0xFF for byte in content[-4:]))
    with KnowledgeBase(home) as base:
        assert base.verify() == [f"检索索引的文件已损坏（{name}）；请运行 danggui reindex 重建"]
    assert CliRunner().invoke(main, ["reindex", "--home", str(home)]).exit_code == 0
    with KnowledgeBase(home) as base:
        assert base.verify() == []


def test_a_search_during_the_first_ingest_says_so(tmp_path: Path) -> None:
    scope = Scope(date(2020, 1, 1))
    with Store.open(tmp_path / "base", write=True), KnowledgeBase(tmp_path / "base") as base:  # noqa: SIM117
        with pytest.raises(StoreError, match=r"正在首次建立知识库.*正在由另一个进程写入（进程号 \d+"):
            base.search("督查", 1, scope)


def test_a_removed_edition_is_gone_from_store_index_and_links(tmp_path: Path) -> None:
    home = tmp_path / "base"
    take(home, put(tmp_path / "in", 办法=OLD, 规则=CITING))
    found = removal(home, "《示例县督查工作办法》@2019-03-01")
    assert (found.info.file, found.citing) == ("办法.txt", 1)
    remove(home, found.info.id)
    with KnowledgeBase(home) as base:
        assert base.verify() == []
        assert {hit.title for hit in base.search("督查组报告工作", 9, Scope(date(2021, 1, 1)))} == {"示例县督办规则"}
        first = base.store.references_from("示例县督办规则@2020-01-10")[0]
        assert (first.target, "未入库" in first.reason) == ("", True)
        assert base.store.changes()[-1].action == "removed"
    take(home, put(tmp_path / "in", 办法=OLD))
    with KnowledgeBase(home) as base:
        assert base.store.references_from("示例县督办规则@2020-01-10")[0].target


def test_removing_what_is_not_there_names_the_nearest(tmp_path: Path) -> None:
    take(tmp_path / "base", put(tmp_path / "in", 办法=OLD))
    with pytest.raises(NotFoundError, match="标题@日期；相近的有 示例县督查工作办法@2019-03-01"):
        removal(tmp_path / "base", "示例县督查工作办法@2019")
