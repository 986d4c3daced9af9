# %% [markdown]
# # Everybody opens it. Does it help?
#
# **In 90 minutes you will** measure how far, how evenly and how soon knowledge is shared; tell *opened* from *learned*;
# and repair a comparison in which the knowledge store seems to do harm.
#
# | minutes | what |
# |---|---|
# | 0–10 | guess: should Kestrel close its knowledge store? |
# | 10–30 | share: how far, how evenly, how soon |
# | 30–40 | on whom does it all depend? |
# | 40–60 | transfer: opened is not learned; do we know what matters to them? |
# | 60–80 | like with like |
# | 80–90 | the truth, exit ticket |
#
# *Only 45 minutes? Run the cells of sections 3, 4 and 6, but do not stop there.* Then do the exercise: `exercises/09-share-and-transfer.ipynb`.

# %%
import pandas as pd

import ckmlab as ckm

company = ckm.datasets.load_company()

# %% [markdown]
# ## 1. A report to the board
#
# When a customer calls, the agent may look something up in the knowledge store. `looked_up` says whether that happened,
# `resolved` whether the customer's problem was solved at first contact.

# %%
contacts = company.interactions
contacts = contacts.assign(looked_up=contacts["kb_item_id"].notna())
(100 * contacts.groupby("looked_up")["resolved"].mean()).round(1)

# %% [markdown]
# The controller has seen these two numbers. He writes: *“Agents who look things up solve fewer cases. The store costs
# money and does harm. Close it.”*
#
# **Before you read on, write down your guess:** by how many points does looking something up *change* the chance to solve
# a case at first contact? Give it a sign. We come back to it in section 7.
#
# ## 2. Share: how far, how evenly?
#
# *Share* means: it is reachable, and people reach for it. The trace of that is the access log. Requests that were denied
# reached nobody.

# %%
items, people = company.knowledge_items, company.employees
opens = company.access_log.query("action != 'denied'")
opens[["employee_id", "role", "item_id", "ts", "purpose", "action"]].head(3)

# %%
reached = ckm.share.reach(opens, people)
reused = ckm.share.reuse_rate(items, opens)
print("people who opened something:", reached.value)
print("items opened by another than their author:", round(reused.value, 3))

# %% [markdown]
# **What you should see.** Everybody opens something, and nearly every item is opened by somebody else. But some items are
# opened nearly forty times and some never. How uneven is that? First by hand: six items are opened 120, 60, 30, 10, 5 and 5 times.

# %%
six = [120, 60, 30, 10, 5, 5]
uneven = ckm.share.gini(six)
ckm.plots.lorenz(ckm.share.lorenz(six), gini=uneven, holders="items", held="openings", top=1 / 6)

# %% [markdown]
# **What you should see.** Line the items up from the least opened to the most. If all were opened equally often, the line
# would be the diagonal. The **Gini coefficient** is the shaded area as a share of the triangle below the diagonal:
#
# $$G = \frac{2 \sum_i i\, x_{(i)}}{n \sum_i x_{(i)}} - \frac{n + 1}{n}$$

# %%
print("six items:", round(uneven.value, 4))

# %%
times_opened = ckm.share.item_reach(opens, items)["opens"]
print("Kestrel's store:", round(ckm.share.gini(times_opened).value, 3))
print("items never opened:", (times_opened == 0).sum(), "of", len(items))

# %% [markdown]
# Kestrel's readers spread far more evenly than those of the six items.
#
# **Try it.** Add two items to `six` that nobody opens. Does $G$ rise or fall? What would you find if your log simply does
# not list what nobody opened?
#
# ## 3. How soon?
#
# Knowledge that is found after a year has missed its customers. For each item we know the day it was stored and the day
# somebody first opened it. Two traps lie here. Items **written before the log began** (January 2016) could not be *seen*
# to be opened, so we leave them out. And some are **still waiting**: we only know that they waited at least so long.
# The curve of Kaplan and Meier counts these as long as they were watched.

# %%
recent = items[items["created_at"] >= "2016-01-01"]
waits = ckm.share.first_use(recent, opens, until="2023-12-31")
waits["written"] = waits["created_at"].dt.year.lt(2019).map({True: "2016–18", False: "2019–23"})
ckm.plots.first_readers(ckm.share.uptake_curve(waits, by="written"), by="written")

# %%
test = ckm.share.log_rank(waits, "written")
print("chi-square", round(test.statistic, 1), " p below 0.001:", test.p_value < 0.001)

# %% [markdown]
# **What you should see.** What was written later waits more than twice as long. The *log-rank test* asks whether two such
# curves could differ by chance alone ($p$ is the chance of so large a difference by luck); here they could not. One suspect: the store grows, and the day of its readers does not.
#
# **Try it.** Compare items about, for and from customers: `ckm.share.log_rank(waits, "ktype_coded").p_value`. May you say
# that one type is taken up faster? And is it really the growing store that makes later items wait? Look at
# `contacts["ts"].dt.year.value_counts()` for another suspect.
#
# ## 4. On whom does it all depend?
#
# Draw an arrow from each reader to the author of what was read.

# %%
network = ckm.share.access_network(opens, items)
ckm.plots.access_network(network)

# %%
depends = ckm.share.dependence_table(network).set_index("person")
team = people.set_index("employee_id")["team"]
depends.join(team)[["team", "readers", "read_by_others", "read_from_others"]].head(3)

# %% [markdown]
# **What you should see.** One engineer in R&D wrote much of what the others read: the manuals. The **bus factor** asks how
# many authors would have to leave before a given share of the knowledge in use has no author left in the house:

# %%
signed = items.dropna(subset="employee_id")
for lost in (0.25, 0.5, 0.75):
    print(lost, "of the readings: bus factor", ckm.share.bus_factor(signed, opens, share=lost))

# %% [markdown]
# Who **brokers** between colleagues who would not meet otherwise? *Betweenness* counts the shortest ways that lead through
# a person; *constraint* (Burt) is low for those whose contacts do not know each other.

# %%
ckm.share.brokerage(network).head(3).round(2)

# %% [markdown]
# **What you should see.** No betweenness at all: in a firm of twelve everybody reads everybody, and nobody is needed as a
# bridge. The same measure tells much in a firm of twelve hundred. A number that cannot vary informs nobody.
#
# ## 5. Opened is not learned
#
# *Transfer* means: the receiver **can do it**. A log cannot show that. A quiz before and after reading can. Somebody who
# had 90 % right before has little left to gain, so we ask for the share of the *possible* gain (Hake):
#
# $$g = \frac{post - pre}{1 - pre}$$

# %%
quiz = company.quiz
ckm.transfer.normalised_gain(quiz["pre"], quiz["post"])

# %% [markdown]
# Readers learned nearly half of what they had not known. Now lay the openings beside it, article by article.
# **Guess first:** does the most opened article teach most?

# %%
source = company.articles.drop_duplicates("article_id").set_index("article_id")["item_id"]
by_article = ckm.transfer.gain_by(quiz, "article_id")[["article_id", "n", "gain", "low", "high"]]
opened = ckm.share.item_reach(opens).set_index("item_id")["opens"]
by_article["opens"] = by_article["article_id"].map(source).map(opened)
by_article.sort_values("opens", ascending=False).round(2)

# %% [markdown]
# **What you should see.** The most opened article is among those that teach least, the least opened teaches most. But look
# at the intervals: nearly all overlap. What the table shows is not that popular articles teach badly; it shows that
# **openings tell nothing about learning**.
#
# **Think about it.** Your firm pays a bonus for articles by the number of openings. What will be written?
#
# ## 6. Do we know what matters to them?
#
# The finest transfer runs from customer to employee. Homburg, Wieseke and Bornemann call it **customer need knowledge**:
# ask a customer to rank six needs, ask the employee to guess the ranking, and correlate. With $d_i$ the difference of
# ranks,
#
# $$\rho = 1 - \frac{6 \sum d_i^2}{n(n^2-1)}$$

# %%
told = [1, 2, 3, 4, 5, 6]
guessed = [2, 1, 3, 6, 4, 5]
round(ckm.transfer.rank_agreement(told, guessed).value, 4)

# %% [markdown]
# Kestrel did this with 25 pairs, before and after a conversation:

# %%
for moment, rankings in company.need_rankings.groupby("moment", sort=False):
    print(f"{moment:7}", round(ckm.transfer.need_knowledge(rankings).value, 2))

# %% [markdown]
# **What you should see.** Nobody read anything, and knowledge moved: the two came closer. Garcia-Murillo and Annabi call
# this step *levelling*. (Nine employees are few; do not build a bonus on it.)
#
# ## 7. Like with like
#
# Back to the controller. Who looks things up? The log is **no random sample** of contacts: one looks up what one does not
# know by heart. When a call comes in, the agent notes whether it is `routine` or `tricky`:

# %%
contacts.groupby("triage")[["looked_up", "resolved"]].mean().round(2)

# %% [markdown]
# **What you should see.** Tricky cases are looked up nearly three times as often, and are solved half as often anyway. The
# controller compared mostly tricky cases with mostly routine ones. So compare tricky with tricky:

# %%
like = {"outcome": "resolved", "exposure": "looked_up", "strata": "triage"}
effect = ckm.transfer.standardised_effect(contacts, **like)
ckm.plots.simpson_slopes(ckm.transfer.stratum_effects(contacts, **like), standardised=effect)

# %% [markdown]
# **What you should see.** In both groups the line goes up; over all it goes down. This is **Simpson's paradox**. Nothing is
# wrong with any number; the dashed line answers another question (*what kind of cases are looked up?*). Weight the
# groups' effects by their size and you have the **standardised effect**:

# %%
crude = ckm.transfer.crude_effect(contacts, outcome="resolved", exposure="looked_up")
print("crude       ", crude)
print("standardised", effect)

# %% [markdown]
# **Try it.** Replace `"triage"` by `"process"` in `like`. Does it repair the comparison? Which columns may one use, and why
# must they be known *before* somebody looks something up?
#
# ## 8. The truth
#
# Kestrel is synthetic. The program that made it knows by how much a look-up changes the chance, and how much of what they
# did not know readers truly learn.

# %%
sealed = [company.truth["kb_effect"], company.truth["learning_gain"]]
found = [effect.value, ckm.transfer.normalised_gain(quiz["pre"], quiz["post"]).value]
pd.DataFrame({"truth": sealed, "found": found}, index=["look-up", "gain"]).round(3)

# %% [markdown]
# The store does not harm; it solves eight more cases in a hundred. Compare with your guess, and with the controller's minus
# fourteen. Would strata always save us? Only if triage holds *all* that makes cases looked up unlike the others. Here it
# does, because we built it so. In your firm, ask what else the agent knew. Or let chance decide who may look things up.
#
# **Think about it.** The store becomes popular, and agents now use it for routine cases too. What happens to the
# controller's two numbers, although a look-up helps no more and no less than before?
#
# ## In three sentences
#
# 1. Share is what reaches people, transfer is what they can do with it; a log shows the first and never the second.
# 2. Whoever is in the log is there for a reason, and the unread, the still waiting and the never asked are not.
# 3. Compare like with like: over all the store seemed to harm, and in every group it helped.
#
# ## Exit ticket
#
# 1. A colleague reports “average time to first use: 9 days”, computed from items that were used. What is missing?
# 2. Team A rose from 80 to 90 % in the quiz, team B from 20 to 55 %. Who learned more of what there was to learn?
# 3. Hospitals with more doctors on a ward have more deaths on it. Name the triage.
#
# **Next:** [10 We took the names off. Who is still in there?](10-control.ipynb)
#
# ## References
#
# Gini coefficient with its interval: °Yitzhaki (1991). °Kaplan and Meier (1958), *Journal of the American Statistical
# Association* 53. °Hake (1998), *American Journal of Physics* 66, 64–74. Homburg, C., Wieseke, J. and Bornemann, T. (2009),
# *Journal of Marketing* 73(4). Garcia-Murillo, M. and Annabi, H. (2002), *Journal of the Operational Research Society*
# 53(8), 875–884. °Pearl, J. (2009), *Causality*, chapter 3, on standardising.
#
# ° Cited as is usual in the field, not checked against the original: look it up before you quote it.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
