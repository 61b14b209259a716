"""What tells whether anything found answers a question (依据信号): numbers free of the base's size.

Three kinds: how the chosen sentence covers the question, how it stands among the other sentences and works found, and
how its provision compares with the question term by term (`index.features`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import log1p

from answer.question import Question
from answer.select import Candidate, coverage
from corpus.hit import Hit
from corpus.titles import normalise, work_key

Compared = Mapping[str, Mapping[str, float]]
"""For the id of each hit its features against the question, as `index.features` names them."""

_COMPARED = (
    *("words_score", "words_covered", "words_missed", "words_rarest", "bigrams_score", "bigrams_covered"),
    *("bigrams_missed", "bigrams_rarest", "characters_score", "run", "run_share", "asked_in_title"),
    *("asked_in_headings", "rest", "rest_covered", "title_named", "title_share", "title_relative", "headings_share"),
)
_EVIDENCE = ("words", "pairs", "context", "value", "year")
_TITLE_LIKE = re.compile(r"([\u4e00-\u9fff]{4,30}?(?:条例|办法|细则|准则|规则|规定|法))(?=[的中里对是有第何适])")


def signals(
    question: Question, found: Sequence[Candidate], hits: Sequence[Hit], compared: Compared
) -> dict[str, float]:
    """Return the signals of the best candidate; `found` are all candidates, best first, from `hits`."""
    best = found[0]
    of_best = compared.get(best.hit.id, {})
    return {
        "terms": log1p(len(question.terms)),
        "pairs_asked": log1p(len(question.pairs)),
        "titled": float(bool(question.titles)),
        "exacting": float(question.wanted.exacting),
        **{name: float(getattr(best.evidence, name)) for name in _EVIDENCE},
        "length": log1p(best.evidence.length),
        **_missing(question, best),
        **_among(found),
        **_works(best, hits),
        **{f"provision_{name}": of_best.get(name, 0.0) for name in _COMPARED},
        "best_bigrams_score": max(
            (compared[hit.id]["bigrams_score"] for hit in hits if compared.get(hit.id)), default=0.0
        ),
    }


def _missing(question: Question, best: Candidate) -> dict[str, float]:
    """Return what of the question stands in the title, the weightiest word that stands nowhere, and a title unknown."""
    title = normalise(best.edition.title)
    around = normalise("\n".join((best.edition.title, *best.hit.headings, best.hit.text)))
    total = sum(term.weight for term in question.terms) or 1.0
    heaviest = max((term.weight for term in question.terms), default=0.0) or 1.0
    missed = [term.weight * (1 - coverage(term, around)) for term in question.terms]
    return {
        "in_title": sum(term.weight * coverage(term, title) for term in question.terms) / total,
        "rarest_missed": max(missed, default=0.0) / heaviest,
        "missed_share": max(missed, default=0.0) / total,
        "title_gap": max((_gap(name, title) for name in _TITLE_LIKE.findall(question.text)), default=0.0),
    }


def _gap(name: str, title: str) -> float:
    """Return which share of the characters of a name that reads like a title the title does not have, in order."""
    return sum(char not in title for char in name) / len(name)


def _among(found: Sequence[Candidate]) -> dict[str, float]:
    """Return how the best candidate stands among the others, and among those of other works."""
    best = found[0]
    work = work_key(best.hit.title)
    other = next((one for one in found if work_key(one.hit.title) != work), None)
    return {
        "score": best.score,
        "second": found[1].score if len(found) > 1 else 0.0,
        "lead_over_works": best.score - other.score if other else best.score,
        "other_context": other.evidence.context if other else 0.0,
        "other_pairs": other.evidence.pairs if other else 0.0,
        "best_pairs": max(one.evidence.pairs for one in found),
        "best_context": max(one.evidence.context for one in found),
    }


def _works(best: Candidate, hits: Sequence[Hit]) -> dict[str, float]:
    """Return how the hits spread over works, and the place of the best candidate's hit."""
    works = [work_key(hit.title) for hit in hits]
    mine = work_key(best.hit.title)
    shares = {f"same_{depth}": works[:depth].count(mine) / depth for depth in (3, 5, 10, 20)}
    places = [place for place, hit in enumerate(hits) if hit.id == best.hit.id]
    spread = {f"works_{depth}": float(len(set(works[:depth]))) for depth in (5, 20)}
    return {**shares, **spread, "place": float(places[0]) if places else float(len(hits))}
