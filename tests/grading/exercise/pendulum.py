# %% [markdown]
# # How strong is gravity in this laboratory?

# %%
import numpy as np

import ckmlab as ckm

# %% tags=["data"]
swings = ckm.grading.data("pendulum_data.py:make", n=40, seed=7)

# %% [markdown]
# ## Gravity from each pendulum
# A pendulum of length $l$ swings with the period $T = 2 \pi \sqrt{l / g}$. Solve for $g$.

# %% name="gravity" tags=["answer"]
# The mean of g over all pendulums, in m/s².
### BEGIN SOLUTION
each = 4 * np.pi**2 * swings["length_m"] / swings["period_s"] ** 2
gravity = each.mean()
### END SOLUTION

# %% tags=["check"] points=2
ckm.check("gravity", gravity)

# %% tags=["misconception"]
ckm.grading.misconception(
    "gravity",
    (2 * np.pi * swings["length_m"] / swings["period_s"] ** 2).mean(),
    hint="The factor 2π stands inside the square.",
    credit=0.5,
)

# %% name="longest" tags=["answer"]
# Mean length of the pendulums by bob, as a Series.
### BEGIN SOLUTION
by_bob = swings.groupby("bob")["length_m"].mean()
### END SOLUTION

# %% tags=["check"] task="bobs"
ckm.check("mean length by bob", by_bob)


# %% name="slowest" tags=["answer"]
def slowest(frame):
    """The longest period in a frame."""
    ### BEGIN SOLUTION
    return frame["period_s"].max()
    ### END SOLUTION


# %% tags=["check"] task="bobs"
ckm.check("slowest", slowest(swings))

# %% tags=["check", "hidden"] task="bobs"
ckm.check("slowest of ten", slowest(swings.head(10)))

# %% [markdown] name="why" tags=["manual"] points=3 rubric="Names at least one source of error."
# Why do the estimates scatter?
# ### BEGIN SOLUTION
# The period is measured with an error of about one per cent.
# ### END SOLUTION

# %% tags=["hidden"]
# A note to colleagues: SECRET-NOTE.
