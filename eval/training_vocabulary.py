"""The tokens of the bundled embedding (词表): words and set phrases of several characters, the characters besides them.

Candidates are jieba's words and pairs of them that stand together more often than by chance (pointwise mutual
information: Church and Hanks 1990); a unigram model (Kudo, ACL 2018) chooses between cuts, its odds counted over its
own best cuts. Library training of such a vocabulary over whole Chinese sentences takes a quarter of an hour.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING

from index.words import WordCutter

if TYPE_CHECKING:
    from tokenizers import Tokenizer

_HAN = re.compile(r"[㐀-鿿〇]+")
_NUMBER = r"第[〇零一二三四五六七八九十百千万两\d]{1,12}(?:条(?:之[一二三四五六七八九十]+)?|款|项)"
_OTHER = "0123456789abcdefghijklmnopqrstuvwxyz"
_UNKNOWN = "<unk>"
_LONGEST = 8  # characters of a token
_WORD_COUNT, _PHRASE_COUNT, _CHARACTER_COUNT = 4, 20, 2  # rarer ones are no candidates
_ASSOCIATION = 2.5  # natural logarithm
_UNSEEN = 0.1  # count of a token that no best cut uses

Counts = dict[str, float]
Weighed = Sequence[tuple[str, float]]  # text, how much it counts


def tokenizer_of(texts: Weighed, cutter: WordCutter, pieces: int) -> Tokenizer:
    """Return a tokenizer of about `pieces` tokens for texts like these; token 0 is the unknown one.

    It folds width and case, drops punctuation, and blanks 第X条: clauses are looked up by number elsewhere.
    """
    characters, longer = _candidates(texts, cutter)
    single = {char: 0.01 * count for char, count in characters.items() if count >= _CHARACTER_COUNT}
    counts = {**single, **longer}
    for size in (int(pieces * 1.6), pieces, pieces):
        kept = _most_counted(counts, size)
        counts = _recounted(_unigram(kept), kept, texts)
    return _unigram(counts)


def _candidates(texts: Weighed, cutter: WordCutter) -> tuple[Counts, Counts]:
    """Return how often characters, and words and phrases of several characters, stand in the texts."""
    words: defaultdict[str, float] = defaultdict(float)
    pairs: defaultdict[tuple[str, str], float] = defaultdict(float)
    for text, weight in texts:
        for span in _HAN.findall(text):
            cut = cutter.cut(span)
            for word in cut:
                words[word] += weight
            for pair in pairwise(cut):
                pairs[pair] += weight
    characters: defaultdict[str, float] = defaultdict(float)
    for word, count in words.items():
        for char in word:
            characters[char] += count
    longer: Counts = {word: n for word, n in words.items() if 1 < len(word) <= _LONGEST and n >= _WORD_COUNT}
    return dict(characters), longer | _phrases(words, pairs)


def _phrases(words: Mapping[str, float], pairs: Mapping[tuple[str, str], float]) -> Counts:
    total = sum(words.values())
    return {
        first + second: count
        for (first, second), count in pairs.items()
        if count >= _PHRASE_COUNT
        and 2 < len(first + second) <= _LONGEST
        and log(count * total / (words[first] * words[second])) > _ASSOCIATION
    }


def _most_counted(counts: Counts, size: int) -> Counts:
    """Return the characters and, up to `size` in all, the tokens that count most."""
    single = {token: count for token, count in counts.items() if len(token) == 1}
    longer = sorted(((-count, token) for token, count in counts.items() if len(token) > 1))
    return single | {token: -count for count, token in longer[: max(size - len(single) - len(_OTHER) - 1, 0)]}


def _recounted(tokenizer: Tokenizer, counts: Iterable[str], texts: Weighed) -> Counts:
    """Return how often the tokens stand in the best cuts of the texts."""
    found: defaultdict[int, float] = defaultdict(float)
    for start in range(0, len(texts), 5000):
        batch = texts[start : start + 5000]
        cuts = tokenizer.encode_batch_fast([text for text, _ in batch], add_special_tokens=False)
        for cut, (_, weight) in zip(cuts, batch, strict=True):
            for token in cut.ids:
                found[token] += weight
    return {token: _UNSEEN + found[tokenizer.token_to_id(token) or 0] for token in counts}


def _unigram(counts: Counts) -> Tokenizer:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    total = sum(counts.values())
    odds = sorted((-log(count / total), token) for token, count in counts.items())
    least = odds[-1][0] if odds else 1.0
    vocabulary = [(_UNKNOWN, 0.0), *((token, -cost) for cost, token in odds), *((char, -least) for char in _OTHER)]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=0))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Replace(Regex(_NUMBER), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\d|[a-z]+"), "isolated"),
        ]
    )
    return tokenizer
