# ---
# jupyter:
#   ckmlab:
#     exercise: 00-start-here
# ---

# %% [markdown]
# # Exercise 0: one company, three lenses
#
# Four tasks, eight points, about 20 minutes. Each has a cell for your answer and a cell that checks it: a tick, a hint,
# or "not yet". Check as often as you like. You will be marked on **another** Kestrel and another torn table, so let your
# code find the answer instead of typing it.
#
# *Stuck? The notebook `00-start-here` shows nearly everything you need, and each task says the rest.*

# %%
import ckmlab as ckm

# %% tags=["data"] name="data"
company = ckm.grading.data(
    "ckmlab.datasets:make_company",
    loader="ckmlab.datasets:load_company",
    n_customers=1200,
    seed=1500,
)

# %% [markdown]
# ## Task 1 (2 points): whose sentence is it?
#
# Nine cards fell out of the table that compares KM, CRM and CKM. (Yours are not your neighbour's.)

# %% name="cards"
cells = ckm.concepts.comparison_cells().query("evidence != 'unconfirmed'")
cells = cells.drop_duplicates("text", keep=False)
fallen = cells.groupby("approach").sample(3, random_state=company.seed % 2**32)
cards = sorted(fallen["text"])
cards

# %% [markdown]
# `cells` is the table with one cell a row: `aspect` is the row it stood in, `approach` the column, `text` what it says. Give a
# dictionary from each card to its **column**: `{"If we only knew what we know": "KM", …}`. Decide for yourself first; then
# let `cells.set_index("text")` look it up, with the list `cards` in square brackets and `.to_dict()` at the end.

# %% tags=["answer"] name="columns"
### BEGIN SOLUTION
columns = cells.set_index("text")["approach"][cards].to_dict()
### END SOLUTION

# %% tags=["check"] points=2 bloom="remember"
ckm.check("columns of the cards", columns)

# %% tags=["misconception"]
ckm.grading.misconception(
    "columns of the cards",
    cells.set_index("text")["aspect"][cards].to_dict(),
    hint="These are the rows. Which of the three ways of thinking says it?",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "columns of the cards",
    cells.set_index("text")["approach"][cards].replace({"CKM": "CRM"}).to_dict(),
    hint="You see two ways of thinking where there are three. To keep customers is not to ask them.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "columns of the cards",
    cells.set_index("text")["approach"][cards].replace({"KM": "CKM", "CKM": "KM"}).to_dict(),
    hint="Two columns have changed places. Who is asked, the employee or the customer?",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (2 points): a worse copy
#
# Somebody copied the table and lost rows on the way. Other rows than the text on page 00:

# %% name="torn"
table = ckm.concepts.comparison()[["KM", "CRM", "CKM"]]
torn = table.drop(table.sample(3, random_state=company.seed % 2**32).index)
ckm.concepts.in_full(torn)

# %% [markdown]
# Which rows does the **whole** `table` have that `torn` lacks? Give a set of names: `{"Axiom", …}`. (A table's row names are
# in `.index`, and `set(a) - set(b)` is what is in `a` but not in `b`.)

# %% tags=["answer"] name="lost-rows"
### BEGIN SOLUTION
lost = set(table.index) - set(torn.index)
### END SOLUTION

# %% tags=["check"] points=2 bloom="remember"
ckm.check("lost rows", lost)

# %% tags=["misconception"]
ckm.grading.misconception(
    "lost rows",
    {"Metrics", "Benefits"},
    hint="These got lost in the copy on page 00. This is another copy.",
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "lost rows",
    set(torn.index),
    hint="These rows are still there.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 3 (2 points): who was asked?
#
# Now the store of your Kestrel. `origin` says who an item came from, `ktype_coded` what kind of knowledge it is.

# %% name="items"
items = company.knowledge_items
items[["item_id", "origin", "ktype_coded", "text"]].head(3)

# %% [markdown]
# CKM asks the customers. Which share of **all** items came **from a customer** (`origin`)? Give a number between 0 and 1.

# %% tags=["answer"] name="share-customer"
### BEGIN SOLUTION
share_customer = (items["origin"] == "customer").mean()
### END SOLUTION

# %% tags=["check"] points=2 bloom="understand"
ckm.check("share of customers' items", share_customer)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share of customers' items",
    (items["origin"] == "employee").mean(),
    hint="This is the share that KM looks at.",
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share of customers' items",
    (items["origin"] == "customer").sum() / (items["origin"] != "customer").sum(),
    hint="You divided by the other items. A share has all items below the line.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share of customers' items",
    (items["origin"] == "database").mean(),
    hint="This is the share that CRM looks at.",
)

# %% [markdown]
# ## Task 4 (2 points): what did they tell us?
#
# A customer can tell Kestrel something about the product (knowledge *from* customers), or only something about him- or herself
# (knowledge *about* customers). **Of the items that came from a customer**, which share is coded as knowledge *from*
# customers? (`items[items["origin"] == "customer"]` keeps only theirs.)

# %% tags=["answer"] name="share-from"
### BEGIN SOLUTION
theirs = items[items["origin"] == "customer"]
share_from = (theirs["ktype_coded"] == "from").mean()
### END SOLUTION

# %% tags=["check"] points=2 bloom="understand"
ckm.check("share of from among theirs", share_from)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share of from among theirs",
    (items["ktype_coded"] == "from").mean(),
    hint="You took everybody's items. Leave only those that came from a customer.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share of from among theirs",
    ((items["origin"] == "customer") & (items["ktype_coded"] == "from")).mean(),
    hint="You divided by all items. Below the line belong only the customers' items.",
    credit=1 / 2,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "share of from among theirs",
    (items.loc[items["origin"] == "customer", "ktype_coded"] == "about").mean(),
    hint="This is what Kestrel learned *about* them.",
)
