# %% [markdown]
# # Does it still come out?
#
# **In 90 minutes you will** compute a published table again and give each figure a verdict; find a sign that print has lost;
# say why an honest figure need not follow from the others; and test a route with the errors of all its steps.
#
# | minutes | what |
# |---|---|
# | 0–10 | fourteen figures, one of them wrong |
# | 10–30 | four verdicts, and what alpha keeps to itself |
# | 30–45 | the lost minus |
# | 45–55 | why model A does not follow |
# | 55–70 | whose error is it? |
# | 70–80 | a study without a name |
# | 80–90 | the truth, exit ticket |
#
# *Only 45 minutes? Run the cells of sections 4 to 6, but do not stop there.* Then do the exercise: `exercises/13-reproduction.ipynb`.

# %%
import textwrap

import numpy as np
import pandas as pd

import ckmlab as ckm

studies = ckm.studies

# %% [markdown]
# ## 1. One of these is wrong
#
# Three researchers asked 300 customers of private hospitals about service, value, the trouble of going elsewhere, and loyalty (Ha,
# Nguyen and Doan, 2023). For each scale they print the loadings of its questions, the **composite reliability** (CR: do
# the questions pull together?) and the **average variance extracted** (AVE: how much of them is the thing itself?).

# %%
hospital = studies.switching_costs
printed = pd.DataFrame({name: hospital.TABLES[name] for name in ["cr", "ave"]})
printed.insert(0, "loadings", [" ".join(row) for row in hospital.TABLES["loadings"].values()])
printed.set_index(pd.Index(hospital.TABLES["loadings"], name="scale"))

# %% [markdown]
# **Before you read on, write down your guess:** one of the fourteen figures on the right cannot come from the loadings beside
# it. Which one? (You have one minute.)

# %%
again = hospital.reproduce()
ckm.plots.reproduction(again)

# %% [markdown]
# **What you should see.** Zero is what was printed; one step is one unit of its last digit. The grey band holds every value
# that would have been printed the same. Twelve dots lie in it. A diamond lies outside, but its line reaches in:
# the loadings were rounded, too. One cross does not, line and all.
#
# This says nothing about the study's conclusions, which do not hang on it. It says: somebody can check, and somebody did.
#
# ## 2. Four verdicts
#
# With loadings $\lambda_1, \dots, \lambda_k$
#
# $$CR = \frac{(\sum \lambda)^2}{(\sum \lambda)^2 + \sum (1 - \lambda^2)}, \qquad AVE = \frac{1}{k} \sum \lambda^2.$$

# %%
service = np.array(hospital.TABLES["loadings"]["service quality"], dtype=float)
ckm.value.attitude.composite_reliability(service)

# %% [markdown]
# Printed is .896. But wait: `.781` may have been .7805 or .7815 before somebody rounded it, and so may all the others. How far
# could CR move?

# %%
for half_unit in [-0.0005, 0, 0.0005]:
    print(f"{ckm.value.attitude.composite_reliability(service + half_unit).value:.4f}")

# %% [markdown]
# From .8980 to .8986: .896 is out of reach. So there are four verdicts, not two:
#
# | verdict | the recomputed value … |
# |---|---|
# | reproduced | prints the same |
# | within rounding | would print the same for some inputs that were rounded to the printed ones |
# | not reproducible | does not print the same, whatever was rounded away |
# | under-specified | does not exist: the paper does not print what it rests on |

# %%
again["verdict"].value_counts().to_frame("figures")

# %% [markdown]
# The seven that are under-specified (the question marks in the picture) are Cronbach's **alpha**. It looks as if one could compute
# it from loadings, too. **Guess:** three surveys have *exactly* the loadings of the service scale. Do they have the same
# alpha?

# %%
together = np.outer(service, service)
np.fill_diagonal(together, 1)
for spread in [[1, 1, 1, 1, 1, 1], [1, 1, 2, 2, 3, 3], [1, 1, 1, 1, 1, 3]]:
    answers = studies.simulate_exact(together, 300, sds=spread, seed=13)
    print(spread, round(ckm.value.attitude.cronbach_alpha(answers).value, 3))

# %% [markdown]
# **What you should see.** One set of loadings, three alphas. Alpha needs the *covariances* of the questions: how much people
# differ on each. The paper prints .866, and nobody can say whether it follows.
#
# ## 3. The lost minus
#
# Another study follows **training** through a firm's **capacity** to absorb knowledge and its **innovation** to its **performance**
# (Yáñez-Araque, Hernández-Perlines and Moreno-García, 2017). It prints the correlations of the four:

# %%
capacity = studies.absorptive_capacity
capacity.correlations()

# %% [markdown]
# Training and innovation go together: .40. **Guess:** of two firms with the *same* capacity, does the one that trains more
# innovate more?

# %%
model = capacity.model()
model.coefficients.round(4)

# %% [markdown]
# And $R^2$: of the differences between firms, which share do its causes explain?

# %%
model.r_squared.round(4).to_frame().T

# %% [markdown]
# **What you should see.** The path from training to innovation is −.17. Training helps by way of capacity, so strongly that
# the rest turns negative: statisticians call it *suppression*. The paper prints the product, .0692, without its sign, and a
# note below the table says that it is negative. Whoever copies the table and not the note turns the finding round.
#
# All ways from training to performance, with their signs, add up to the correlation:

# %%
routes = model.routes("TRAIN", "PERF")["effect"].round(4)
pd.concat([routes, pd.Series({"together": routes.sum()})]).to_frame("effect")

# %%
ckm.plots.reproduction(capacity.reproduce())

# %% [markdown]
# **Think about it.** The three $R^2$ are off by one in the last digit, again and again. Is that carelessness? What do the
# diamonds say?
#
# ## 4. Why model A does not follow
#
# The last figure is far off. In model A the authors let training act on performance alone, and print $R^2$ = .3275. With one
# cause, $R^2$ is the squared correlation, $.5156^2$ = .2658. So is the paper wrong?
#
# No. Its constructs are weighted sums of answers, and **partial least squares** chooses the weights to suit the model. Another
# model, other weights, other scores, other correlations. We can watch it happen where we have the answers' correlations,
# in a study of mobile phone customers (Tenenhaus and colleagues, 2005):

# %%
phones = studies.satisfaction_index
whole = phones.model().constructs.loc["image", "loyalty"] ** 2
blocks = {name: phones.BLOCKS[name] for name in ["image", "loyalty"]}
alone = studies.pls_path_model(
    correlation=phones.item_correlations(), blocks=blocks, paths={"loyalty": ["image"]}
)
print(f"whole model, correlation squared {whole:.4f}")
print(f"these two alone, R²              {alone.r_squared['loyalty']:.4f}")

# %% [markdown]
# **What you should see.** The same answers, the same two constructs, two numbers. Here they are close, there they were not, but
# neither follows from the other. “Not reproducible **from what is printed**” is a statement about a table, not about
# people.
#
# ## 5. Whose error is it?
#
# The phone study is a model citizen. All its loadings, paths and total effects come out, to the last digit:

# %%
ckm.plots.reproduction(phones.reproduce())

# %% [markdown]
# Satisfaction leads to loyalty directly, and through the way complaints are handled. Does that second way count? It is a
# product of two coefficients, $a \cdot b$, each with an error of its own. **Sobel's test** takes both:
#
# $$z = \frac{ab}{\sqrt{a^2 s_b^2 + b^2 s_a^2}}$$

# %%
phones.complaint_route().loc[["direct", "indirect", "total"], ["estimate", "se", "z"]].round(4)

# %% [markdown]
# The notes from which this page was written said $z = 1.27$. Where does that come from? From leaving one of the two errors out:

# %%
paths = phones.model().paths.set_index(["source", "target"])
paths.loc[("complaints", "loyalty"), ["estimate", "se", "t"]].astype(float).round(4)

# %% [markdown]
# Without $s_a$ the $a$ cancels, and what is left is the second step's own $t$. A small slip, which here changes nothing; our
# own notes were checked as strictly as everybody else's.
#
# And the errors themselves? The paper drew 500 bootstrap samples of its respondents. We have regression on the scores:

# %%
errors = phones.TABLES["paths"].set_index(["source", "target"])[["bootstrap_se"]]
errors["regression_se"] = paths["se"]
errors["ratio"] = errors["bootstrap_se"] / errors["regression_se"]
errors.round(4).sort_values("ratio").iloc[[0, 1, -2, -1]]

# %%
print((errors["ratio"] > 1).sum(), "of", len(errors), "bootstrap errors are larger")

# %% [markdown]
# **What you should see.** Regression takes the scores as if somebody had *measured* satisfaction. But the weights were estimated, too,
# from the same people. An error of regression is not an error of partial least squares, and mostly too small.
#
# ## 6. A study without a name
#
# One more table. The study is not named, because what matters is the check, not who failed it.

# %%
nameless = studies.social_media_scales
ckm.plots.reproduction(nameless.reproduce())

# %% [markdown]
# **What you should see.** Nothing comes out, and every printed figure is *higher*. Look at the first scale: from an AVE of .5 on,
# textbooks accept a scale.

# %%
first = np.array(nameless.TABLES["loadings"]["TCRM"], dtype=float)
print("printed", nameless.TABLES["ave"]["TCRM"])
print("recomputed", round(ckm.value.attitude.average_variance_extracted(first).value, 3))

# %% [markdown]
# The verdict turns over. **Think about it** before you judge: can you find an innocent explanation? (Section 4 has one. Loadings from
# one program, AVE from another.) What would you write to the authors, and in which tone?
#
# ## 7. The truth
#
# In a published study nobody can lift the curtain. At Kestrel we can. When Kestrel was made, its customers' attitudes were given
# the very paths of the phone study. So here are three versions of one equation: what leads to satisfaction, as
# printed in 2005, as it truly is among Kestrel's customers, and as Kestrel's own survey sees it.

# %%
company = ckm.datasets.load_company()
causes = ["image", "expectation", "quality", "value"]
true = company.truth.table("customers")[[*causes, "satisfaction"]]

# %%
answered = company.surveys.query("wave == 1 and responded")
stems = {"image": "imag", "expectation": "cuex", "quality": "perq", "value": "perv"}
stems["satisfaction"] = "cusa"
surveyed = pd.DataFrame({k: answered.filter(like=s).mean(axis=1) for k, s in stems.items()})
surveyed = surveyed.astype(float)

# %%
versions = {"true": true, "surveyed": surveyed}
found = {
    name: studies.ols_from_correlation(scores.corr(), "satisfaction", causes, n=len(scores)).params
    for name, scores in versions.items()
}
in_print = phones.TABLES["paths"].query("target == 'satisfaction'").set_index("source")
pd.DataFrame({"printed 2005": in_print["estimate"], **found}).round(2)

# %% [markdown]
# **What you should see.** The truth agrees with the print as well as a thousand customers can. The survey does not: quality has lost
# a quarter of its weight, and value has gained. No figure was miscalculated. The questions measure attitudes with
# noise, and the happier customers answered more. **Every figure of Kestrel's survey report would be “reproduced”, and the
# largest of them would be wrong.** To reproduce is to check the arithmetic. It is where checking begins.
#
# ## In three sentences
#
# 1. A printed figure is a band, and so is everything computed from it: four verdicts, not two.
# 2. What does not follow from a table may still be right, and what follows may still be wrong.
# 3. Print signs, sample sizes and whatever your figures rest on; somebody will want to compute them again.
#
# ## Exit ticket
#
# 1. A paper prints loadings and alpha, no more. Which of the two can you check?
# 2. A correlation $r = +.40$ and a path $\beta = -.17$ for the same two things in one paper. Give a reason that is not a misprint.
# 3. “We could not reproduce table 4.” What must stand in the next sentence?
#
# **This was the last page.** Where to go from here: a study of your own, keyed in, with `ckm.studies.template()`; and page 00,
# which reads differently now: [00 One company, three lenses](00-start-here.ipynb).
#
# ## References

# %%
for study in [hospital, capacity, phones]:
    print(textwrap.fill(str(study.CITATION), 100, break_on_hyphens=False), end="\n\n")

# %% [markdown]
# °Fornell, C. and Larcker, D. F. (1981), on composite reliability and variance extracted, Journal of Marketing Research
# 18. °Sobel, M. E. (1982), *Asymptotic confidence intervals for indirect effects in structural equation models*.
#
# ° Cited as is usual in the field, not checked against the original: look it up before you quote it.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
