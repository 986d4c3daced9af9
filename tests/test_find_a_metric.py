"""The page that leads from a question to a metric names what there is, and leaves nothing out."""

import importlib
import re
from pathlib import Path

import pytest

PAGE = (Path(__file__).parent.parent / "docs" / "find-a-metric.md").read_text("utf-8")
NAMED = set(re.findall(r"<(ckmlab\.[\w.]+)>", PAGE))
ROOMS = ["classify", "capture", "organize", "share", "transfer", "control", "scorecard", "studies"]
ROOMS += [f"value.{part}" for part in ["behaviour", "attitude", "lifetime", "engagement"]]


@pytest.mark.parametrize("name", sorted(NAMED))
def test_what_is_named_exists(name):
    module, _, attribute = name.rpartition(".")
    assert hasattr(importlib.import_module(module), attribute)


@pytest.mark.parametrize("room", ROOMS)
def test_every_metric_is_found_by_a_question(room):
    module = importlib.import_module(f"ckmlab.{room}")
    metrics = [name for name in module.__all__ if name[0].islower() or room == "value.lifetime"]
    studies = getattr(module, "available", list)() if room == "studies" else []
    missing = set(metrics) - set(studies) - {name.rsplit(".", 1)[1] for name in NAMED}
    assert missing - {"ConvergenceWarning"} == set()
