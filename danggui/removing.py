"""An edition out of the knowledge base (移除): with its index entries, and the references to it resolved anew."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from corpus.errors import NotFoundError
from corpus.store import Store
from corpus.validity import EditionInfo
from danggui.ingesting import Progress, refresh, silent

_NEAREST = 5  # editions offered where a name is not known


@dataclass(frozen=True, slots=True)
class Removal:
    """What is removed with an edition: `citing` references of other editions that point into it."""

    info: EditionInfo
    citing: int

    def __str__(self) -> str:
        info, cited = self.info, f"，另有 {self.citing} 处引用指向它" if self.citing else ""
        return f"《{info.title}》（{info.date}，{info.articles} 条，文件 {info.file}{cited}）"

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of `danggui remove`."""
        info = self.info
        return {"id": info.id, "title": info.title, "edition": info.date, "file": info.file, "citing": self.citing}


def removal(home: Path, name: str) -> Removal:
    """Return what removing the edition ``<title>@<date>`` would take; 书名号 around the title are borne with.

    Raises NotFoundError, offering the nearest, for an edition that is not stored.
    """
    edition_id = name.replace("《", "").replace("》", "").strip()
    with Store.open(home) as store:
        infos = {info.id: info for info in store.infos()}
        if edition_id not in infos:
            near = get_close_matches(edition_id, infos, _NEAREST, 0.5)
            hint = f"；相近的有 {'、'.join(near)}" if near else "；用 danggui list 查看库中有哪些"
            raise NotFoundError(f"知识库里没有版本“{name}”，版本要写成 标题@日期{hint}")
        others = [citing for citing in store.references_to(edition_id) if citing.edition_id != edition_id]
        return Removal(infos[edition_id], len(others))


def remove(home: Path, edition_id: str, progress: Progress = silent) -> None:
    """Remove an edition and bring references and index up to date; the log keeps that it was there.

    Raises NotFoundError for an edition that is not stored, StoreError when another process is writing.
    """
    with Store.open(home, write=True) as store:
        store.remove(edition_id)
        refresh(store, progress)
