# %% [markdown]
# # What kind of knowledge is it?
#
# **In 90 minutes you will** sort statements into knowledge *about*, *for* and *from* customers and say why; tell how well
# two people agree, beyond what luck would give; and correct a count for the mistakes of those who counted.
#
# | minutes | what |
# |---|---|
# | 0–10 | look: one sentence, three types |
# | 10–30 | code twelve statements yourself |
# | 30–50 | do two people agree? |
# | 50–70 | from what was coded to what is true |
# | 70–80 | who makes it, who uses it |
# | 80–90 | exit ticket |
#
# *Only 45 minutes? Run the cells of sections 2 and 5, but do not stop there.* Then do the exercise: `exercises/01-classify.ipynb`.

# %%
import ckmlab as ckm

company = ckm.datasets.load_company()
items = company.knowledge_items

# %% [markdown]
# ## 1. One sentence, three types
#
# > *“The till needs a fixed address from the router.”*
#
# A shop owner says it on the phone: Kestrel learns something it did not know about its own product. That is knowledge
# **from** a customer. The agent notes it in the shop owner's file: now it is knowledge **about** that customer. A week
# later it stands, with pictures, on the help page for all shop owners: knowledge **for** customers. The words are the
# same. What changed is the *direction* in which they travel.

# %%
types = ckm.concepts.definitions("knowledge type")
ckm.concepts.in_full(types[["definition"]])

# %% [markdown]
# **What you should see.** Do not ask what the sentence is about (it is always about routers). Ask *who learns from whom*.
#
# ## 2. Code twelve statements
#
# Here are twelve items from Kestrel's store. Read each and decide. Press the buttons, or click into the key field and
# type **1**, **2** or **3** (**u** takes the last one back). A trained coder did the same items; the card tells you how
# well you agree as you go.

# %%
codings = company.codings.pivot(index="item_id", columns="coder", values="label")
twelve = items.set_index("item_id")["text"].loc[codings.index[10:22]]
card = ckm.widgets.CoderCard(twelve, reference=codings["B"])
card

# %% [markdown]
# **Try it.** Which statement made you hesitate? Write down the rule that would have settled it. A good rule has an
# *include*, an *exclude*, and the neighbour it is easily confused with. Kestrel's own codebook:

# %%
codebook = ckm.classify.Codebook.load()
ckm.concepts.in_full(codebook.table()[["include", "exclude", "neighbour"]])

# %% [markdown]
# ## 3. Do two people agree?
#
# Coders A and B labelled the same items without talking to each other. **Guess first:** on how many of a hundred items
# do they give the same label? And how many of those would you give them for luck?

# %%
both = ckm.classify.confusion_table(codings["A"], codings["B"])
agreed = ckm.classify.percent_agreement(codings["A"], codings["B"])
kappa = ckm.classify.cohen_kappa(codings["A"], codings["B"])
ckm.plots.agreement_heatmap(both, agreed, kappa)

# %% [markdown]
# **What you should see.** The blue diagonal is where they agree. But two people who throw dice also agree now and then:
# with three labels about one time in three. **Cohen's kappa** takes that part away:
#
# $$\kappa = \frac{p_o - p_e}{1 - p_e}$$
#
# where $p_o$ is the share agreed and $p_e$ the share that two people with these habits would agree on by luck. The dark
# lines are **95 % intervals**, made so that nineteen in twenty of them catch the true value. With so few items they are
# long: kappa is known only roughly.

# %%
kappa

# %% [markdown]
# **Try it.** A careless coder calls everything *about*. Replace coder B by `["about"] * len(codings)`. What happens to
# the share agreed, and what to kappa?
#
# ## 4. From what was coded to what is true
#
# The whole store was labelled by Kestrel's clerks, in passing. They make mistakes, and the mistakes lean to one side: what
# a customer *teaches* us is filed as a fact *about* that customer. A librarian re-read a large sample and wrote down how
# items of each true type (rows) are labelled (columns):

# %%
confusion = [
    [0.92, 0.05, 0.03],  # truly about
    [0.06, 0.92, 0.02],  # truly for
    [0.28, 0.10, 0.62],  # truly from
]
coded = ckm.classify.type_mix(items)
corrected = ckm.classify.correct_mix(coded, confusion)
ckm.plots.type_mix(coded, corrected=corrected)

# %% [markdown]
# **What you should see.** The correction runs the coder's habits backwards. It has a price: the corrected intervals are
# wider than the coded ones, because undoing a blur also blows up the noise.
#
# **The truth.** Kestrel is synthetic, so for once we can look. The black lines are the true shares:

# %%
truth = {name: company.truth[f"share_{name}"] for name in ["about", "for", "from"]}
ckm.plots.type_mix(coded, corrected=corrected, truth=truth)

# %% [markdown]
# **Think about it.** Does each corrected interval contain the truth? It should, for about nineteen of twenty companies
# made like this one. Make another with `ckm.datasets.make_company(1000, seed=7)` and run the page again.
#
# ## 5. Who makes it, who uses it
#
# Gebert and colleagues (2002) say which process should create each type of knowledge, and which should use it. Here is
# where Kestrel's items really went:

# %%
flow = ckm.classify.type_flow(items)
ckm.plots.type_flow(ckm.classify.mark_conformance(flow))

# %% [markdown]
# **What you should see.** Follow the green stream: more than half of it ends in research and development, and about a
# quarter in campaigns. The hatched threads run where the matrix foresees none. In numbers, the share of items on a
# foreseen path:

# %%
ckm.classify.conformance(flow)

# %% [markdown]
# Some of these threads are real lapses. Others are only mislabelled: a coder's mistake in the *type* looks like a
# mistake in the *process*. One measurement's error is the next one's finding; keep section 4 in mind.
#
# **Try it.** Which process does the matrix leave almost empty? (`ckm.concepts.process_matrix()`.) Whose knowledge does a
# list of leads create?
#
# ## In three sentences
#
# 1. About, for and from are directions, not topics: ask who learns from whom.
# 2. Agreement counts only beyond luck, and kappa needs its interval.
# 3. Known mistakes can be taken out of a count, at the price of a wider interval.
#
# ## Exit ticket
#
# 1. Give a sentence of your own and make it *from*, *about* and *for* in turn.
# 2. Two coders agree on 92 % of the items and kappa is 0.1. How is that possible?
# 3. Why does the correction in section 4 move *from* the most?
#
# **Next:** [02 Can two people agree?](02-agreement.ipynb)
#
# ## References

# %%
texts = ckm.concepts.citations().loc[["gebert2002"]]
ckm.concepts.in_full(texts[["authors", "year", "title", "venue"]])

# %% [markdown]
# °Cohen, J. (1960), *A coefficient of agreement for nominal scales*, Educational and Psychological Measurement
# 20(1):37–46. °Buonaccorsi, J. P. (2010), *Measurement Error: Models, Methods, and Applications*, CRC Press.
#
# ° Cited as is usual in the field, not checked against the original: look it up before you quote it.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
