"""Purchase histories with known parameters: BG/NBD, MBG/NBD or Pareto/NBD, and their spend."""

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from ckmlab.arguments import check_count, check_positive
from ckmlab.datasets.generators._checks import check_seed, moment
from ckmlab.datasets.generators._gather import gather
from ckmlab.datasets.generators._purchases import BLOCK, draw_block

__all__ = ["MODELS", "SPEND", "make_transactions"]

# Estimates on the CDNOW tenth sample, time in weeks (BG/NBD, Pareto/NBD: Fader, Hardie & Lee 2005;
# MBG/NBD recomputed on the same data).
MODELS = {
    "BG/NBD": {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426},
    "MBG/NBD": {"r": 0.525, "alpha": 6.183, "a": 0.891, "b": 1.614},
    "Pareto/NBD": {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669},
}
CHUNK = 8 * BLOCK  # customers drawn by one thread and written together
# The gamma-gamma model of spend on the same sample, money in dollars (Fader & Hardie's note).
MOST_PURCHASES = 1_000  # a customer, on average; more would not fit into memory block by block
SPEND = {"p": 6.25, "q": 3.74, "gamma": 15.44}


def make_transactions(
    n_customers=1000,
    *,
    seed,
    model="BG/NBD",
    parameters=None,
    spend=SPEND,
    weeks=78,
    acquisition_weeks=12,
    start="2024-01-01",
    truth=False,
    path=None,
    workers=1,
):
    r"""Purchases of customers who may silently stop buying, with time and amount.

    Customer :math:`i` makes a first purchase, then buys at rate :math:`\lambda_i` a week until
    dropping out, with :math:`\lambda_i \sim \mathrm{Gamma}(r, \alpha)`. What differs is the
    dropping out:

    * **BG/NBD**: after each *repeat* purchase, with probability
      :math:`p_i \sim \mathrm{Beta}(a, b)`;
    * **MBG/NBD**: the same, after the first purchase as well;
    * **Pareto/NBD**: at any moment, at rate :math:`\mu_i \sim \mathrm{Gamma}(s, \beta)`.

    Amounts follow the gamma-gamma model, independent of how often a customer buys:
    :math:`z_{ij} \sim \mathrm{Gamma}(p, \nu_i)` with
    :math:`\nu_i \sim \mathrm{Gamma}(q, \gamma)`. Second arguments are rates, not scales.

    Parameters
    ----------
    n_customers : int, default 1000
        How many customers. Asking for more leaves the first ones unchanged.
    seed : int
        Start of the random streams; the same seed gives the same purchases.
    model : {"BG/NBD", "MBG/NBD", "Pareto/NBD"}
        The purchase process.
    parameters : dict, optional
        ``r, alpha, a, b`` (Pareto/NBD: ``r, alpha, s, beta``); ``alpha`` and ``beta`` in weeks.
        What is left out keeps the value estimated on the CDNOW sample (:data:`MODELS`).
    spend : dict or None
        ``p, q, gamma`` of the gamma-gamma model, ``gamma`` in money; None for no amounts.
    weeks : float, default 78
        Length of the observation, in weeks from ``start``.
    acquisition_weeks : float, default 12
        First purchases are spread evenly over this many weeks from ``start``.
    start : str or datetime, default "2024-01-01"
        The first moment of the observation.
    truth : bool, default False
        Whether to return the customers' latent quantities as well.
    path : str or path, optional
        Write a Parquet file block by block instead of holding the table (needs pyarrow). It
        appears under its name only when it is complete.
    workers : int, default 1
        Threads that draw blocks. The content does not depend on it.

    Returns
    -------
    pandas.DataFrame or pathlib.Path
        One row a purchase, ordered by customer and time: ``customer_id`` (int), ``date``
        (datetime64, whole seconds), ``amount`` (money, at least 0.01). With ``path``, the
        file's path.
    pandas.DataFrame
        Only with ``truth=True``. One row a customer: ``customer_id``, ``start_week``,
        ``weeks_observed``, ``rate`` (purchases a week while active), ``dropout`` (probability per
        purchase; Pareto/NBD: rate a week), ``lifetime`` (weeks from first purchase to dropping
        out), ``alive`` (at the end of the observation), ``mean_amount`` (money).

    Raises
    ------
    ValueError
        If the model or a parameter's name is unknown, or a value is impossible.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. & Lee, K. L. (2005). "Counting your customers" the easy way: an
    alternative to the Pareto/NBD model. Marketing Science 24(2).

    Fader, P. S. & Hardie, B. G. S. The gamma-gamma model of monetary value. Technical note.

    Examples
    --------
    >>> purchases, latent = make_transactions(200, seed=1, truth=True)
    >>> purchases.columns.tolist()
    ['customer_id', 'date', 'amount']
    >>> purchases.customer_id.nunique()
    200
    >>> bool(latent.alive.mean() > 0.4)
    True
    """
    n_customers = check_count("n_customers", n_customers, least=1)
    workers = check_count("workers", workers, least=1)
    process = {
        "seed": check_seed(seed),
        "model": model,
        "parameters": _parameters(model, parameters),
        "spend": None if spend is None else _complete("spend", SPEND, spend),
        "weeks": check_positive("weeks", weeks),
        "acquisition_weeks": acquisition_weeks,
    }
    if not 0 <= acquisition_weeks < weeks:
        raise ValueError(
            f"acquisition_weeks is {acquisition_weeks!r}, but first purchases must fall into the "
            f"{weeks!r} weeks observed; give at least 0 and less than that"
        )
    per_customer = weeks * process["parameters"]["r"] / process["parameters"]["alpha"]
    if per_customer > MOST_PURCHASES:
        raise ValueError(
            f"r / alpha over {weeks!r} weeks means {per_customer:.3g} purchases a customer; "
            "give alpha in weeks, or fewer weeks"
        )
    origin = moment("start", start)
    chunks = _chunks(n_customers, workers, process)
    kept = []
    # Of the customers' rows only what the truth needs is kept: memory stays flat.
    groups = ([_columns(_noted(block, kept, truth), origin) for block in chunk] for chunk in chunks)
    if path is None:
        blocks = (columns for group in groups for columns in group)
        made = _frame(gather(blocks, times=n_customers / min(n_customers, BLOCK)))
    else:
        from ckmlab.datasets.generators._parquet import write_blocks

        made = write_blocks(Path(path), groups, total=-(-n_customers // CHUNK))
    return (made, _latent(_joined(kept))) if truth else made


def _parameters(model, given):
    if model not in MODELS:
        raise ValueError(f"model is {model!r}; give one of {sorted(MODELS)}")
    return _complete("parameters", MODELS[model], given or {})


def _complete(name, defaults, given):
    unknown = sorted(set(given) - set(defaults))
    if unknown:
        raise ValueError(f"{name} has {unknown}, which this model lacks; it has {list(defaults)}")
    return {
        key: check_positive(f"{name}[{key!r}]", given.get(key, defaults[key])) for key in defaults
    }


def _chunks(n_customers, workers, process):
    """Lists of blocks in order, drawn by threads a few lists ahead."""

    def draw(start):
        end = min(start + CHUNK, n_customers)
        numbers = range(start // BLOCK, -(-end // BLOCK))
        *whole, last = (draw_block(number, **process) for number in numbers)
        return [*whole, last.up_to(end)]

    starts = range(0, n_customers, CHUNK)
    if workers == 1:
        yield from map(draw, starts)
        return
    with ThreadPoolExecutor(workers) as pool:
        ahead = deque()
        for start in starts:
            ahead.append(pool.submit(draw, start))
            if len(ahead) > workers:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _columns(drawn, origin):
    """The public columns."""
    moments = drawn.microseconds
    moments += origin
    columns = {"customer_id": drawn.customer, "date": moments.view("datetime64[us]")}
    return columns if drawn.amount is None else {**columns, "amount": drawn.amount}


def _noted(block, kept, truth):
    """The block itself; what only the truth needs of it is kept."""
    if truth:
        kept.append(block._replace(customer=None, microseconds=None, amount=None))
    return block


def _joined(blocks):
    return blocks[0].joined(*blocks[1:]) if len(blocks) > 1 else blocks[0]


def _latent(drawn):
    """What an analyst would never see: one row a customer."""
    columns = {
        "customer_id": np.arange(len(drawn.start)),
        "start_week": drawn.start,
        "weeks_observed": drawn.observed,
        "rate": drawn.rate,
        "dropout": drawn.dropout,
        "lifetime": drawn.lifetime,
        "alive": drawn.lifetime > drawn.observed,
    }
    if drawn.mean_amount is not None:
        columns["mean_amount"] = drawn.mean_amount
    return _frame(columns)


def _frame(columns):
    # Imported here: who streams to a file needs no pandas, nor the 40 MB it takes.
    from pandas import DataFrame

    return DataFrame(columns, copy=False)
