"""``python -m ckmlab`` is the ``ckmlab`` command."""

from ckmlab.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
