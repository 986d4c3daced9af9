# %%
import matplotlib.pyplot as plt

import ckmlab as ckm

# %% tags=["data"]
rng = ckm.grading.data("numpy.random:default_rng", seed=3)

# %% name="bars" tags=["answer"]
# Draw ten bars of ten draws.
### BEGIN SOLUTION
figure, axes = plt.subplots()
axes.bar(range(10), rng.random(10))
### END SOLUTION

# %% tags=["check"]
ckm.check("bars", axes)
