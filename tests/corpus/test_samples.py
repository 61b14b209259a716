"""The bundled samples are complete, marked as samples and cite only central regulations that exist."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from docx.table import Table
from lxml import etree, html

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpus/samples"
CATALOGUE = ROOT / "../shared/catalogue/catalogue.tsv"
REGULATIONS = ROOT / "../shared/corpus/regs"
COLUMNS = ["file", "title", "issuer", "issued", "effective", "status", "articles", "source", "notes"]
NOT_SAMPLES = {"__init__.py", "README.md", "manifest.tsv", "questions.jsonl"}
FORMS = {"中国共产党入党志愿书"}  # a form to fill in, not a regulation
ARTICLE = re.compile(r"^\s*(第[一二三四五六七八九十百]+条(?:之一)?)[\s　]", re.MULTILINE)
TITLE = re.compile(r"《((?:中国共产党|党政)[^《》]+)》")
CITED_ARTICLE = re.compile(r"《([^《》]+)》(第[一二三四五六七八九十百]+条)")
CHINESE_DIGITS = "零一二三四五六七八九"


def manifest() -> list[dict[str, str]]:
    text = (SAMPLES / "manifest.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def questions() -> list[dict[str, object]]:
    lines = (SAMPLES / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def sample_files() -> list[str]:
    return sorted(path.name for path in SAMPLES.iterdir() if path.is_file() and path.name not in NOT_SAMPLES)


def chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = {0: "", 1: "十"}.get(tens, CHINESE_DIGITS[tens] + "十")
    return head + (CHINESE_DIGITS[ones] if ones else "")


def docx_lines(path: Path) -> Iterator[str]:
    """Yield the paragraphs and cells; the one list that Word numbers as 第%1条 is numbered here by hand."""
    document = Document(str(path))
    count = 0
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row.cells)
            continue
        if block._p.xpath("./w:pPr/w:numPr/w:numId[@w:val='102']"):
            count += 1
            yield f"第{chinese(count)}条　{block.text}"
        else:
            yield block.text


def words(name: str) -> str:
    path = SAMPLES / name
    if path.suffix == ".docx":
        return "\n".join(docx_lines(path))
    data = path.read_bytes()
    if path.suffix == ".txt":
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return data.decode("gb18030")
    return "\n".join(part.strip() for part in html.fromstring(data).itertext())


def articles(name: str) -> dict[str, str]:
    """Return label -> words of every 条 of a sample; an annex belongs to no 条."""
    text = re.split(r"^\s*附件\s*$", words(name), maxsplit=1, flags=re.MULTILINE)[0]
    pieces = ARTICLE.split(re.sub(r"^(第[^条\s]+条(?:之一)?)\n", r"\1　", text, flags=re.MULTILINE))
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def current_file(title: str) -> str:
    return next(row["file"] for row in manifest() if row["title"] == title and row["status"] == "current")


def test_manifest_has_the_agreed_columns() -> None:
    assert list(manifest()[0]) == COLUMNS


def test_manifest_and_folder_name_the_same_files() -> None:
    assert sorted(row["file"] for row in manifest()) == sample_files()


def test_there_are_enough_documents_and_articles() -> None:
    assert len(manifest()) >= 12
    assert sum(int(row["articles"]) for row in manifest()) >= 180


@pytest.mark.parametrize("row", manifest(), ids=lambda row: row["file"])
def test_sample_is_marked_as_a_sample(row: dict[str, str]) -> None:
    text = words(row["file"])
    assert row["file"].startswith("示例_")
    assert "示例县" in row["title"]
    assert row["title"] in text
    assert "示例文本，仅供演示，不具效力" in text


@pytest.mark.parametrize("row", manifest(), ids=lambda row: row["file"])
def test_articles_are_numbered_without_a_gap(row: dict[str, str]) -> None:
    labels = list(articles(row["file"]))
    whole = [label for label in labels if "之" not in label]
    assert len(labels) == int(row["articles"])
    assert whole == [f"第{chinese(number)}条" for number in range(1, len(whole) + 1)]


def test_two_editions_differ_where_the_readme_says() -> None:
    old = articles("示例_三会一课实施细则（2019）.txt")
    new = articles("示例_三会一课实施细则（2023）.docx")
    assert "每半年安排1次党课" in old["第九条"]
    assert "每季度至少安排1次党课" in new["第十一条"]


def test_one_sample_has_a_footnote() -> None:
    with ZipFile(SAMPLES / "示例_县委巡察工作办法（2024）.docx") as archive:
        root = etree.fromstring(archive.read("word/footnotes.xml"))
    assert "整改集中期自被巡察党组织收到书面反馈意见之日起计算" in "".join(root.itertext())


def test_html_sample_declares_and_uses_gb18030() -> None:
    data = (SAMPLES / "示例_公务接待管理办法（2025）.html").read_bytes()
    assert b"charset=gb18030" in data
    assert "工作餐" in data.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        data.decode("utf-8")


@pytest.mark.parametrize("question", questions(), ids=lambda question: str(question["id"]))
def test_question_is_answered_where_it_says(question: dict[str, object]) -> None:
    labels, wanted = question["articles"], question["contains"]
    assert isinstance(labels, list)
    assert isinstance(wanted, list)
    if not labels:
        assert (question["title"], wanted) == ("", [])
        return
    body = articles(current_file(str(question["title"])))
    assert wanted
    assert all(any(part in body[label] for label in labels) for part in wanted)


def test_questions_are_many_and_some_have_no_basis() -> None:
    bare = [question for question in questions() if not question["articles"]]
    assert len(questions()) - len(bare) >= 20
    assert len(bare) == 5
    assert len({question["id"] for question in questions()}) == len(questions())


@pytest.mark.skipif(not CATALOGUE.exists(), reason="shared/catalogue is not on this machine")
def test_every_central_regulation_cited_exists() -> None:
    rows = csv.DictReader(io.StringIO(CATALOGUE.read_text(encoding="utf-8")), delimiter="\t")
    known = {re.sub(r"（[^（）]*大[^（）]*）$", "", row["title"]) for row in rows}
    cited = {title for name in sample_files() for title in TITLE.findall(words(name))} - FORMS
    assert len(cited) >= 10
    assert cited - known == set()


@pytest.mark.skipif(not REGULATIONS.exists(), reason="shared/corpus/regs is not on this machine")
def test_every_cited_article_of_a_central_regulation_exists() -> None:
    cited = {pair for name in sample_files() for pair in CITED_ARTICLE.findall(words(name))}
    missing = set()
    checked = 0
    for title, label in cited - {("细则", label) for _, label in cited}:
        texts = [path.read_text(encoding="utf-8") for path in REGULATIONS.glob(f"{title}（*.txt")]
        checked += bool(texts)
        if not any(re.search(rf"^{label}\s", text, re.MULTILINE) for text in texts):
            missing.add((title, label))
    assert checked >= 15
    assert missing == set()
