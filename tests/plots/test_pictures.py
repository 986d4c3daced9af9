"""Every picture states a finding and can be read by those who cannot see it."""

import ast
from pathlib import Path

import pandas as pd
import pytest

from ckmlab import Estimate, capture, control, organize, plots, share, transfer
from ckmlab.datasets import make_company
from ckmlab.datasets.overview import summarise
from ckmlab.scorecard import scorecard
from ckmlab.studies import contract_retention, switching_costs
from ckmlab.value import engagement
from ckmlab.value.lifetime import ShiftedBetaGeometric
from ckmlab.views import Picture

ROOMS = {"classify", "capture", "organize", "share", "transfer", "control"}
ROOMS |= {"value", "scorecard", "studies"}
MIX = pd.DataFrame(
    {"ktype": ["about", "for", "from"], "share": [0.45, 0.35, 0.2]}
    | {"low": [0.41, 0.31, 0.17], "high": [0.49, 0.39, 0.23]}
)
CORRECTED = MIX.assign(share=[0.42, 0.35, 0.23])
TABLE = pd.DataFrame([[44, 6], [8, 42]], ["about", "from"], ["about", "from"])
ITEMS = pd.DataFrame({"origin": ["employee", "database", "customer"], "text": ["a", "b", "c"]})
FLOW = pd.DataFrame(
    {"origin": ["database"], "ktype": ["about"], "n": [30]}
    | {"created_process": ["offer"], "used_process": ["campaign"]}
)
RUNGS = capture.ladder({"dissatisfied": 2700, "voiced": 1340, "registered": 812})
LISTED = capture.histories({"ticket": range(50), "forum": range(30, 90), "mail": range(0, 99, 2)})
INCIDENCE = [[1, 1, 0], [1, 0, 0], [1, 0, 1]]
DAYS = pd.to_datetime(["2023-01-01", "2024-01-01", "2024-05-01", "2024-06-01"])
DATED = pd.DataFrame({"created_at": DAYS, "valid_until": DAYS + pd.Timedelta(days=200)})
BANDS = organize.age_bands(DATED, "2024-07-01", half_life=180)
OPENED = pd.DataFrame({"item_id": [1, 1, 2], "employee_id": ["bo", "cy", "bo"]})
WRITTEN = pd.DataFrame({"item_id": [1, 2], "employee_id": ["ann", "cy"]})
GUARDED = pd.DataFrame({"sensitivity": [0, 1, 2], "need": [6, 3, 1], "risk": [0, 2, 8]})
BORN = pd.DataFrame({"born": [1983, 1985, 1991, 1994]})
WAYS = control.k_utility_frontier(BORN, {"born": [control.bands(10), control.hidden]})
SCORES = {"heard": Estimate(50, -10, 90), "everybody": Estimate(0, -60, 60)}
PARADOX = pd.DataFrame(
    {"prevalence": [0.5, 0.9], "agreement": 0.9, "kappa": [0.8, 0.44], "ac1": [0.8, 0.88]}
)
LEARNT = organize.SuccessModel(
    pd.Series([-3.0, 3.0, 2.0], ["const", "ease_per_skill", "precision"]), pd.Series(), 100
)
TEXTS = pd.DataFrame({"ease": [0.9, 0.5], "precision": [0.3, 0.8]}, ["short", "full"])
STAYING = pd.DataFrame({"period": [1, 2], "before": [0.7, 0.5], "after": [0.7, 0.55]})
CASES = pd.DataFrame(
    {
        "hard": [1] * 6 + [0] * 6,
        "used": [1] * 4 + [0] * 2 + [1] * 2 + [0] * 4,
        "solved": [1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0],
    }
)
BY_HARDNESS = transfer.stratum_effects(CASES, outcome="solved", exposure="used", strata="hard")
WAITS = pd.DataFrame({"days": [1, 2, 2, 5], "observed": [1, 1, 0, 1]})
TRIED = pd.DataFrame({"version": [1, 2], "skill": "low", "views": 10, "success": [7, 1]})
WORTH = engagement.engagement_value({1: 100.0, 2: 80.0}, referral={2: 55.0})
ALIVE = pd.DataFrame([[1.0, 0.2], [0.8, 0.9]], [0, 38], [0, 8])
IDEAS = pd.DataFrame({"origin": ["customer", "employee"], "adopted": [True, True]})
TRACKED = pd.DataFrame(
    {"actual": [5, 4], "expected": [4.8, 4.3]}
    | {"actual_cumulative": [5, 9], "expected_cumulative": [4.8, 9.1]},
    index=[1.0, 2.0],
)
SAMPLES = {
    "lorenz": lambda draw: draw(share.lorenz([1, 2, 7])),
    "tracking": lambda draw: draw(TRACKED, calibration=1),
    "engagement_waterfall": lambda draw: draw(engagement.waterfall(WORTH)),
    "frequency_recency": lambda draw: draw(ALIVE),
    "retention_forecast": lambda draw: draw(contract_retention.forecast(since=0), seen=7),
    "retention_mixture": lambda draw: draw(ShiftedBetaGeometric([100, 63, 47, 38]).fit()),
    "scorecard": lambda draw: draw(scorecard({"ideas": IDEAS})),
    "simpson_slopes": lambda draw: draw(BY_HARDNESS),
    "loves_leaves": lambda draw: draw([True, True, False, False], [True, False] * 2),
    "kappa_paradox": lambda draw: draw(PARADOX, at=0.9),
    "silence": lambda draw: draw([10, 8, 0], [True, True, False], **SCORES),
    "survey_answers": lambda draw: draw([10, 8, 0, None], Estimate(0, -90, 90)),
    "compare_estimates": lambda draw: draw({"asked": Estimate(3, 1, 5), "guess": 4}, truth=4),
    "success_contour": lambda draw: draw(LEARNT, TEXTS, skill=0.5),
    "access_network": lambda draw: draw(share.access_network(OPENED, WRITTEN)),
    "drift_curve": lambda draw: draw(
        organize.drift_scan(
            pd.DataFrame({"month": [1, 2, 3] * 9, "topic": ["tv", "tv", "app"] * 9}),
            period="month",
            category="topic",
            seed=1,
            permutations=9,
        )
    ),
    "age_pyramid": lambda draw: draw(BANDS, half_life=180),
    "border": lambda draw: draw(control.transparency_exposure(GUARDED)),
    "k_frontier": lambda draw: draw(WAYS, k=2),
    "accumulation": lambda draw: draw(capture.accumulation(INCIDENCE)),
    "first_heard": lambda draw: draw(capture.first_heard(INCIDENCE)),
    "agreement_heatmap": lambda draw: draw(TABLE, Estimate(0.86), Estimate(0.72, 0.58, 0.86)),
    "policy_effect": lambda draw: draw(
        STAYING, {"value": 1200.0, "customer years": 5}, changes={"capture": (0.6, 0.9)}
    ),
    "company_overview": lambda draw: draw(summarise(make_company(300, seed=1)), title="Kestrel"),
    "iceberg": lambda draw: draw(RUNGS),
    "lists_upset": lambda draw: draw(LISTED, capture.loglinear(LISTED, count="people")),
    "overlap": lambda draw: draw(120, 90, 36, capture.chapman(120, 90, 36)),
    "reproduction": lambda draw: draw(switching_costs.reproduce()),
    "saturation": lambda draw: draw([10, 20], {"needs differ": [0.5, 0.8]}),
    "first_readers": lambda draw: draw(share.uptake_curve(WAITS)),
    "versions_by_reader": lambda draw: draw(
        transfer.success_by_version(TRIED, "skill"), by="skill"
    ),
    "three_lenses": lambda draw: draw(ITEMS),
    "type_flow": lambda draw: draw(FLOW),
    "type_mix": lambda draw: draw(MIX),
}


@pytest.mark.parametrize("name", plots.__all__)
def test_a_picture_has_a_finding_and_words(name):
    fig = SAMPLES[name](getattr(plots, name))
    assert isinstance(fig, Picture)
    assert len(fig.title.split()) > 3
    assert any(letter.isdigit() for letter in fig.alt)
    assert len(fig.to_html()) < 160_000


def test_two_coders_in_numbers():
    fig = plots.agreement_heatmap(TABLE, Estimate(0.86), Estimate(0.72, 0.58, 0.86))
    assert "about: about 44, from 6" in fig.alt and "0.58 to 0.86" in fig.alt
    with pytest.raises(ValueError, match="square table"):
        plots.agreement_heatmap(TABLE.rename(columns={"from": "for"}), Estimate(0), Estimate(0))


def test_a_corrected_mix_is_held_against_the_truth():
    truth = {"about": 0.42, "for": 0.35, "from": 0.23}
    assert plots.type_mix(MIX, corrected=CORRECTED, truth=truth).title.endswith(
        "closer to the truth"
    )
    assert plots.type_mix(CORRECTED, corrected=MIX, truth=truth).title.endswith("from the truth")
    assert "from 20.0 % to 23.0 %" in plots.type_mix(MIX, corrected=CORRECTED).title


def test_lenses_count_each_origin_and_refuse_others():
    assert "CKM asks its customers and sees 1 items (33 %)" in plots.three_lenses(ITEMS).alt
    with pytest.raises(ValueError, match="holds none of"):
        plots.three_lenses(ITEMS.assign(origin="elsewhere"))


def test_pictures_compute_nothing():
    """They draw what metrics return: no room of metrics is opened from here."""
    for path in Path(plots.__file__).parent.glob("*.py"):
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        opened = [node.module.split(".") for node in nodes if isinstance(node, ast.ImportFrom)]
        assert not ROOMS & {parts[1] for parts in opened if len(parts) > 1}, path.stem
