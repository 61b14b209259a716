"""An edition as it stands in the list of a base (版本清单)."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.validity import EditionInfo, Status


@dataclass(frozen=True, slots=True)
class Listed:
    """One edition in the list, with its status on the day asked."""

    info: EditionInfo
    status: Status

    def to_json(self) -> dict[str, object]:
        """Return the JSON object of the contract."""
        return {
            "title": self.info.title,
            "edition": self.info.date,
            "status": self.status.value,
            "level": self.info.metadata.level,
            "issuer": self.info.metadata.issuer,
            "effective": self.info.metadata.effective,
            "articles": self.info.articles,
            "provisions": self.info.provisions,
            "file": self.info.file,
        }
