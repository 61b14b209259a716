"""The store as a user meets it: what goes in comes out, nothing is lost, nothing is changed by accident."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import ConflictError, InputError, NotFoundError
from corpus.model import Edition, Kind, Metadata, Provision, Reference, Source
from corpus.store import Store, split_id
from corpus.stored import Outcome
from corpus.validity import Status

TITLE = "示例县会议管理办法"
LINES = (
    "第一条　为规范会议，制定本办法。\n",
    "第二条　会议应当精简，依照第一条办理。\n",
    "第三条　本办法自印发之日起施行。",
)


def edition(
    title: str = TITLE,
    dated: str = "2019-05-01",
    lines: tuple[str, ...] = LINES,
    *,
    metadata: Metadata | None = None,
    file: str = "办法.txt",
    sha256: str = "",
    references: tuple[Reference, ...] = (),
) -> Edition:
    """Build an edition of one article to a line; its bytes differ with title, date and text unless given."""
    provisions, at = [], 0
    for number, line in enumerate(lines, 1):
        node = Provision(Kind.ARTICLE, f"art_{number}", number, label=line[:3], start=at, end=at + len(line))
        provisions.append(node)
        at = node.end
    source = Source(file, sha256 or f"{title}{dated}{lines}", "txt", "2026-09-01T00:00:00+00:00")
    known = metadata or Metadata(effective=dated)
    return Edition(title, dated, "".join(lines), tuple(provisions), known, source, references)


def full_edition() -> Edition:
    """Build an edition that uses every field: chapters, 款, 项, a branch number, an annex, references, all metadata."""
    parts = [
        "示例县督查办法（试行）\n",
        "第一章　总则\n",
        "第五条之一　",
        "应当：\n",
        "（一）公开；\n",
        "（二）及时。\n",
    ]
    parts += ["前款事项由督查室办理。\n", "附件：清单"]
    text = "".join(parts)
    edges = [0]
    for part in parts:
        edges.append(edges[-1] + len(part))

    def node(kind: Kind, path: str, first: int, last: int, *below: Provision, **words: object) -> Provision:
        found = Provision(kind, path, children=below, start=edges[first], end=edges[last])
        return dataclasses.replace(found, **words)  # type: ignore[arg-type]

    item_1 = node(Kind.ITEM, "art_5_1/para_1/item_1", 4, 5, number=1, label="（一）")
    item_2 = node(Kind.ITEM, "art_5_1/para_1/item_2", 5, 6, number=2, label="（二）")
    first = node(Kind.PARAGRAPH, "art_5_1/para_1", 3, 6, item_1, item_2, number=1)
    second = node(Kind.PARAGRAPH, "art_5_1/para_2", 6, 7, number=2)
    article = node(Kind.ARTICLE, "art_5_1", 2, 7, first, second, number=5, branch=1, label="第五条之一")
    chapter = node(Kind.CHAPTER, "chap_1", 1, 7, article, number=1, label="第一章", heading="总则")
    tops = (node(Kind.TITLE, "title", 0, 1), chapter, node(Kind.ANNEX, "annex_1", 7, 8, heading="清单"))
    metadata = Metadata(
        issuer="中共示例县委",
        number="示委发〔2020〕3号",
        adopted="2020-01-01",
        issued="2020-01-02",
        effective="2020-02",
        repealed="2024",
        expires="2025-01-31",
        level="办法",
        region="示例县",
        trial=True,
        lapses=True,
        validity="superseded",
        successor="示例县督查办法（2024）",
        repeals=("示例县督查规定", "《示例县督办规则》"),
        licence="示例文本",
    )
    target = "示例县督查办法（试行）@2020-01-02/art_5_1/para_1"
    references = (
        Reference("art_5_1/para_2", edges[6], edges[6] + 2, "前款", target),
        Reference("art_5_1/para_2", edges[6] + 2, edges[6] + 4, "事项", "", "没有这一条", "《示例办法》第五条"),
    )
    source = Source("督查办法.docx", "ab" * 32, "docx", "2026-09-01T00:00:00+00:00")
    return Edition("示例县督查办法（试行）", "2020-01-02", text, tops, metadata, source, references)


def offsets(one: Edition) -> list[tuple[int, int]]:
    return [(node.start, node.end) for node in one.walk()]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "知识库 100%"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with Store.open(home, write=True) as opened:
        yield opened


def raw(home: Path) -> sqlite3.Connection:
    return sqlite3.connect(home / "danggui.db", isolation_level=None)


# What goes in comes out


def test_edition_comes_back_equal(store: Store, home: Path) -> None:
    added = full_edition()
    assert set(dataclasses.asdict(added.metadata).values()).isdisjoint({"", False, ()})  # every field is tried
    assert store.add(added, {"articles": 1}) is Outcome.ADDED
    with Store.open(home) as reader:
        found = reader.edition("示例县督查办法（试行）@2020-01-02")
        assert found == added
        assert offsets(found) == offsets(added)
        assert found.source.ingested == "2026-09-01T00:00:00+00:00"
        assert "".join(found.text[start:end] for start, end in found.leaf_spans()) == added.text
        assert reader.report(found.id) == {"articles": 1}


def test_info_has_facts_and_counts_without_text(store: Store) -> None:
    added = full_edition()
    store.add(added)
    [info] = store.infos()
    assert (info.id, info.work, info.file, info.sha256) == (added.id, "示例县督查办法", "督查办法.docx", "ab" * 32)
    assert (info.articles, info.provisions, info.characters) == (1, 8, len(added.text))
    assert info.metadata == added.metadata
    assert info.repealed_works == ("示例县督查规定", "示例县督办规则")
    assert store.info(added.id) == info


def test_ingest_time_is_set_when_the_reader_gave_none(store: Store) -> None:
    added = edition()
    store.add(dataclasses.replace(added, source=Source("a.txt", "1", "txt")))
    [source] = store.sources(added.id)
    assert source.ingested.endswith("+00:00")
    assert source.ingested[:2] == "20"


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Draw a text tiled by a random tree."""
    texts: list[str] = []

    def draw_node(path: str, depth: int) -> Provision:
        start = sum(map(len, texts))
        texts.append(draw(st.text(max_size=5)))
        children: tuple[Provision, ...] = ()
        if depth:
            count = draw(st.integers(0, 3))
            children = tuple(draw_node(f"{path}/{draw(st.sampled_from('amz'))}_{n}", depth - 1) for n in range(count))
        words = draw(st.tuples(st.text(max_size=3), st.text(max_size=3)))
        number, branch = draw(st.none() | st.integers(0, 2**40)), draw(st.integers(0, 9))
        kind, end = draw(st.sampled_from(Kind)), sum(map(len, texts))
        return Provision(kind, path, number, branch, *words, children, start, end)

    count = draw(st.integers(1, 4))
    provisions = tuple(draw_node(f"n_{n}", 2) for n in range(count))
    title, dated = draw(st.text(min_size=1, max_size=6)), draw(st.sampled_from(["2019-05-01", "2019", "不详"]))
    return Edition(title, dated, "".join(texts), provisions, source=Source("a.txt", "1", "txt", "2026-09-01"))


@settings(max_examples=60, deadline=None)
@given(added=editions())
def test_any_tree_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, added: Edition) -> None:
    with Store.open(tmp_path_factory.mktemp("store"), write=True) as store:
        store.add(added)
        found = store.edition(added.id)
        assert found == added
        assert offsets(found) == offsets(added)
        for node in added.walk():
            one = store.provision(f"{added.id}/{node.path}")
            assert (one, one.start, one.end) == (node, node.start, node.end)
        assert store.verify() == []


# The same again, and changes


def test_same_bytes_again_change_nothing(store: Store) -> None:
    store.add(edition())
    before = (store.digest(), store.changes(), store.infos(), store.sources(edition().id))
    assert store.add(edition()) is Outcome.UNCHANGED
    assert store.add(edition(file="另一个名字.txt", sha256=edition().source.sha256)) is Outcome.UNCHANGED
    assert (store.digest(), store.changes(), store.infos(), store.sources(edition().id)) == before


def test_same_text_from_other_bytes_is_another_source(store: Store) -> None:
    store.add(edition(file="办法.docx", sha256="1"))
    assert store.add(edition(file="办法.txt", sha256="2")) is Outcome.UNCHANGED
    assert [source.file for source in store.sources(edition().id)] == ["办法.docx", "办法.txt"]
    assert [info.file for info in store.infos()] == ["办法.docx"]
    assert store.find_bytes("2") == edition().id
    assert store.find_bytes("3") is None
    assert [change.action for change in store.changes()] == ["added", "source"]


def test_other_text_of_the_same_date_is_refused_with_the_difference(store: Store) -> None:
    store.add(edition(), {"articles": 3})
    before = (store.digest(), store.changes(), store.edition(edition().id))
    other = edition(lines=(LINES[0], "第二条　会议应当少开。\n", LINES[2]), file="新办法.txt")
    with pytest.raises(ConflictError) as caught:
        store.add(other)
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("示例县会议管理办法@2019-05-01 已经入库，而这份文件的正文与它不同；没有作任何改动。")
    assert lines[1:] == [
        "差异（- 已入库，+ 新文件）：",
        "--- 已入库：办法.txt",
        "+++ 新文件：新办法.txt",
        "-第二条　会议应当精简，依照第一条办理。",
        "+第二条　会议应当少开。",
    ]
    assert (store.digest(), store.changes(), store.edition(edition().id)) == before


def test_a_conflict_names_a_cure_that_exists(store: Store) -> None:
    store.add(edition(metadata=Metadata(issuer="示例县纪委")))
    others = LINES[:2]
    with pytest.raises(ConflictError, match="请先用 danggui remove 示例县会议管理办法@2019-05-01 移除"):
        store.add(edition(lines=others, metadata=Metadata(issuer="中共示例县纪律检查委员会")))
    with pytest.raises(ConflictError, match=r"发布机关不同（示例县纪委；示例乡党委）.*“示例乡党委示例县会议管理办法”"):
        store.add(edition(lines=others, metadata=Metadata(issuer="示例乡党委")))


def test_two_undated_texts_are_refused_with_advice(store: Store) -> None:
    store.add(edition(dated="不详"))
    with pytest.raises(ConflictError, match=r"都没有可用的日期.*清单（--manifest）里给出各自的日期"):
        store.add(edition(dated="不详", lines=LINES[:2]))


def test_a_long_difference_is_cut(store: Store) -> None:
    store.add(edition(lines=tuple(f"第{n}条　旧。\n" for n in range(300))))
    with pytest.raises(ConflictError) as caught:
        store.add(edition(lines=tuple(f"第{n}条　新。\n" for n in range(300))))
    assert len(str(caught.value).splitlines()) < 50
    assert str(caught.value).endswith("……（以下差异从略）")


def test_texts_that_differ_in_white_space_and_brackets_alone_are_one(store: Store) -> None:
    store.add(edition(lines=("第一条　甲（一）。\n", "第二条　乙。")))
    spaced = edition(lines=("第一条 甲(一)。\n", "第二条  乙。\n"), file="办法.docx")
    assert store.add(spaced) is Outcome.UNCHANGED
    assert store.text(spaced.id) == "第一条　甲（一）。\n第二条　乙。"
    assert [source.file for source in store.sources(spaced.id)] == ["办法.txt", "办法.docx"]


def test_other_date_is_another_edition_of_the_work(store: Store) -> None:
    trial = edition(f"{TITLE}（试行）", "2015-01-01")
    store.add(edition(dated="2019-05-01"))
    store.add(trial)
    store.add(edition(f"{TITLE}（2022修订）", "不详"))
    [work] = store.works()
    assert (work.key, work.title) == (TITLE, TITLE)
    assert [info.date for info in work.editions] == ["不详", "2015-01-01", "2019-05-01"]
    assert list(work.editions) == store.editions_of(f"《{TITLE}》") == store.editions_of(trial.title)
    assert store.editions_of("示例县办法") == []


def test_a_draft_is_an_edition_but_does_not_name_the_work(store: Store) -> None:
    store.add(edition(f"{TITLE}（征求意见稿）", "2024-05-06"))
    assert [work.title for work in store.works()] == [f"{TITLE}（征求意见稿）"]
    store.add(edition(f"{TITLE}（试行）", "2019-05-01"))
    assert [(work.key, work.title) for work in store.works()] == [(TITLE, f"{TITLE}（试行）")]


def test_corrected_facts_of_the_same_bytes_need_replace(store: Store) -> None:
    undated = edition(dated="不详", sha256="1")
    store.add(undated)
    store.add(edition(dated="不详", file="办法.docx", sha256="2"), {"kind": "docx"})
    dated = edition(dated="2019-05-01", sha256="1")
    assert store.add(dated) is Outcome.UNCHANGED
    assert store.add(dated, replace=True) is Outcome.CORRECTED
    assert [info.id for info in store.infos()] == [dated.id]
    assert [source.file for source in store.sources(dated.id)] == ["办法.txt", "办法.docx"]
    assert store.add(dated, replace=True) is Outcome.UNCHANGED
    second_file = edition(metadata=Metadata(licence="另一来源"), file="办法.docx", sha256="2")
    assert store.add(second_file, replace=True) is Outcome.UNCHANGED
    assert store.changes()[-1].action == "corrected"
    assert store.changes()[-1].detail == undated.id


def test_manifest_word_can_be_corrected(store: Store) -> None:
    store.add(edition())
    revised = edition(metadata=Metadata(effective="2019-05-01", validity="repealed", repealed="2021-01-01"))
    digest = store.digest()
    assert store.add(revised, replace=True) is Outcome.CORRECTED
    assert store.status(edition().id, date(2022, 1, 1)) is Status.REPEALED
    assert store.digest() == digest


def test_a_correction_that_clashes_leaves_all_as_it_was(store: Store) -> None:
    store.add(edition(dated="2019-05-01"))
    store.add(edition(dated="2020-05-01", lines=LINES[:2], sha256="1"))
    before = (store.digest(), store.infos(), store.changes())
    with pytest.raises(ConflictError):
        store.add(edition(dated="2019-05-01", lines=LINES[:2], sha256="1"), replace=True)
    assert (store.digest(), store.infos(), store.changes()) == before


def test_removed_edition_is_gone_and_logged(store: Store) -> None:
    store.add(edition(f"{TITLE}（试行）", "2015-01-01"))
    alone = store.digest()
    store.add(full_edition())
    store.add(edition())
    store.remove(full_edition().id)
    store.remove(edition().id)
    assert store.digest() == alone
    assert [work.title for work in store.works()] == [f"{TITLE}（试行）"]
    assert [(change.action, change.edition_id) for change in store.changes()][-1] == ("removed", edition().id)
    assert store.verify() == []
    with pytest.raises(NotFoundError):
        store.remove(edition().id)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE edition SET text = '改'",
        "UPDATE edition SET effective = '2001'",
        "UPDATE provision SET stop = stop - 1",
        "UPDATE log SET detail = ''",
        "DELETE FROM edition",
        "DELETE FROM provision",
        "DELETE FROM log",
    ],
)
def test_no_statement_changes_an_edition(store: Store, home: Path, statement: str) -> None:
    store.add(full_edition())
    store.remove(full_edition().id)  # a past removal opens no door
    store.add(edition())
    other = raw(home)
    with pytest.raises(sqlite3.IntegrityError, match="不可"):
        other.execute(statement)
    other.close()
    assert store.edition(edition().id) == edition()


# What is not sound stays out


def broken(**changes: object) -> Edition:
    """Build an edition of which the second article has other fields."""
    whole = edition()
    second = dataclasses.replace(whole.provisions[1], **changes)  # type: ignore[arg-type]
    return dataclasses.replace(whole, provisions=(whole.provisions[0], second, whole.provisions[2]))


FIRST_END, SECOND_END = len(LINES[0]), len(LINES[0]) + len(LINES[1])


@pytest.mark.parametrize(
    ("unsound", "message"),
    [
        pytest.param(broken(start=FIRST_END + 1), "art_2：应从第 17 字开始，实际从第 18 字开始", id="gap"),
        pytest.param(broken(end=SECOND_END + 1), "art_3：应从第 38 字开始，实际从第 37 字开始", id="overlap"),
        pytest.param(
            dataclasses.replace(edition(), provisions=edition().provisions[:2]),
            "条款止于第 37 字，正文共 53 字",
            id="end of the text not covered",
        ),
        pytest.param(
            broken(children=(Provision(Kind.ITEM, "art_2/item_1", 1, start=FIRST_END + 4, end=SECOND_END - 1),)),
            "art_2：止于第 37 字，而所含内容止于第 36 字",
            id="children end early",
        ),
        pytest.param(
            broken(children=(Provision(Kind.ITEM, "art_2/item_1", 1, start=FIRST_END - 1, end=SECOND_END),)),
            "art_2/item_1：应从第 17 字开始，实际从第 16 字开始",
            id="child before its parent",
        ),
        pytest.param(broken(path="art_1"), "路径“art_1”出现 2 次", id="path twice"),
        pytest.param(broken(path=""), "路径“”出现 1 次", id="no path"),
        pytest.param(broken(number=2**63), "art_2：序号过大", id="number too large"),
        pytest.param(
            edition(references=(Reference("art_2", 0, 3, "第二条"),)), "引用“第二条”与正文第 0–3 字不符", id="reference"
        ),
        pytest.param(
            edition(references=(Reference("art_9", 0, 3, "第一条"),)), "所在的条款 art_9 不存在", id="reference nowhere"
        ),
        pytest.param(edition(title=""), "缺少标题或日期", id="no title"),
        pytest.param(edition(lines=("第一条　\ud800",)), "残缺字符", id="lone surrogate"),
    ],
)
def test_unsound_edition_is_refused(store: Store, unsound: Edition, message: str) -> None:
    with pytest.raises(InputError, match="未入库") as caught:
        store.add(unsound)
    assert message in str(caught.value)
    assert store.infos() == []


# Reading


def test_provision_has_all_below_it_and_its_words(store: Store) -> None:
    added = full_edition()
    store.add(added)
    chapter = added.provisions[1]
    assert store.provision(f"{added.id}/chap_1") == chapter
    assert store.provision(f"{added.id}/art_5_1") == chapter.children[0]
    assert store.slice(f"{added.id}/art_5_1/para_1/item_2") == "（二）及时。\n"
    assert store.text(added.id) == added.text


@pytest.mark.parametrize("wanted", [f"{TITLE}@2019-05-01/art_4", f"{TITLE}@2019-05-01", f"{TITLE}@2019/art_1", "无"])
def test_unknown_provision_is_named(store: Store, wanted: str) -> None:
    store.add(edition())
    with pytest.raises(NotFoundError, match=split_id(wanted)[0]):
        store.provision(wanted)


def test_unknown_edition_is_named(store: Store) -> None:
    for look in (store.edition, store.info, store.text, store.sources, store.report, store.references_from):
        with pytest.raises(NotFoundError, match="知识库里没有这个版本：示例@2019；用 danggui list 查看"):
            look("示例@2019")


def test_references_both_ways(store: Store) -> None:
    at = len(LINES[0]) + LINES[1].index("第一条")
    to_article = Reference("art_2", at, at + 3, "第一条", f"{TITLE}@2019-05-01/art_1")
    store.add(edition(references=(to_article,)))
    store.add(edition("示例县会议管理办法细则", "2020", references=(to_article,)))
    store.add(edition("示例县会议管理办法细则", "2021"))
    assert store.references_from(f"{TITLE}@2019-05-01") == [to_article]
    assert store.references_from(f"{TITLE}@2019-05-01/art_2") == [to_article]
    assert store.references_from(f"{TITLE}@2019-05-01/art_3") == []
    citing = [(one.edition_id, one.reference) for one in store.references_to(f"{TITLE}@2019-05-01/art_1")]
    assert citing == [(f"{TITLE}@2019-05-01", to_article), ("示例县会议管理办法细则@2020", to_article)]
    assert len(store.references_to(f"{TITLE}@2019-05-01")) == 2
    for other in (f"{TITLE}@2019", f"{TITLE}@2019-05-0", f"{TITLE}@2019-05-01/art", f"{TITLE}@2019-05-01/art_11"):
        assert store.references_to(other) == []


def test_references_are_replaced_as_works_arrive(store: Store) -> None:
    at = len(LINES[0]) + LINES[1].index("第一条")
    open_end = Reference("art_2", at, at + 3, "第一条", "", "尚未入库")
    store.add(edition(references=(open_end,)))
    digest = store.digest()
    resolved = dataclasses.replace(open_end, target=f"{TITLE}@2019-05-01/art_1", reason="")
    store.set_references(edition().id, [resolved])
    assert store.edition(edition().id).references == (resolved,)
    assert store.digest() == digest
    with pytest.raises(InputError, match="与正文第 0–3 字不符"):
        store.set_references(edition().id, [Reference("art_2", 0, 3, "前款")])
    with pytest.raises(InputError, match="art_9 不存在"):
        store.set_references(edition().id, [Reference("art_9", 0, 3, "第一条")])
    assert store.edition(edition().id).references == (resolved,)


def test_links_are_stale_once_an_edition_came_or_went(store: Store) -> None:
    assert store.is_linked
    store.add(edition())
    assert not store.is_linked
    store.mark_linked()
    store.add(edition())
    assert store.is_linked
    store.remove(edition().id)
    assert not store.is_linked


def test_status_counts_later_editions_and_repeals(store: Store) -> None:
    store.add(edition(dated="2019-05-01"))
    store.add(edition(dated="2022-03-01", lines=LINES[:2]))
    old = edition("示例县文山会海整治规定", "2010-01-01")
    store.add(old)
    repealing = Metadata(effective="2023-01-01", repeals=("《示例县文山会海整治规定》",))
    store.add(edition("示例县减负规定", "2022-12-01", metadata=repealing))
    assert store.status(f"{TITLE}@2019-05-01", date(2022, 2, 28)) is Status.IN_FORCE
    assert store.status(f"{TITLE}@2019-05-01", date(2022, 3, 1)) is Status.SUPERSEDED
    assert store.status(f"{TITLE}@2022-03-01", date(2022, 2, 28)) is Status.NOT_YET_IN_FORCE
    assert store.status(old.id, date(2022, 12, 31)) is Status.IN_FORCE
    assert store.status(old.id, date(2023, 1, 1)) is Status.REPEALED


def test_digest_knows_content_and_not_order(tmp_path: Path) -> None:
    one, two = edition(), full_edition()
    kinds = dataclasses.replace(one.provisions[2], kind=Kind.PARAGRAPH)
    other_tree = dataclasses.replace(one, provisions=(*one.provisions[:2], kinds))
    digests = []
    for name, content in {"a": [one, two], "b": [two, one], "c": [one], "d": [two, other_tree]}.items():
        with Store.open(tmp_path / name, write=True) as store:
            for each in content:
                store.add(each)
            digests.append(store.digest())
    assert digests[0] == digests[1]
    assert len(set(digests)) == 3


def test_verify_names_edition_and_place(home: Path) -> None:
    with Store.open(home, write=True) as store:
        store.add(edition())
        store.add(full_edition())
        assert store.verify() == []
    other = raw(home)
    other.execute("DROP TRIGGER provision_is_immutable")
    other.execute("UPDATE provision SET stop = stop - 1 WHERE path = 'art_2' OR path = 'art_5_1'")
    other.execute("DELETE FROM regulation WHERE work = ?", ("示例县督查办法",))
    other.close()
    with Store.open(home) as store:
        found = store.verify()
    assert any("edition" in fault and "没有对应的记录" in fault for fault in found)
    assert "示例县会议管理办法@2019-05-01/art_3：应从第 36 字开始，实际从第 37 字开始" in found
    assert "示例县会议管理办法@2019-05-01：正文或条款与入库时的摘要不符" in found
