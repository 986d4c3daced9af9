"""Whether the store had the answer: what re-invention is judged by."""

import numpy as np

from ckmlab.datasets.kestrel.store import ABOUT

__all__ = ["answer_existed"]

_SPAN = 10_000.0  # days; longer than the store's whole life, so that needs never overlap


def answer_existed(interactions, items):
    """Whether a valid item on the very need of a contact lay in the store when it took place.

    An item counts if it says how something is done or wanted (for or from customers; what is
    about one customer does not help the next one), is right, and has not run out. The agent may
    have looked up something else on the topic, or nothing.

    Parameters
    ----------
    interactions, items : dict
        Contacts and knowledge items.

    Returns
    -------
    array of bool
        One per contact.
    """
    useful = np.flatnonzero((items["type_code"] != ABOUT) & items["correct"])
    need, begins = items["need"][useful], items["when"][useful]
    ends = np.floor(begins + items["span"][useful]) + 1  # through the last day
    asked = interactions["need"] * _SPAN + interactions["when"]

    def passed(moments):
        """How many of these lie before each contact, on its need or on an earlier one."""
        return np.searchsorted(np.sort(need * _SPAN + moments), asked, side="right")

    return passed(begins) > passed(ends)
