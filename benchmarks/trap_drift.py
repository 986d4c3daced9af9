"""The trap ``drift``: a classifier of topics that was tested on the years it was trained on."""

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

_TRAINED_ON = 3000


def drift(company):
    """Share of contacts about the app that the classifier of years 1 to 4 sorts rightly later on.

    Truth: in years 6 to 8. Naive: on other contacts of the years in which it was trained. Remedy,
    a split by time: on contacts of year 5, the first that it has not seen.
    """
    early, first, late = _by_time(company)
    model = _trained(early[:_TRAINED_ON])
    truth, _, high = _recall(model, late)
    estimates = (_recall(model, early[_TRAINED_ON:]), _recall(model, first))
    # The truth is counted on a sample too, so its uncertainty belongs into the intervals.
    naive, remedy = (_widened(estimate, high - truth) for estimate in estimates)
    return truth, naive, remedy


def retrained(company):
    """The same for a classifier that was trained anew with contacts of year 5.

    Truth: in years 6 to 8. Naive, which is right this time: on other contacts of year 5.
    """
    _, first, late = _by_time(company)
    model = _trained(first[: len(first) // 2])
    truth, _, high = _recall(model, late)
    estimate = _widened(_recall(model, first[len(first) // 2 :]), high - truth)
    return truth, estimate, estimate


def _by_time(company):
    """Contacts of years 1 to 4, of year 5 and of years 6 to 8, each in random order."""
    contacts = company.interactions.sample(frac=1, random_state=company.seed)
    parts = np.searchsorted([5, 6], contacts["period"], side="right")
    return tuple(contacts[parts == part] for part in range(3))


def _widened(estimate, half):
    value, _, high = estimate
    both = np.hypot(high - value, half)
    return value, value - both, value + both


def _trained(contacts):
    model = make_pipeline(CountVectorizer(min_df=2), MultinomialNB(alpha=0.3))
    return model.fit(contacts["text"], contacts["topic"])


def _recall(model, contacts):
    app = contacts[contacts["topic"] == "app"]
    share = (model.predict(app["text"]) == "app").mean()
    half = 1.96 * (share * (1 - share) / max(1, len(app))) ** 0.5
    return share, share - half, share + half
