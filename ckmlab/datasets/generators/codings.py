"""Two or more coders labelling the same knowledge items, each with a confusion of their own."""

import numpy as np
import pandas as pd

from ckmlab.arguments import check_count, check_share
from ckmlab.datasets.generators._checks import check_seed
from ckmlab.datasets.streams import choose, choose_rows, stream

__all__ = ["CONFUSION", "MIX", "make_codings"]

# An everyday team: shares of the three types, and how a practised but not trained coder reads them.
MIX = {"about": 0.45, "for": 0.35, "from": 0.20}
CONFUSION = [[0.88, 0.05, 0.07], [0.06, 0.90, 0.04], [0.15, 0.05, 0.80]]
MEDIAN_SECONDS = 12.0


def make_codings(
    n_items=120, *, seed, mix=None, confusion=None, coders=("A", "B"), missing=0.0, truth=False
):
    r"""Labels that independent coders give to the same items.

    Item :math:`i` has a true type drawn with shares :math:`\pi`; coder :math:`c` writes label
    :math:`l` with probability :math:`C_c[\text{true}, l]`, independently of the other coders. The
    mix that one coder reports is therefore :math:`C_c^{\top}\pi` on average. How long a coder takes
    is lognormal around 12 seconds, and one and a half times as long where the label is wrong.

    Parameters
    ----------
    n_items : int, default 120
        Items to be coded.
    seed : int
        Start of the random streams.
    mix : dict, optional
        True share of each type, summing to 1; default .45 about, .35 for, .20 from.
    confusion : array_like, optional
        Row *t*, column *l*: probability that an item of type *t* is labelled *l*, types in the
        order of ``mix``, rows summing to 1. A mapping from coder to matrix gives each coder an
        own one.
    coders : sequence of str, default ("A", "B")
        Names of the coders.
    missing : float, default 0
        Share of codings that a coder left out.
    truth : bool, default False
        Whether to return the true types as well.

    Returns
    -------
    pandas.DataFrame
        One row a coding: ``item_id`` (int), ``coder`` (str), ``label`` (str), ``seconds``.
    pandas.DataFrame
        Only with ``truth=True``: ``item_id``, ``ktype_true``.

    Raises
    ------
    ValueError
        If shares or rows of the confusion do not sum to 1, or sizes disagree.

    Notes
    -----
    With the default values two coders agree on .7701 of the items in the long run and Cohen's kappa
    is .6393, which follows from the mix and the confusion alone.

    Examples
    --------
    >>> codings = make_codings(3, seed=1)
    >>> codings[["item_id", "coder"]].values.tolist()
    [[0, 'A'], [0, 'B'], [1, 'A'], [1, 'B'], [2, 'A'], [2, 'B']]
    """
    n_items, seed = check_count("n_items", n_items, least=1), check_seed(seed)
    missing = check_share("missing", missing)
    mix = dict(MIX if mix is None else mix)
    types, coders = np.array(list(mix), dtype=object), list(coders)
    shares = _distributions("mix", list(mix.values()), (len(types),))
    matrices = _matrices(CONFUSION if confusion is None else confusion, coders, len(types))
    true = choose(stream(seed, "codings.type").random(n_items), shares)
    parts = [
        _coding(seed, coder, true, matrix) for coder, matrix in zip(coders, matrices, strict=True)
    ]
    codings = pd.concat(parts).sort_values(["item_id", "coder"], ignore_index=True)
    codings["label"] = types[codings["label"]]
    kept = stream(seed, "codings.missing").random(len(codings)) >= missing
    codings = codings[kept].reset_index(drop=True).astype({"coder": str, "label": str})
    if not truth:
        return codings
    return codings, pd.DataFrame({"item_id": range(n_items), "ktype_true": types[true].astype(str)})


def _coding(seed, coder, true, matrix):
    label = choose_rows(stream(seed, f"codings.label.{coder}").random(len(true)), matrix, true)
    noise = stream(seed, f"codings.seconds.{coder}").standard_normal(len(true))
    pace = MEDIAN_SECONDS * np.where(label == true, 1.0, 1.5)
    return pd.DataFrame(
        {
            "item_id": np.arange(len(true)),
            "coder": coder,
            "label": label,
            "seconds": np.round(pace * np.exp(0.4 * noise), 1),
        }
    )


def _matrices(confusion, coders, size):
    if not coders or len(set(coders)) < len(coders):
        raise ValueError(f"coders is {coders}; give each coder a name of their own")
    if not hasattr(confusion, "keys"):
        confusion = dict.fromkeys(coders, confusion)
    lacking = [coder for coder in coders if coder not in confusion]
    if lacking:
        raise ValueError(f"confusion has no matrix for coder {lacking}; it has {list(confusion)}")
    return [
        _distributions(f"confusion of coder {coder!r}", confusion[coder], (size, size))
        for coder in coders
    ]


def _distributions(name, values, shape):
    table = np.asarray(values, dtype=float)
    if table.shape != shape:
        raise ValueError(f"{name} has shape {table.shape}; one entry a type makes it {shape}")
    if not (np.all(table >= 0) and np.allclose(table.sum(axis=-1), 1)):
        raise ValueError(
            f"{name} sums to {np.round(table.sum(axis=-1), 4).tolist()}; "
            "give probabilities of at least 0 that sum to 1"
        )
    return table
