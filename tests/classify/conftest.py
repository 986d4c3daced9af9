"""Worked tables that several tests of this room share."""

import numpy as np
import pytest

LABELS = ["about", "for", "from"]


def lists_from(table):
    """Two coders' labels from their table of counts."""
    cells = [
        (LABELS[row], LABELS[column])
        for row in range(3)
        for column in range(3)
        for _ in range(table[row][column])
    ]
    first, second = zip(*cells, strict=True)
    return list(first), list(second)


@pytest.fixture
def coders():
    """Research dossier 4.1: 120 statements, rows coder A, columns coder B."""
    return lists_from([[44, 3, 5], [2, 31, 3], [6, 2, 24]])


@pytest.fixture
def four_raters():
    """Four coders, twelve units, gaps: the demonstration data of Gwet's irrCAC packages."""
    gap = np.nan
    units = [
        [1, 1, gap, 1],
        [2, 2, 3, 2],
        [3, 3, 3, 3],
        [3, 3, 3, 3],
        [2, 2, 2, 2],
        [1, 2, 3, 4],
        [4, 4, 4, 4],
        [1, 1, 2, 1],
        [2, 2, 2, 2],
        [gap, 5, 5, 5],
        [gap, gap, 1, 1],
        [gap, gap, 3, gap],
    ]
    return np.array(units).T


@pytest.fixture
def items():
    """Six items with every trap of a flow: an unused item and two offending paths."""
    return {
        "origin": ["database", "database", "customer", "employee", "employee", "customer"],
        "ktype_coded": ["about", "about", "from", "for", "for", "from"],
        "created_process": ["offer", "service", "service", "rnd", "complaint", "campaign"],
        "used_process": ["campaign", None, "rnd", "offer", "service", "contract"],
    }
