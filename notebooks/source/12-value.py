# %% [markdown]
# # What is knowing your customers worth?
#
# **In 90 minutes you will** explain why retention rises although nobody becomes more loyal; tell five per cent from five
# points; add up what customers give besides their money; and put a price on a survey, and on listening itself.
#
# | minutes | what |
# |---|---|
# | 0–10 | a success story |
# | 10–30 | who stays, and why the curve bends |
# | 30–40 | five per cent, or five points? |
# | 40–60 | friends and ideas |
# | 60–70 | is the next survey worth its price? |
# | 70–85 | the truth: what would listening have been worth? |
# | 85–90 | the whole company on one page, exit ticket |
#
# *Only 45 minutes? Run the cells of sections 3 to 6, but do not stop there.* Then do the exercise: `exercises/12-value.ipynb`.

# %%
import pandas as pd

import ckmlab as ckm

company = ckm.datasets.load_company()
contracts = company.contracts

# %% [markdown]
# ## 1. A success story
#
# Kestrel's contracts run for a year; then a customer renews or leaves. Of those who could renew, so many per cent did,
# after the first year (0), the second (1), and so on:

# %%
renewed = contracts.groupby("renewal_no")["renewed"]
(100 * renewed.mean()).round().astype(int).to_frame("renewed, %").T

# %% [markdown]
# The board is delighted. Nearly every year a larger share renews: the loyalty programme works, customers grow fond of Kestrel.
#
# **Before you read on, write down your guess:** how many of these percentage points come from customers who became more
# loyal than they were on their first day?
#
# ## 2. Who stays
#
# Here is another way to tell the story. Suppose that every customer has a chance to leave that **never changes**: some
# leave easily, some hardly ever. Fit that to the counts, and draw it:

# %%
still_there = [len(company.customers), *renewed.sum()]
kestrel = ckm.value.lifetime.ShiftedBetaGeometric(still_there).fit()
ckm.plots.retention_mixture(kestrel)

# %% [markdown]
# **What you should see.** Every blue line is flat: no customer changes. But the lower lines grow thin, because such
# customers leave first. What is left is more and more the loyal ones, and the orange curve, the share of *those still there*
# who renew, has to rise. This is **survivorship**: in year 8 you ask other people than in year 1.
#
# In numbers: customer $i$ leaves each year with chance $\theta_i$, and the $\theta_i$ follow a beta distribution with two
# numbers, $\alpha$ and $\beta$. Then the share that renews for the $t$-th time is
#
# $$r_t = \frac{\beta + t - 1}{\alpha + \beta + t - 1},$$
#
# which rises with $t$ whatever $\alpha$ and $\beta$ are. Fader and Hardie (2007) call it the shifted beta-geometric model.
#
# **Try it.** Make customers more alike, then less. When does the orange curve become flat?

# %%
board = ckm.widgets.RetentionMixture(4000, seed=2007)
board

# %%
board.set(unlikeness=0.1)
board.picture()

# %% [markdown]
# Does it matter? Ask how many of a cohort will still be there in year 12. Fader and Hardie printed two cohorts of
# subscribers, ordinary and high-end. The model sees the first seven years of each:

# %%
published = ckm.studies.contract_retention
ckm.plots.retention_forecast(published.forecast(since=0), seen=7)

# %% [markdown]
# **What you should see.** The dots are what came about. Where the models had seen the dots, both look passable. In the grey
# part one of them fails: *constant churn* gives everybody the same average chance to leave, and goes on losing people
# at that rate when only the loyal ones are left. The mixture's two numbers, for each cohort, and year 12 in per cent:

# %%
fits = {cohort: published.fit(cohort).params for cohort in ["high_end", "regular"]}
pd.DataFrame(fits).T.round(4)

# %%
published.forecast().query("year == 12").round(1)

# %% [markdown]
# Of the customers who in truth stayed for twelve years, constant churn gave up nearly a third in one cohort, and nearly three in four
# in the other. **The average customer does not exist, and is never the one who stays.**
#
# ## 3. Five per cent, or five points?
#
# You will meet the sentence *“five per cent more retention doubles …”*. Five per cent of what? Say that one customer in
# ten leaves each year, all alike, so that a customer stays for $1 / 0.10$ years:

# %%
plans = {"as it is": 0.10, "5 % fewer": 0.10 * 0.95, "5 points fewer": 0.10 - 0.05}
for words, churn in plans.items():
    print(f"{words:15} {churn:6.1%} leave   {1 / churn:5.2f} years")

# %% [markdown]
# **What you should see.** Five *per cent* fewer leavers: half a year more. Five *points* of retention, from 90 to 95 %: half of
# all leavers must be talked out of it, and only that doubles the time. One slide, two meanings: half a year, or ten years.
#
# **Think about it.** The board wants five points more retention in year 8. Section 2 says where they come from without any
# effort. What would you measure instead?
#
# ## 4. Friends and ideas
#
# A customer pays bills. Some also bring friends, and some tell Kestrel what to do better. Kumar and colleagues (2010) add
# it all up to **customer engagement value**. First, what customers paid: over eight years Kestrel keeps 35 % of the
# contract's monthly price, and the margin of what else was bought.

# %%
fees = (12 * 0.35 * contracts["price"]).groupby(contracts["customer_id"]).sum()
bought = company.transactions.groupby("customer_id")["margin"].sum()
lifetime = fees.add(bought, fill_value=0)

# %% [markdown]
# Then friends (those outside our table of customers: the others have paid their own bills already, and money is counted
# once), and ideas. An idea is worth what ideas earned when they were carried out, times the chance that this happens.
#
# **Guess first:** how large is the part that is *not* bills?

# %%
friends = company.referrals[company.referrals["referred_id"].isna()]
earned = company.ideas.query("adopted")["npv_realised"].mean()
ideas = company.ideas.query("origin == 'customer'").assign(value=earned)
worth = ckm.widgets.EngagementWaterfall(lifetime, referrals=friends, ideas=ideas, money="€")
worth

# %%
worth.set(anyway=0.5)
worth.picture()

# %% [markdown]
# **Try it.** *Friends come anyway* says how many would have come without being told. Put it to 0, then to 1. Which bar
# is a fact, and which is an assumption?
#
# Is it worth paying for friends? In a bank that was studied closely, a friend brought 40 € more than an ordinary customer
# over six years, and the reward was 25 € (Schmitt, Skiera and Van den Bulte, 2011). The return:

# %%
ckm.value.engagement.referral_return(40, 25)

# %% [markdown]
# ## 5. What is an idea worth?
#
# Three customers have an idea each. Whom do you call first?

# %%
told = pd.DataFrame({"customer_id": ["Ada", "Bo", "Cy"], "idea_id": [1, 2, 3]})
told["revenue"] = [60000, 20000, 8000]
told["margin"], told["chance"] = [0.10, 0.35, 0.60], [0.10, 0.30, 0.90]
told

# %% [markdown]
# An idea's revenue is a dream, its margin a plan. Only margin **times** the chance that it is carried out is a value, and
# somebody has to read it, which costs, here, 40 €. That is the **customer knowledge value** (CKV):
#
# $$CKV = \text{chance} \times \text{margin in euros} - \text{handling}$$

# %%
told["value"] = told["revenue"] * told["margin"]
ckm.value.engagement.knowledge_value(told, probability="chance", cost=40)

# %% [markdown]
# **What you should see.** The order has turned round. Now Kestrel's own customers, in hindsight: what their ideas earned if
# adopted, nothing if not, and 40 € each for reading them.

# %%
hindsight = {"value": "npv_realised", "probability": "adopted", "cost": 40}
knowledge = ckm.value.engagement.knowledge_value(ideas, **hindsight)
at_a_loss = (knowledge["value"] < 0).sum()
print(at_a_loss, "of", len(knowledge), "contributors cost more than they brought")
knowledge.sort_values("value", ascending=False).head(4)

# %% [markdown]
# **Think about it.** Most contributors cost money. Should Kestrel have stopped listening to them? (You are judging after the
# fact. What did anybody know on the day the idea came in?)
#
# ## 6. Is the next survey worth its price?
#
# Kestrel could launch a self-service portal. If customers want it, it wins 100 (thousand euros); if not, it loses 60. The
# odds are thought to be 40 to 60. A survey costs 8. An honest one says *yes* to 80 % of wanted portals and to 30 % of
# unwanted ones; one that only fans answer says *yes* nearly always. **Guess: what is each worth?**

# %%
payoffs = pd.DataFrame({"wanted": [100, 0], "unwanted": [-60, 0]}, index=["launch", "keep"])
honest = pd.DataFrame({"wanted": [0.80, 0.20], "unwanted": [0.30, 0.70]}, index=["yes", "no"])
fans = pd.DataFrame({"wanted": [0.95, 0.05], "unwanted": [0.80, 0.20]}, index=["yes", "no"])
for name, survey in {"honest": honest, "only fans": fans}.items():
    told_us = ckm.value.engagement.expected_value_of_information(
        payoffs, {"wanted": 0.4, "unwanted": 0.6}, likelihood=survey, cost=8
    )
    print(f"{name:10} worth {told_us.sample:5.1f}   after its price {told_us.net:5.1f}")

# %% [markdown]
# **What you should see.** Without a survey Kestrel would launch, and expect 4. A survey has value only if it can **change
# what you do**: the honest one stops many bad launches, the other few, whatever it costs and however many answer.
# Even knowing everything is worth no more than this:

# %%
told_us.perfect

# %% [markdown]
# ## 7. The truth: what would listening have been worth?
#
# Now the question of this whole course. Kestrel writes down 62 % of what customers tell it. What would 20 points more
# have been worth, over eight years? The board looks into its data: of the customers with a complaint on file in
# their first year, and of the others, so many renewed:

# %%
first = contracts[contracts["renewal_no"] == 0]
complained = company.complaints.query("period == 1")["customer_id"]
on_file = first["customer_id"].isin(complained).rename("complaint on file")
first["renewed"].groupby(on_file).mean().round(3).to_frame()

# %% [markdown]
# “Whoever is on file leaves more often,” says the board. “Let us write down less.” **Write down your own guess** in euros, with its
# sign. For comparison: all margin of the eight years was about a million.
#
# Kestrel is synthetic, so we can do what no company can: live the same eight years again, with the same customers and the
# same luck, and change one thing only.

# %%
again = ckm.widgets.PolicyWhatIf(company)
again

# %%
again.set(capture=0.82)
again.picture()

# %% [markdown]
# **What you should see.** The board had it backwards. Who is on file had a *problem*; that is why they leave. Compare
# them with those who had a problem, too, and told Kestrel in vain:

# %%
problems = company.truth.table("problems").query("period == 1")
spoke = problems[problems["voiced"]].groupby("customer_id")["registered"].any()
fate = first["customer_id"].map(spoke).map({True: "told, on file", False: "told, lost"})
first["renewed"].groupby(fate.rename("had a problem")).mean().round(3).to_frame()

# %% [markdown]
# And the other four policies, each raised by 20 points, in euros and in years that customers stayed:

# %%
policies = ["capture", "organize", "share", "transfer", "publish"]
gains = [(company.truth[f"effect_{p}_value"], company.truth[f"effect_{p}_years"]) for p in policies]
pd.DataFrame(gains, index=policies, columns=["euros", "customer years"]).round().astype(int)

# %% [markdown]
# What is not captured cannot be shared: at Kestrel the first verb is the bottleneck. In your company it may be another one;
# the way to find out is the same.
#
# Two truths are still owed. **Section 1:** the mean chance to leave that customers *brought along on their first day*, by
# how often they have renewed:

# %%
theta = company.truth.table("customers").set_index("customer_id")["theta"]
brought = contracts["customer_id"].map(theta).groupby(contracts["renewal_no"]).mean()
(100 * brought).round().astype(int).to_frame("chance to leave, %").T

# %% [markdown]
# Nobody's number changed (a good or a bad year moves a customer's chance for that year, no more). Those with the large
# numbers left. **Section 5:** what all ideas would have earned, had they been carried out, and what the adopted ones
# would have:

# %%
for name in ["value_of_ideas", "value_of_adopted_ideas"]:
    print(f"{name:24} {company.truth[name]:9,.0f}")

# %% [markdown]
# Three quarters of the value was turned down. Knowledge is not only worth what it earned, but also what it could have.
#
# ## 8. The whole company on one page
#
# On page 00 a table came apart, and its two rows on measuring were lost. Here it is again, with a number in every cell
# that Kestrel's tables allow, beside the four goals of Bueren and colleagues:

# %%
ckm.plots.scorecard(ckm.scorecard.scorecard(company))

# %% [markdown]
# **Try it.** `ckm.widgets.PolicyScorecard(company)` lets you move the five policies and watch this page. Raise *Problems
# registered* by the 20 points of section 7. Does the card notice? What can an effect tell that a score cannot?
#
# ## In three sentences
#
# 1. Retention rises because the others have left; an average hides it, and forecasts badly.
# 2. A value is margin times chance, an effect is the same people with and without: neither is a total in a report.
# 3. To know more is worth exactly as much as what you do differently because of it.
#
# ## Exit ticket
#
# 1. A club reports that members of ten years renew at 96 %, new ones at 60 %. What do you conclude about the club's service?
# 2. “Five per cent better retention”: which question do you ask before you nod?
# 3. A survey cannot change your decision. What is it worth?
#
# **Next:** [13 Does it still come out?](13-reproduction.ipynb)
#
# ## References

# %%
texts = ckm.concepts.citations().loc[["gibbert2002", "bueren2005"]]
ckm.concepts.in_full(texts[["authors", "year", "title", "venue"]])

# %% [markdown]
# Fader, P. S. and Hardie, B. G. S. (2007), *How to project customer retention*, Journal of Interactive Marketing
# 21(1):76–90. Kumar, V. et al. (2010), *Undervalued or overvalued customers*, Journal of Service Research 13(3):297–310.
# Schmitt, P., Skiera, B. and Van den Bulte, C. (2011), *Referral programs and customer value*, Journal of Marketing
# 75(1):46–59. °Raiffa, H. and Schlaifer, R. (1961), *Applied Statistical Decision Theory*.
#
# ° Cited as is usual in the field, not checked against the original: look it up before you quote it.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
