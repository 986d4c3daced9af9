"""Finished rounds of a tournament on disk, so that an interruption loses nothing."""

import functools
import hashlib
import inspect
import json
import re
from dataclasses import replace
from pathlib import Path

__all__ = ["Cache", "fingerprint"]


class Cache:
    """One small file a round; without a folder, nothing is kept.

    Parameters
    ----------
    folder : path or None
        Made if it is not there.
    """

    def __init__(self, folder):
        self.folder = None if folder is None else Path(folder)
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)

    def read(self, job):
        """Rows of this round by estimator, those whose code is still the same."""
        if self.folder is None:
            return {}
        try:
            kept = json.loads(self._path(job).read_text(encoding="utf-8"))
            rows = {name: kept[name]["row"] for name, function in job.estimators.items()
                    if kept.get(name, {}).get("code") == fingerprint(function)}  # fmt: skip
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return {}  # never run, or a file cut short: the round simply runs again
        # A failure may have had a passing cause, such as memory: it gets another chance.
        return {name: row for name, row in rows.items() if not row["problem"]}

    @staticmethod
    def missing(job, rows):
        """The job with only the estimators that have no row; None if all have one."""
        left = {name: f for name, f in job.estimators.items() if name not in rows}
        return replace(job, estimators=left) if left else None

    def write(self, job, rows):
        """Keep a round, beside what other estimators left there."""
        if self.folder is None:
            return
        path = self._path(job)
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            kept = {}
        codes = {name: fingerprint(function) for name, function in job.estimators.items()}
        kept |= {name: {"code": codes[name], "row": row} for name, row in rows.items()}
        draft = path.with_suffix(".draft")
        draft.write_text(json.dumps(kept), encoding="utf-8")
        draft.replace(path)  # whole or not at all

    def _path(self, job):
        parts = [fingerprint(job.make_data), fingerprint(job.truth), repr(job.scenario)]
        digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]
        return self.folder / f"{digest}-{job.seed}.json"


def fingerprint(thing):
    """A digest of a function's code, constants, defaults and captured values.

    Parameters
    ----------
    thing : object
        A function, partial or plain value.

    Returns
    -------
    str

    Examples
    --------
    >>> fingerprint(lambda x: x + 1) == fingerprint(lambda x: x + 1)
    True
    >>> fingerprint(lambda x: x + 1) == fingerprint(lambda x: x + 2)
    False
    """
    return hashlib.sha256(_described(thing).encode()).hexdigest()[:16]


def _described(thing):
    if inspect.ismethod(thing):
        return f"{_described(thing.__self__)}.{_described(thing.__func__)}"
    if isinstance(thing, functools.partial):
        inside = [thing.func, *thing.args, *sorted(thing.keywords.items())]
        return f"partial({', '.join(map(_described, inside))})"
    if isinstance(thing, tuple | list):
        return f"({', '.join(map(_described, thing))})"
    code = getattr(thing, "__code__", None)
    if code is not None:
        captured = [cell.cell_contents for cell in thing.__closure__ or ()]
        defaults = [thing.__defaults__ or (), sorted((thing.__kwdefaults__ or {}).items())]
        parts = [*_code_parts(code), *captured, *defaults]
        return f"function({', '.join(map(_described, parts))})"
    if hasattr(thing, "__qualname__"):
        return f"{thing.__module__}.{thing.__qualname__}"
    described = repr(thing)
    if " at 0x" not in described:
        return described
    # An object's address says nothing about it and changes from run to run; its contents do not.
    contents = [
        (name, repr(value)) for name, value in sorted(getattr(thing, "__dict__", {}).items())
    ]
    return f"{type(thing).__qualname__}({re.sub(' at 0x[0-9a-f]+', '', repr(contents))})"


def _code_parts(code):
    constants = [_code_parts(c) if hasattr(c, "co_code") else repr(c) for c in code.co_consts]
    return [code.co_code.hex(), code.co_names, constants]
