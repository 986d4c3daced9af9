"""Makes the data of the fixture exercise: lengths and periods of pendulums, with noise."""

import numpy as np
import pandas as pd


def make(n=40, *, seed):
    rng = np.random.default_rng(seed)
    length = rng.uniform(0.2, 2.0, n).round(3)
    period = 2 * np.pi * np.sqrt(length / 9.81) * rng.normal(1, 0.01, n)
    return pd.DataFrame(
        {
            "length_m": length,
            "period_s": period.round(4),
            "bob": rng.choice(["brass", "lead", "wood"], n),
        }
    )
