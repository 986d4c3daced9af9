# %% [markdown]
# # Plain or precise?
#
# **In 90 minutes you will** measure how hard a text is and what it leaves out; read an A/B test that is right on average and
# wrong for many readers; and choose a version for each kind of reader.
#
# | minutes | what |
# |---|---|
# | 0–10 | guess: which text helps most? |
# | 10–25 | the test, and its average |
# | 25–40 | the same test, reader by reader |
# | 40–60 | the trade: a front, a model, a best length |
# | 60–75 | one text for all? And what do they learn? |
# | 75–90 | the truth, exit ticket |
#
# *Only 45 minutes? Run the cells of sections 4, 6 and 8, but do not stop there.* Then do the exercise: `exercises/11-comprehension.ipynb`.

# %%
import pandas as pd

import ckmlab as ckm

company = ckm.datasets.load_company()

# %% [markdown]
# ## 1. Three texts, one router
#
# Knowledge *for* customers is of use only if they understand it, and only if it holds what they need. Here is the same
# advice three times:

# %%
texts = pd.Series(
    {
        "plain": "Is the internet gone? Pull the plug of the box. Wait one minute. Plug it in again.",
        "middle": "If the internet is gone, pull the plug of the router, wait one minute and plug it in "
        "again. If the light stays red after three minutes, the fault is in the line: call us.",
        "exact": "In case of connectivity loss, disconnect the router (models R2 and R4) from the mains "
        "for at least 60 seconds, so that the session at the exchange expires, and reconnect it; "
        "synchronisation takes up to 180 seconds, and a steady red light thereafter indicates a "
        "line fault.",
    }
)
ckm.organize.readability(texts).round(1)

# %% [markdown]
# **What you should see.** Words per sentence, and the **LIX** of Björnsson: words per sentence plus the percentage of long
# words (over six letters). Below 30 is easy, above 50 is hard. What does the plain text leave out? Somebody whose light
# stays red waits for ever.
#
# **Before you read on, write down your guess:** Kestrel may put only *one* version on its help page. With which one do most
# customers solve their problem?
#
# ## 2. A test, and its average
#
# Kestrel did the right thing and tried. Ten articles were written in three versions, 1 the plainest and 3 the most exact, and
# shown to readers of low, middle and high skill. `success` counts the readers who solved their problem.

# %%
articles = company.articles
articles.head(3)

# %%
ckm.transfer.success_by_version(articles).round(3)

# %% [markdown]
# The old pages are in version 3, as the engineers wrote them. The **refinement gain** is what refining adds to the share that
# succeeds:

# %%
total = articles.groupby("version")[["success", "views"]].sum()
ckm.transfer.refinement_gain(*total.loc[1], *total.loc[3])

# %% [markdown]
# Twenty-one more readers in a hundred, and the interval is far from 0. The board decides: *“Shorter is better. Everything in
# plain words by summer.”* Would you sign?
#
# ## 3. The same test, reader by reader

# %%
by_skill = ckm.transfer.success_by_version(articles, "skill_group").set_index("skill_group")
by_skill = by_skill.loc[["low", "middle", "high"]].reset_index()
ckm.plots.versions_by_reader(by_skill, by="skill_group")

# %% [markdown]
# **What you should see.** No version is best for all. The plain text saves the readers of low skill, of whom nearly nobody gets
# along with the exact one. It takes from those of high skill what they came for: the facts.
#
# When an effect depends on the kind of reader, we speak of an **interaction**. Compute the gain of version 1 over version 3
# for either group, and the difference of the two gains:

# %%
gains = {}
for skill, part in articles.groupby("skill_group"):
    sums = part.groupby("version")[["success", "views"]].sum()
    gains[skill] = ckm.transfer.refinement_gain(*sums.loc[1], *sums.loc[3])
    print(f"{skill:7}", gains[skill])

# %%
ckm.transfer.interaction(gains["low"], gains["high"])

# %% [markdown]
# **What you should see.** An interval far from 0: no single gain describes both groups. The average of section 2 was right, and
# it describes neither of them.
#
# **Think about it.** A website with mostly experts runs the same A/B test. Which version wins there? What does that tell you
# about copying “best practice” from another firm?
#
# ## 4. The trade
#
# Why not write a text that is plain *and* exact? Because facts need words. A version is on the **Pareto front** if no other
# is at least as easy and at least as precise, and better in one of the two.

# %%
versions = articles.drop_duplicates(["article_id", "version"])
versions = versions.assign(ease=-versions["words_per_sentence"] / 10)
versions["front"] = ckm.organize.pareto_front(versions, ["ease", "precision"])
versions.groupby("version")[["words_per_sentence", "precision", "front"]].mean().round(2)

# %% [markdown]
# **What you should see.** From version 1 to 3 sentences grow longer and more of the expert's facts are kept (`precision`). A
# share of each version lies on the front of all thirty texts: there, more of the one costs some of the other. The rest
# are beaten by another article in both respects. *They* can be refined without any loss, and that is where to begin.
#
# ## 5. A model of the reader
#
# With ease $e$, precision $p$ and a reader of skill $s$, let the chance of success be
#
# $$P = \sigma\!\left(\beta_0 + \beta_1 \frac{e}{s} + \beta_3 \left(\frac{e}{s}\right)^2 + \beta_2\, p\right),
# \qquad \sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# ($\sigma$ turns any number into a chance between 0 and 1.) Ease counts less for the skilled (it is divided by $s$), precision for all alike, and the square lets a text be *too* easy as
# well. As ease we take sentence length, turned around: minus the words per sentence, in tens. For skill we assume that
# readers of middle and high skill cope with sentences one and a half times and twice as long as those of low skill.

# %%
trials = articles.assign(
    ease=-articles["words_per_sentence"] / 10,
    skill=articles["skill_group"].map({"low": 1.0, "middle": 1.5, "high": 2.0}),
)
model = ckm.organize.fit_success(trials, skill="skill", trials="views", curved=True)
model.params.round(2)

# %%
shown = trials.groupby("version")[["ease", "precision"]].mean()
shown.index = ["plain", "middle", "exact"]
board = ckm.widgets.Comprehension(model, shown, skill=1.0, low=0.8, high=2.4)
board

# %%
board.picture()

# %% [markdown]
# **Try it.** Move the skill of the reader from 1 to 2 and beyond. Where does the best version change? Which lines of the picture
# turn, and why do they become steeper?
#
# ## 6. Shorter is better?
#
# At equal precision the model has a best ease for each reader. Turn it back into words per sentence:

# %%
for name, skill in {"low": 1.0, "middle": 1.5, "high": 2.0}.items():
    print(f"{name:7} best with {-10 * model.peak(skill):4.1f} words per sentence")

# %% [markdown]
# **What you should see.** Version 1 has 9.5 words per sentence. For readers of low skill even that is too long; for those of
# high skill it is too short. Chopped sentences lose the *because* and the *unless*, and there the skilled reader looks for
# them. (That the lengths are as 1 to 1.5 to 2 follows from our assumption. What the data say without it is the picture of
# section 3.)
#
# ## 7. One text for all?
#
# Take the customers of skill 1 and 2 as low, 3 as middle, 4 and 5 as high. What share of *Kestrel's* customers succeeds with
# one version for everybody, and what if each gets the one that suits?

# %%
kinds = pd.cut(company.customers["skill_level"], [0, 2, 3, 5], labels=["low", "middle", "high"])
audience = kinds.value_counts(normalize=True)
chance = by_skill.pivot(index="skill_group", columns="version", values="share")
one_for_all = chance.mul(audience, axis=0).sum()
one_for_all.round(3)

# %%
own = chance.max(axis=1).mul(audience).sum()
print("each their own version:", round(own, 3), "  gain:", round(own - one_for_all.max(), 3))

# %% [markdown]
# **What you should see.** If there can be but one, the plain one it is. Asking *“Do you want the short or the full answer?”* is
# worth ten more solved problems in a hundred. That is the value of a little knowledge *about* customers for the knowledge
# *for* them.
#
# **Try it.** Kestrel buys a firm of business customers, eight in ten of them of high skill. Change `audience`. Which single
# version wins now?
#
# ## 8. And what do they learn?
#
# Solving a problem with a text in hand is not yet knowing it. Customers took a quiz before and after reading:

# %%
readers = company.quiz.merge(company.customers[["customer_id", "skill_level"]], on="customer_id")
learned = ckm.transfer.gain_by(readers, "skill_level").sort_values("skill_level")
learned[["skill_level", "n", "before", "difference", "gain", "low", "high"]].round(2)

# %% [markdown]
# **What you should see.** The less skilled know less before, and their scores rise by more points (`difference`), for they have
# more to gain. Of what there *was* to gain, all learn about the same share; the intervals overlap widely. To call one group
# slow learners would be wrong.
#
# ## 9. The truth
#
# Kestrel is synthetic, so each text has a true chance for each kind of reader. Which version is truly best, article by article?

# %%
true_chance = company.truth.table("articles")["success_probability"]
sealed = articles.assign(chance=true_chance.to_numpy())
best = sealed.loc[sealed.groupby(["article_id", "skill_group"])["chance"].idxmax()]
best.groupby(["skill_group", "version"]).size().unstack(fill_value=0)

# %%
true_share = sealed.pivot_table(index="skill_group", columns="version", values="chance")
skills = trials.groupby("skill_group")["skill"].first()
rows = {name: model.predict(shown["ease"], shown["precision"], s) for name, s in skills.items()}
predicted = pd.DataFrame(rows, index=[1, 2, 3]).T
pd.concat({"truth": true_share, "model": predicted}, axis=1).round(2)

# %% [markdown]
# The test found the right version for each group. For low skill it is the plain one in every article; for the others it is
# not. And the model, with its assumed skills, comes close.
#
# ## In three sentences
#
# 1. A text for customers must be understood *and* hold what they need, and one costs the other.
# 2. An average over readers can be right and mislead about most of them: look for the interaction before you roll out.
# 3. Shorter is not better; *fitting the reader* is, and asking who the reader is pays.
#
# ## Exit ticket
#
# 1. A new leaflet raises success from 40 to 60 % among beginners and lowers it from 80 to 70 % among experts. For which
#    share of beginners does it pay on average?
# 2. Why does a text off the Pareto front cost nothing to improve?
# 3. Your readability tool says LIX 25. Name two things that it cannot know.
#
# **Next:** [12 What is knowing your customers worth?](12-value.ipynb)
#
# ## References
#
# °Björnsson, C.-H. (1968), *Läsbarhet*, on LIX. °Newcombe, R. G. (1998), *Statistics in Medicine* 17, 873–890, on differences
# of shares. Gebert, H., Geib, M., Kolbe, L. and Riempp, G. (2002), ICEB 2002, on knowledge for customers, between
# comprehensibility and precision.
#
# ° Cited as is usual in the field, not checked against the original: look it up before you quote it.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
