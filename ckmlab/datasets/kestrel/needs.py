"""The 200 needs that customers hold, and how often each one comes up."""

import numpy as np

from ckmlab.datasets.kestrel.lexicon import NEEDS_PER_TOPIC, lexicon
from ckmlab.datasets.streams import choose

__all__ = ["choose_need", "mention_probability", "need_weights"]

# A need is mentioned in an interview with probability p ~ Beta(a, b): the shape of the model of
# Griffin & Hauser (1993); the two figures are Kestrel's own.
_MENTION = (1.45, 7.64)
_APP_AFTER_RELAUNCH = 3.0


def mention_probability(setting):
    """Probability that an interviewed customer mentions each need; the company's own."""
    return setting.shared("needs.mention").beta(*_MENTION, size=len(lexicon().need_labels))


def need_weights(setting):
    """How often each need is behind a contact: plain, after the relaunch, among lead users."""
    words = lexicon()
    mention = mention_probability(setting).reshape(-1, NEEDS_PER_TOPIC)
    plain = words.share[:, None] * (0.05 + mention)
    relaunched = plain * np.where(words.topics == "app", _APP_AFTER_RELAUNCH, 1.0)[:, None]
    # Lead users care for what is rare among the others.
    lead = words.share[:, None] / (0.05 + mention)
    return {
        name: w.ravel()
        for name, w in {"plain": plain, "relaunched": relaunched, "lead": lead}.items()
    }


def choose_need(setting, name, *, lead_user, relaunched, slots=None):
    """Which need an event is about.

    Parameters
    ----------
    setting : Setting
        The district.
    name : str
        Name of the random stream.
    lead_user, relaunched : array of bool
        Whose event it is, and whether it falls after the app's relaunch.
    slots : Slots, optional
        Where the draws come from; by default the district's stream, one draw per event.

    Returns
    -------
    array of int
        Need per event.
    """
    weights = need_weights(setting)
    u = slots.uniform(name) if slots else setting.streams.uniform(name, len(lead_user))
    need = choose(u, weights["plain"])
    if setting.scenario.drift:
        need = np.where(relaunched, choose(u, weights["relaunched"]), need)
    return np.where(lead_user, choose(u, weights["lead"]), need)
