"""Checks of single arguments: one wording of each complaint for every room of the house."""

from numbers import Number

import numpy as np

__all__ = [
    "as_numbers",
    "check_count",
    "check_positive",
    "check_share",
    "choose",
    "clean_numbers",
    "one_column",
]


def check_share(name, value, *, ends=True):
    """A share between 0 and 1 as a float, or a clear error.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : float
        What the caller gave.
    ends : bool, default True
        Whether 0 and 1 themselves are allowed.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the value is no share.

    Examples
    --------
    >>> check_share("confidence", 0.95, ends=False)
    0.95
    """
    number = _number(name, value)
    if (0 <= number <= 1) if ends else (0 < number < 1):
        return number
    limits = "between 0 and 1" if ends else "strictly between 0 and 1"
    mend = f"; did you mean {number / 100:g}?" if 1 < number <= 100 else ""
    raise ValueError(f"{name} is {number:g}, but a share lies {limits}{mend}")


def check_count(name, value, *, least=0):
    """A whole number not below ``least``, or a clear error.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : int
        What the caller gave; 36.0 counts as 36.
    least : int, default 0
        The smallest value allowed.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If the value is fractional or too small.

    Examples
    --------
    >>> check_count("both", 36.0)
    36
    """
    number = _number(name, value)
    if number != np.floor(number) or np.isinf(number):
        raise ValueError(f"{name} is {number:g}, but it counts something: give a whole number")
    if number < least:
        raise ValueError(f"{name} is {number:g}; it must be at least {least}")
    return int(number)


def check_positive(name, value):
    """A finite number above 0 as a float, or a clear error.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : float
        What the caller gave.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the value is not above 0.

    Examples
    --------
    >>> check_positive("epsilon", 0.5)
    0.5
    """
    number = _number(name, value)
    if number <= 0 or np.isinf(number):
        raise ValueError(f"{name} is {number:g}; it must be a finite number above 0")
    return number


def choose(name, value, options):
    """One of the words an argument knows, or an error that lists them.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    value : str
        What the caller gave.
    options : iterable of str
        The words allowed.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the word is none of them.

    Examples
    --------
    >>> choose("criterion", "bic", ["aic", "bic"])
    'bic'
    """
    options = list(options)
    if value not in options:
        raise ValueError(f"{name} is {value!r}; choose one of {options}")
    return value


def clean_numbers(name, values, *, missing="drop"):
    """A one-dimensional float array, or an error that shows the offending value.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    values : array-like of number
        A column, list or array.
    missing : {"drop", "keep", "refuse"}
        What to do with missing values.

    Returns
    -------
    numpy.ndarray
        Finite numbers (and NaN if kept), shape (n,).

    Raises
    ------
    TypeError
        If a value is no number (nor True or False): a text, even one that looks like a number, a
        date or a duration, which would turn into nanoseconds; or if a whole table is given.
    ValueError
        If there is nothing left, a value is infinite, or a value is missing and refused.

    Examples
    --------
    >>> clean_numbers("scores", [9, None, 7]).tolist()
    [9.0, 7.0]
    """
    numbers = as_numbers(name, one_column(name, values))
    if np.isinf(numbers).any():
        raise ValueError(f"{name} holds an infinite value; drop it or make it missing")
    if missing == "refuse" and numbers.isna().any():
        raise ValueError(
            f"{name} has {int(numbers.isna().sum())} missing values; fill or drop them first"
        )
    if missing == "drop":
        numbers = numbers.dropna()
    if numbers.notna().sum() == 0:
        raise ValueError(f"{name} holds no value at all")
    return numbers.to_numpy()


def one_column(name, values):
    """Values as a Series, or an error if they are a whole table or a single text.

    Parameters
    ----------
    name : str
        The argument's name, for the message.
    values : array-like, or mapping of index to value
        A column, list or array of anything.

    Returns
    -------
    pandas.Series

    Raises
    ------
    TypeError
        If it is a table, or one text in place of many.

    Examples
    --------
    >>> one_column("channels", ["shop", "forum"]).tolist()
    ['shop', 'forum']
    """
    import pandas as pd  # here, so that checking a single number costs no import of pandas

    if np.ndim(values) > 1 or hasattr(values, "columns"):
        raise TypeError(f"{name} is a table; pass one of its columns")
    if isinstance(values, str):
        raise TypeError(f"{name} is the single text {values!r}; give a list of them")
    return pd.Series(values)


def as_numbers(name, values):
    """The same values as floats, missing ones as NaN, or an error that shows what is no number.

    Parameters
    ----------
    name : str
        What to call them in the message.
    values : array-like of number
        A column, list or array; True and False count as 1 and 0.

    Returns
    -------
    pandas.Series of float
        Numbered from 0.

    Raises
    ------
    TypeError
        If a value is a text, even one that looks like a number, a date or a duration.

    Examples
    --------
    >>> as_numbers("scores", [9, None, True]).tolist()
    [9.0, nan, 1.0]
    """
    import pandas as pd  # here, so that checking a single number costs no import of pandas

    series = pd.Series(values).reset_index(drop=True)
    if series.dtype.kind not in "biuf":
        _refuse_other_things(name, series.astype(object))
    return pd.to_numeric(series, errors="coerce").astype(float)


def _refuse_other_things(name, values):
    """Refuse texts, dates and durations, which would silently become some number."""
    for position, value in values[values.notna()].items():
        if not isinstance(value, Number | np.bool_) or isinstance(value, complex):
            mend = "convert texts first, for example with pandas.to_numeric"
            mend = mend if isinstance(value, str) else "give numbers"
            raise TypeError(f"{name} holds {value!r} at position {position}; {mend}")


def _number(name, value):
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name} is {value!r}; give a number") from None
    if np.isnan(number):
        raise ValueError(f"{name} is missing (NaN); give a number")
    return number
