"""The one normalisation under which quotations are compared (引文比对的归一化).

White space is dropped. The forms of one sign count as one: full-width and half-width letters, figures and punctuation
(，and ,), （ 〔 ［ 【, 〈 and 《, the quotation marks “ ” " 「 」 『 』 and ‘ ’ '. Nothing else: every other character,
the full stop among them, must be the stored one. Places in the folded text lead back to places in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import normalize

_FORMS = str.maketrans(
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | dict.fromkeys("〔［【[", "(")
    | dict.fromkeys("〕］】]", ")")
    | dict.fromkeys("“”「」『』", '"')
    | dict.fromkeys("‘’", "'")
    | {"（": "(", "）": ")", "〈": "《", "〉": "》"}
)
_ELISION = re.compile(r"…+|⋯+|\.{3,}")
SHORTEST_PART = 4  # characters of a quotation between two elisions that say where it stands


@dataclass(frozen=True, slots=True)
class Folded:
    """A text folded for comparison; `places` holds the place of each of its characters in the text it came from."""

    text: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Folded:
        """Fold a text."""
        kept = [(char, place) for place, char in enumerate(text.translate(_FORMS)) if not char.isspace()]
        return cls("".join(char for char, _ in kept), [place for _, place in kept])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the text that a span of the folded text, not empty, came from."""
        return self.places[start], self.places[end - 1] + 1

    def find(self, quote: str) -> tuple[int, int] | None:
        """Return the span in the text where a quotation first stands, None where it does not.

        Words left out (……) are allowed where every part stands in the text, one behind the other, each long enough
        (`SHORTEST_PART`) to say which words are meant; the span then reaches from the first part to the last.
        """
        return next(self.find_all(quote), None) or self._find_parts(quote)

    def find_all(self, quote: str) -> Iterator[tuple[int, int]]:
        """Yield the spans where a quotation stands whole, in order."""
        words = fold(quote)
        start = self.text.find(words) if words else -1
        while start >= 0:
            yield self.span(start, start + len(words))
            start = self.text.find(words, start + len(words))

    def _find_parts(self, quote: str) -> tuple[int, int] | None:
        parts = [part for part in _ELISION.split(fold(quote)) if part]
        if not has_elision(quote) or not parts or min(map(len, parts)) < SHORTEST_PART:
            return None
        first, end = -1, 0
        for part in parts:
            start = self.text.find(part, end)
            if start < 0:
                return None
            first, end = first if first >= 0 else start, start + len(part)
        return self.span(first, end)


def fold(text: str) -> str:
    """Return a text folded for comparison."""
    return "".join(normalize("NFC", text).translate(_FORMS).split())


def has_elision(quote: str) -> bool:
    """Tell whether a quotation leaves words out (……)."""
    return _ELISION.search(fold(quote)) is not None
