"""Ways that look at words alone, to compare with: what a search box would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

from matching.arrays import Floats
from matching.index import Index
from matching.learning.dataset import Dataset
from matching.profile import mission_text, post_text
from matching.text import terms
from roster.read import ExpertView, RequestView

BM25, TF_IDF = "BM25", "TF-IDF"


def text_scores(
    data: Dataset, index: Index, requests: Mapping[str, RequestView]
) -> dict[str, Floats]:
    """Return BM25 and TF-IDF cosine of the letter against everything a person wrote, (n,) each."""
    names = np.unique(data.groups)
    documents = [everything(profile.view) for profile in index.profiles]
    letters = [f"{requests[name].title} {requests[name].text}" for name in names]
    rows = np.array([index.row_of[one] for one in data.experts])
    columns = np.searchsorted(names, data.groups)
    return {way: held[rows, columns] for way, held in words_alone(documents, letters).items()}


def words_alone(documents: Sequence[str], letters: Sequence[str]) -> dict[str, Floats]:
    """Return BM25 and TF-IDF of each document for each letter, (n_documents, n_letters) each."""
    nothing = np.zeros((len(documents), len(letters)))
    if not any(document.strip() for document in documents):
        return {BM25: nothing, TF_IDF: nothing}
    try:
        return {BM25: bm25(documents, letters), TF_IDF: tfidf(documents, letters)}
    except ValueError:  # No word of any document tells something: the vocabulary is empty.
        return {BM25: nothing, TF_IDF: nothing}


def everything(view: ExpertView) -> str:
    """Return all the words of a person's record."""
    told = [post_text(item.value) for item in view.posts]
    told += [mission_text(item.value) for item in view.missions]
    return " ".join([view.headline or "", *told, view.text])


def bm25(
    documents: Sequence[str], queries: Sequence[str], k1: float = 1.2, b: float = 0.75
) -> Floats:
    """Return Okapi BM25 of each document for each query, shape (n_documents, n_queries)."""
    counter = CountVectorizer(analyzer=terms)
    counts = counter.fit_transform(documents).tocsr().astype(np.float64)
    n, lengths = counts.shape[0], np.asarray(counts.sum(axis=1)).ravel()
    held = np.bincount(counts.indices, minlength=counts.shape[1])
    norm = k1 * (1 - b + b * lengths / max(lengths.mean(), 1.0))
    of_row = np.repeat(norm, np.diff(counts.indptr))
    counts.data = counts.data * (k1 + 1) / (counts.data + of_row)
    idf = np.log1p((n - held + 0.5) / (held + 0.5))
    asked = (counter.transform(queries) > 0).astype(np.float64).multiply(idf[None, :])
    scores: Floats = (counts @ asked.T.tocsc()).toarray()
    return scores


def tfidf(documents: Sequence[str], queries: Sequence[str]) -> Floats:
    """Return TF-IDF cosines of each document for each query, shape (n_documents, n_queries)."""
    vectors = TfidfVectorizer(analyzer=terms, sublinear_tf=True)
    table_of = vectors.fit_transform(documents)
    scores: Floats = (table_of @ vectors.transform(queries).T).toarray()
    return scores
