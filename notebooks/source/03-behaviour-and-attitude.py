# %% [markdown]
# # They love us, and they leave us
#
# **In 90 minutes you will** tell what customers do (behavioural knowledge) from what they think (attitudinal knowledge); check
# whether the items of a scale belong together; measure what attitudes add to behaviour, on the same customers; and find those
# who stay only because they cannot leave.
#
# | minutes | what |
# |---|---|
# | 0–10 | guess: were those who left unhappy? |
# | 10–20 | two kinds of knowledge |
# | 20–35 | is the attitude one number? |
# | 35–55 | what do attitudes add? |
# | 55–65 | the rows that are not there |
# | 65–80 | the captives, and the truth |
# | 80–90 | exit ticket |
#
# *Only 45 minutes? Run the cells of sections 3 and 5, but do not stop there.* Then do the exercise: `exercises/03-behaviour-and-attitude.ipynb`.

# %%
import ckmlab as ckm

company = ckm.datasets.load_company()

# %% [markdown]
# ## 1. Guess first
#
# Once a year Kestrel asks every customer: *are you satisfied?* And once a year every contract ends, and the customer renews or
# leaves. Take those who answered and then left. **Write down your guess:** how many of a hundred of them had said that they
# were satisfied?
#
# One row below is one customer in one year: the answers, and what happened at the end of that year. Satisfaction is the mean
# of three questions, from 1 to 10; whoever gives 7 or more, we call satisfied.

# %%
contracts = company.contracts.assign(wave=company.contracts["renewal_no"] + 1)
years = company.surveys.merge(contracts, on=["customer_id", "wave"])
years["left"] = ~years["renewed"]
years["satisfaction"] = years[["cusa1", "cusa2", "cusa3"]].astype(float).mean(axis=1)
answered = years[years["responded"]]
ckm.plots.loves_leaves(answered["satisfaction"] >= 7, answered["left"])

# %% [markdown]
# **What you should see.** Most who leave love us. And most who do not love us stay: the tall blue block on the right. Both
# surprises are the business of this page.
#
# It does not mean that satisfaction is useless. Read the picture by columns: how many of the satisfied leave, and how many of
# the others?

# %%
by_mood = answered.groupby(answered["satisfaction"] >= 7)["left"].mean()
by_mood.rename({True: "satisfied", False: "dissatisfied"}).round(2)

# %% [markdown]
# **Think about it.** The dissatisfied leave twice as often, and yet three of four leavers were satisfied. How can both be
# true? (Count the heads in each column.)
#
# ## 2. Two kinds of knowledge
#
# Crié and Micheaux (2006) split what a firm knows about its customers in two:

# %%
natures = ckm.concepts.definitions("knowledge nature")
ckm.concepts.in_full(natures[["definition"]])

# %% [markdown]
# Behaviour lies in the till, for every customer, free of charge. The classic digest is **RFM**: how *recently*, how
# *frequently*, and for how much *money* did they buy, each scored from 1 (worst) to 5 (best).

# %%
purchases = company.transactions.eval("amount = units * price")
scores = ckm.value.behaviour.rfm(purchases)
scores.head(4)

# %% [markdown]
# Attitudes must be asked for, and people must answer. Here is one year's harvest: of all the customers invited, the share
# that told Kestrel what they think.

# %%
print(f"{years.query('wave == 1')['responded'].mean():.0%} of those invited in the first year")

# %% [markdown]
# **Try it.** Say in words what the digits of customer 5 tell, and what they do not tell. And where is customer 1? Whoever never
# bought an extra is in no table of purchases.
#
# ## 3. Is the attitude one number?
#
# An attitude cannot be weighed; we ask several questions and take the mean. That is fair only if the questions pull in one
# direction. **Cronbach's alpha** compares how the sum of $k$ items varies with how each item varies alone:
#
# $$\alpha = \frac{k}{k-1}\left(1 - \frac{\sum_i s_i^2}{s_{\text{sum}}^2}\right)$$
#
# If people who are high on one item are high on all, alpha is near 1. If the items have nothing to do with each other, it is
# near 0.

# %%
scales = {"image": "imag", "quality": "perq", "satisfaction": "cusa", "loyalty": "cusl"}
for name, stem in scales.items():
    items = answered[[column for column in answered if column.startswith(stem)]]
    alpha = ckm.value.attitude.cronbach_alpha(items.astype(float))
    print(f"{name:13} {len(items.columns)} items   alpha {alpha.value:.2f}")

# %% [markdown]
# Loyalty is the odd one out. Which item spoils it? Drop each in turn, and look at alpha of the others:

# %%
loyalty = answered[["cusl1", "cusl2", "cusl3"]].astype(float)
ckm.value.attitude.alpha_if_dropped(loyalty).round(2)

# %% [markdown]
# **What you should see.** Without `cusl2` the scale is a good one. It asks something else than the other two: in
# the original questionnaire it is an open question about a price difference, a number and not an opinion.
#
# That questionnaire is a real one, of a European study of mobile operators with 250 people. There, too, the
# *loading* of this very item (how strongly it hangs together with its scale) was weak:

# %%
published = ckm.datasets.load_ecsi().items
published.loc[["CUSL1", "CUSL2", "CUSL3"], ["construct", "loading"]]

# %% [markdown]
# From that study's raw answers, alpha of loyalty rises from .442 to .695 when the item goes. (The raw answers are not shipped
# with this course, and alpha cannot be had from loadings alone; so these two numbers are quoted, not computed.)
#
# **Think about it.** A high alpha says that the items go together. Does it say that they measure loyalty?
#
# ## 4. What do attitudes add?
#
# A survey costs money; the till is free. So the fair question is: what do attitudes tell that behaviour did **not** tell
# already? Here is what every customer bought in the contract year:

# %%
terms = contracts[["customer_id", "wave", "start", "end"]]
bought = purchases.merge(terms, on="customer_id").query("start <= date <= end")
in_year = bought.groupby(["customer_id", "wave"])
years = years.set_index(["customer_id", "wave"])
years["frequency"] = in_year["date"].nunique()
years["monetary"] = in_year["amount"].sum()
years = years.fillna({"frequency": 0, "monetary": 0}).reset_index()

# %% [markdown]
# We let one model see the purchases only, and a second one the purchases and the satisfaction. Each predicts who leaves, for
# customers it did not learn from. The score is the **area under the curve** (AUC): give the model one who left and one who
# stayed, how often does it point to the right one? A coin gets 0.50. **Guess:** who wins, and by how much?

# %%
bought_only = ["frequency", "monetary"]
first = ckm.value.attitude.incremental_validity(
    years, "left", bought_only, ["satisfaction"], seed=1
)
for name, area in zip(["purchases", "plus satisfaction", "gain"], first, strict=False):
    print(f"{name:20} {area.value:.3f}   [{area.low:.3f}, {area.high:.3f}]")

# %% [markdown]
# **What you should see.** What people bought is no better than the coin. What they think is better. So much for “the data
# are all in the till”?
#
# Not so fast. The till knows one thing more: how often they have renewed before. It is behaviour as well, and free:

# %%
known = [*bought_only, "renewal_no"]
second = ckm.value.attitude.incremental_validity(years, "left", known, ["satisfaction"], seed=1)
for name, area in zip(["purchases, renewals", "plus satisfaction", "gain"], second, strict=False):
    print(f"{name:20} {area.value:.3f}   [{area.low:.3f}, {area.high:.3f}]")

# %% [markdown]
# **What you should see.** Against a well-chosen behaviour the gain shrinks to a third, and its interval just reaches zero.
# Attitudes look as good as the behaviour they are compared with is bad. Whoever sells surveys compares with a poor model.
#
# **Try it.** Add `"price"` to `known`. What happens to the gain?
#
# ## 5. The rows that are not there
#
# Both models must be judged on the **same** customers. How many were those?

# %%
print(f"{second.used:,} rows used, {second.dropped:,} dropped: no answer")
everybody = ckm.value.attitude.incremental_validity(
    years, "left", bought_only, ["renewal_no"], seed=1
)
print(f"behaviour, all rows      {everybody.extended.value:.3f}")
print(f"behaviour, who answered  {second.base.value:.3f}")
print(f"attitudes, who answered  {second.extended.value:.3f}")

# %% [markdown]
# **What you should see.** The tempting comparison is the first line against the third: *behaviour for all, attitudes for those
# who have them*. Then the gain looks larger, because part of it is not attitude at all: it is the company of those who answer.
# Say the two numbers of the first line in every report: used, and dropped.
#
# **Think about it.** Attitudes help only with those who answered. What would you do for the three customers in four who did
# not?
#
# ## 6. The captives
#
# Back to the tall blue block: not satisfied, and still here. In the table that compares KM, CRM and CKM, the customer of CRM
# is *captive, tied by loyalty schemes*. How many of Kestrel's staying customers are not satisfied? The survey says:

# %%
stayed = answered[~answered["left"]]
print(f"{(stayed['satisfaction'] < 7).mean():.0%} of those who stayed and answered")

# %% [markdown]
# **Guess:** and among *all* who stayed, also those who never answered: fewer, as many, or more?
#
# **The truth.** Kestrel is synthetic, so we can ask the silent ones what they would have said, and see whom high switching
# costs hold: they are *locked in*. The ledger also keeps everybody's `mood`, 0 on average; below −0.5 we say *unhappy*.

# %%
sealed = company.truth.table("survey_truth").merge(contracts, on=["customer_id", "wave"])
everyone = sealed.loc[sealed["renewed"], ["cusa1", "cusa2", "cusa3"]].mean(axis=1)
print(f"{(everyone < 7).mean():.0%} of all who stayed")

# %%
people = company.truth.table("customers")[["customer_id", "locked_in"]]
sealed = sealed.merge(people, on="customer_id")
sealed["unhappy"], sealed["left"] = sealed["mood"] < -0.5, ~sealed["renewed"]
rates = sealed.pivot_table(index="locked_in", columns="unhappy", values="left")
rates.round(2)

# %% [markdown]
# **What you should see.** Twice as many dissatisfied customers stay as the survey shows: the unhappy do not answer either. And
# the table says why they stay. Among the free, the unhappy leave twice as often as the others. Among the locked in,
# being unhappy makes no difference: they would leave, and cannot. They are the true captives:

# %%
captive = sealed["locked_in"] & sealed["unhappy"]
print(f"unhappy among those who stay {sealed.loc[~sealed['left'], 'unhappy'].mean():.0%}")
print(f"captive among those who stay {captive[~sealed['left']].mean():.0%}")
print(f"the answer sheet says        {company.truth['captive_share']:.0%}")

# %% [markdown]
# Behaviour counts a captive as loyal. A survey counts an unhappy customer as a captive, though two of three could leave and
# have not done so yet. Only both together, with the lock-in beside them, tell who is tied and who is loyal.
#
# **Think about it.** A rival offers to pay all switching costs. Which of Kestrel's numbers would have warned the board: the
# renewals, the survey, or neither?
#
# ## In three sentences
#
# 1. What customers do and what they think are two kinds of knowledge, and most who leave had been satisfied.
# 2. What attitudes add is measured on the same customers, against the best behaviour you have, and with the number of rows
#    dropped.
# 3. Staying is not loyalty: some stay because they cannot leave, and many of these never answer a survey.
#
# ## Exit ticket
#
# 1. Give one behavioural and one attitudinal fact about a friend's phone contract. Which was easier to get?
# 2. A vendor shows: “RFM: AUC 0.61 (all customers). With our survey: 0.67 (respondents).” Which two questions do you ask?
# 3. Renewals are at an all-time high. Name two very different reasons.
#
# **Next:** [04 How many unhappy customers did we never hear from?](04-iceberg.ipynb)
#
# ## References

# %%
texts = ckm.concepts.citations().loc[["crie2006", "gibbert2002"]]
ckm.concepts.in_full(texts[["authors", "year", "title", "venue"]])

# %% [markdown]
# Tenenhaus, M., Esposito Vinzi, V., Chatelin, Y.-M. and Lauro, C. (2005), *PLS path modeling*, Computational Statistics & Data
# Analysis 48:159–205, for the questionnaire; Monecke, A. and Leisch, F. (2012), *semPLS*, Journal of Statistical Software
# 48(3), for its results. °DeLong, E. R., DeLong, D. M. and Clarke-Pearson, D. L. (1988), on comparing areas under curves,
# Biometrics 44.
#
# ° Cited as is usual in the field, not checked against the original: look it up before you quote it.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
