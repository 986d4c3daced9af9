"""The trap ``drift``: a classifier of topics that was tested on the years it was trained on."""

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

_TRAINED_ON = 3000


def drift(company):
    """Share of contacts about the app that a bag of words sorts rightly, after the relaunch.

    Naive: as measured on other contacts of years 1 to 4. Truth: on years 6 to 8. Remedy: retrained
    with contacts of year 5, measured on half of years 6 to 8.
    """
    contacts = company.interactions.sample(frac=1, random_state=company.seed)
    early, relaunch = contacts[contacts["period"] <= 4], contacts[contacts["period"] == 5]
    late = contacts[contacts["period"] >= 6]
    old = _trained(early[:_TRAINED_ON])
    naive = _recall(old, early[_TRAINED_ON:])
    truth, _, high = _recall(old, late)
    # The truth is counted on a sample too, so its uncertainty belongs into the interval.
    half = np.hypot(naive[2] - naive[0], high - truth)
    naive = naive[0], naive[0] - half, naive[0] + half
    renewed = _recall(_trained(relaunch[:_TRAINED_ON]), late)
    # What retraining recovers is the performance itself, so it is compared with the naive hope.
    return truth, naive, (renewed[0], np.nan, np.nan)


def _trained(contacts):
    model = make_pipeline(CountVectorizer(min_df=2), MultinomialNB(alpha=0.3))
    return model.fit(contacts["text"], contacts["topic"])


def _recall(model, contacts):
    app = contacts[contacts["topic"] == "app"]
    share = (model.predict(app["text"]) == "app").mean()
    half = 1.96 * (share * (1 - share) / max(1, len(app))) ** 0.5
    return share, share - half, share + half
