# %% [markdown]
# # One company, three lenses
#
# **In 45 minutes you will** tell knowledge management (KM), customer relationship management (CRM) and customer
# knowledge management (CKM) apart, rebuild the table that compares them, and measure which of the three a company
# practises.
#
# | minutes | what |
# |---|---|
# | 0–10 | look: who knows the customer? |
# | 10–25 | the table that came apart |
# | 25–35 | measure: whose knowledge is in the store? |
# | 35–45 | lift the curtain, exit ticket |
#
# *Only 25 minutes? Run the cells of section 3, but do not stop there, and rebuild the table at home.* You need no
# statistics. Run a cell with **Shift + Enter**. Afterwards there is an exercise: `exercises/00-start-here.ipynb`.

# %%
import ckmlab as ckm

company = ckm.datasets.load_company()

# %% [markdown]
# This is **Kestrel**, a regional telecom operator. It sells phone and internet plans, answers the phone, sends bills and
# gets complaints. It does not exist: every customer, every message and every mistake is invented. That is its charm.
# In a real company nobody knows the truth; here we can look it up, at the end of each page.
#
# ## 1. Who knows the customer?
#
# Three managers of Kestrel are asked what the company knows. One asks the employees. One looks into the database. One
# asks the customers. **Before you run the cell, write down your guess:** of a hundred things that Kestrel has written
# down, how many came from a customer?

# %%
ckm.plots.three_lenses(company.knowledge_items)

# %% [markdown]
# **What you should see.** Three managers, three different companies. Read the cards aloud. The employee knows *how*
# things are done. The database knows *what happened*. The customer knows what it is like on the other end of the line,
# and what the competitor does better. None of them is wrong; none of them is enough.
#
# ## 2. The table that came apart
#
# In 2002 Gibbert, Leibold and Probst compared the three ways of thinking in a table. It was copied, and one copy lost its
# column headings, two of its nine rows, and even a word or two. That copy stands in one of the two texts from which this
# course was made. Here are three cells that fell out of it:

# %%
table = ckm.concepts.comparison()
fallen = table.loc["Axiom", ["KM", "CRM", "CKM"]].sample(frac=1, random_state=4)
fallen.tolist()

# %% [markdown]
# **Try it.** Which sentence belongs to knowledge management, which to CRM, which to CKM? One is about what *we* know, one
# about what *our customers* know, and one is about money. Put the three names in the order of the sentences above, then
# run the cell.

# %%
your_order = ["KM", "CRM", "CKM"]  # change the order until it says True
your_order == fallen.index.tolist()

# %% [markdown]
# And here is the table, whole again. Read it one **row** at a time: each row is a question, and the three columns are
# three answers.

# %%
ckm.concepts.in_full(table[["KM", "CRM", "CKM"]])

# %% [markdown]
# The copy has seven of these rows. Which two are missing? The table remembers:

# %%
table.index[~table["in_karsen"]].tolist()

# %% [markdown]
# **What you should see.** The two rows that got lost are the ones about *measuring*: how success is counted, and what it
# is good for. A comparison without them is easy to agree with, and impossible to check. The rest of this course puts
# them back.
#
# *A note on honesty:* some cells are quoted by others and could not be checked against the original; the table says
# which (`table["unconfirmed"]`).
#
# ## 3. Whose knowledge is in the store?
#
# The table's first row asks *where* each way of thinking looks for knowledge. That can be counted. Every item in
# Kestrel's store has an origin:

# %%
items = company.knowledge_items
items["origin"].value_counts(normalize=True).round(2)

# %% [markdown]
# So is Kestrel a KM, a CRM or a CKM company? Look at what its items *are*, not only where they come from. Gebert and
# colleagues (2002) distinguish knowledge **about** customers (what we have learned of them), **for** customers (what
# helps them decide and use) and **from** customers (what they know and we do not).

# %%
mix = ckm.classify.type_mix(items)
ckm.plots.type_mix(mix)

# %% [markdown]
# **What you should see.** Kestrel talks *about* its customers most, and listens least. The bars say how sure we can be:
# that *from* comes last is no accident; but the bars of *about* and *for* overlap, so which of them leads may be luck.
#
# **Try it.** Take only what employees wrote: `ckm.classify.type_mix(items[items["origin"] == "employee"])`. Which type
# shrinks, and why should it?
#
# ## 4. The curtain
#
# *If we only knew what our customers know.* How much is that? Think of everyone who had a problem with Kestrel in the
# last year. Some told Kestrel; of those, some were written down. How many of 1,000 customers, do you think, had a
# problem? **Write down a number.** Only then run the cell.

# %%
for stage in ["customers", "dissatisfied", "voiced", "registered"]:
    print(f"{stage:12}  {company.truth[stage]:5,}")

# %% [markdown]
# **The truth.** Nearly half of the customers had a problem. Half of those said nothing to anybody at Kestrel, and a third of
# those who spoke were never written down. The store does not know what it does not know. Notebook `04` draws this
# iceberg and shows how to estimate the hidden part when nobody lifts the curtain for you.
#
# ## In three sentences
#
# 1. KM asks employees, CRM asks the database, CKM asks the customers: who is asked decides what is known.
# 2. A comparison becomes useful when each row becomes a number, and the rows on measuring are the first to get lost.
# 3. Most of what customers know never reaches the store, so a store looks complete from the inside.
#
# ## Exit ticket
#
# Answer in one sentence each.
#
# 1. A loyalty card makes it costly to leave. Which of the three columns is that, and which row says so?
# 2. Why can a company with a full CRM database have no knowledge *from* customers?
# 3. What would you measure to see that a company moved from CRM to CKM?
#
# **Next:** [01 What kind of knowledge is it?](01-classify.ipynb)
#
# ## References

# %%
texts = ckm.concepts.citations().loc[["gibbert2002", "gebert2002", "karsen2019"]]
ckm.concepts.in_full(texts[["authors", "year", "title", "venue"]])

# %% [markdown]
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
