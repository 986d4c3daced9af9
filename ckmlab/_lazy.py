"""Rooms open when someone walks in: attributes that are imported on first use (PEP 562)."""

import importlib
import sys


def attach(package, *, modules=(), names=None):
    """Make submodules and names of a package load on first use.

    Parameters
    ----------
    package : str
        The package's ``__name__``.
    modules : sequence of str
        Submodules to offer as attributes.
    names : dict of str to str, optional
        Public name → full name of the module that defines it.

    Returns
    -------
    tuple
        ``__getattr__``, ``__dir__`` and ``__all__`` for the package.

    Examples
    --------
    >>> getattr_, dir_, all_ = attach("ckmlab", modules=["concepts"])
    >>> getattr_("concepts").__name__
    'ckmlab.concepts'
    """
    names = names or {}
    public = sorted([*modules, *names])

    def __getattr__(name):
        if name in names:
            value = getattr(importlib.import_module(names[name]), name)
        elif name in modules:
            value = importlib.import_module(f"{package}.{name}")
        else:
            raise AttributeError(f"module {package!r} has no attribute {name!r}; it has {public}")
        # Kept, so that the next look-up is a plain one.
        setattr(sys.modules[package], name, value)
        return value

    def __dir__():
        return [*public, "__version__"] if package == "ckmlab" else public

    return __getattr__, __dir__, public
