"""The corrections against the sealed truth of a company, which no estimator has seen."""

import numpy as np
import pandas as pd
import pytest

from ckmlab.classify import confusion_table, correct_mix, prediction_powered_mix, type_mix
from ckmlab.datasets import make_company


@pytest.fixture(scope="module")
def store():
    company = make_company(2500, seed=11)
    latent = company.truth.table("knowledge_items")[["item_id", "ktype_true"]]
    return company.knowledge_items.merge(latent, on="item_id")


def test_corrected_mix_covers_the_truth(store):
    truth = store["ktype_true"].value_counts(normalize=True)
    covered = []
    for seed in range(40):
        checked = store.sample(400, random_state=seed)
        table = confusion_table(checked["ktype_true"], checked["ktype_coded"])
        mix = correct_mix(type_mix(store), table).set_index("ktype")
        covered.append((mix["low"] <= truth) & (mix["high"] >= truth))
    assert np.mean(covered) > 0.9


def test_prediction_powered_mix_covers_the_truth(store):
    truth = store["ktype_true"].value_counts(normalize=True)
    covered = []
    for seed in range(40):
        hand = store["ktype_true"].sample(200, random_state=seed)
        items = pd.DataFrame({"predicted": store["ktype_coded"], "coded": hand})
        mix = prediction_powered_mix(items).set_index("ktype")
        covered.append((mix["low"] <= truth) & (mix["high"] >= truth))
    assert np.mean(covered) > 0.9
