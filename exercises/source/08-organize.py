# ---
# jupyter:
#   ckmlab:
#     exercise: 08-organize
# ---

# %% [markdown]
# # Exercise 8: old is not stale
#
# Five tasks, twelve points, about 35 minutes. Each has a cell for your answer and a cell that checks it: a tick, a
# hint, or "not yet". Check as often as you like. You will be marked on **another** Kestrel, with other items and other
# numbers, so let your code find the answer instead of typing the number.
#
# *Stuck? The notebook `08-organize` shows every function you need.*

# %%
import pandas as pd

import ckmlab as ckm

# %% tags=["data"] name="data"
company = ckm.grading.data(
    "ckmlab.datasets:make_company",
    loader="ckmlab.datasets:load_company",
    n_customers=600,
    seed=1508,
)

# %% [markdown]
# Today is the last day of June 2019. `items` holds **all** items of knowledge, those as well that were written later.

# %% name="items"
today = pd.Timestamp("2019-06-30")
items = company.knowledge_items
items[["item_id", "ktype_coded", "created_at", "valid_until", "text"]].head(3)

# %% [markdown]
# ## Task 1 (2 points): past their date
#
# Of the items that exist **today**, which share is past its date (`valid_until`)? Give a number between 0 and 1.

# %% tags=["answer"] name="stale"
### BEGIN SOLUTION
store = items[items["created_at"] <= today]
stale = ckm.organize.stale_share(store, today)
### END SOLUTION

# %% tags=["check"] points=2 bloom="remember"
ckm.check("past their date", stale)

# %% tags=["misconception"]
ckm.grading.misconception(
    "past their date",
    ckm.organize.stale_share(items, today),
    hint="Your store holds items that nobody has written yet.",
    credit=1 / 2,
)

# %% tags=["misconception"]
here = items[items["created_at"] <= today]
ckm.grading.misconception(
    "past their date",
    ((today - here["created_at"]).dt.days > 365).mean(),
    hint="You counted the old ones. Old is not stale: each item bears a date.",
)

# %% tags=["misconception"]
here = items[items["created_at"] <= today]
ckm.grading.misconception(
    "past their date",
    1 - ckm.organize.stale_share(here, today).value,
    hint="These are the items that are still valid.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 2 (2 points): what is left
#
# Knowledge *for* customers halves in **150** days, *about* customers in **600**, *from* customers in **400**
# (`ktype_coded`). How much use is left in today's store on average, between 0 and 1?

# %% tags=["answer"] name="use-left"
### BEGIN SOLUTION
store = items[items["created_at"] <= today]
half_life = {"for": 150, "about": 600, "from": 400}
use_left = ckm.organize.freshness(store, today, half_life=half_life, kind="ktype_coded")
### END SOLUTION

# %% tags=["check"] points=2 bloom="apply"
ckm.check("use left", use_left)

# %% tags=["misconception"]
here = items[items["created_at"] <= today]
ckm.grading.misconception(
    "use left",
    ckm.organize.freshness(here, today, half_life=(150 + 600 + 400) / 3),
    hint="You gave all kinds the same half-life. A guide and a customer's habit do not age alike.",
    credit=1 / 2,
)

# %% tags=["misconception"]
here = items[items["created_at"] <= today]
days = (today - here["created_at"]).dt.days
halves = here["ktype_coded"].map({"for": 150, "about": 600, "from": 400})
ckm.grading.misconception(
    "use left",
    ckm.organize.value_left(days.mean(), halves.mean()),
    hint="This is the use left in *one* item of average age. Work it out for each item, and average then.",
    credit=1 / 2,
)

# %% tags=["misconception"]
here = items[items["created_at"] <= today]
days = (today - here["created_at"]).dt.days
halves = here["ktype_coded"].map({"for": 150, "about": 600, "from": 400})
ckm.grading.misconception(
    "use left",
    (2.718281828459045 ** (-days / halves)).mean(),
    hint="After one half-life *half* must be left. What is left in your formula?",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 3 (3 points): who is who?
#
# `company.identities` are the records of three books. Put those together that belong to one person: compare **names**
# within people of the same **year of birth**, and take pairs that are at least 90 % alike. How many records has a
# person on average?

# %% tags=["answer"] name="records-per-person"
### BEGIN SOLUTION
records = company.identities
pairs = ckm.organize.similar_pairs(
    records, "name", key="record_id", block="birth_year", threshold=0.9
)
people = ckm.organize.resolve(pairs, records["record_id"])
records_per_person = len(records) / people.nunique()
### END SOLUTION

# %% tags=["check"] points=3 bloom="analyse"
ckm.check("records of a person", records_per_person)

# %% tags=["misconception"]
alike = ckm.organize.similar_pairs(company.identities, "name", key="record_id", threshold=0.9)
everyone = ckm.organize.resolve(alike, company.identities["record_id"])
ckm.grading.misconception(
    "records of a person",
    len(company.identities) / everyone.nunique(),
    hint="You compared everybody with everybody. Strangers with similar names have melted into one.",
    credit=1 / 3,
)

# %% tags=["misconception"]
alike = ckm.organize.similar_pairs(
    company.identities, "name", key="record_id", block="postcode", threshold=0.9
)
everyone = ckm.organize.resolve(alike, company.identities["record_id"])
ckm.grading.misconception(
    "records of a person",
    len(company.identities) / everyone.nunique(),
    hint="Within a postcode you lose those who moved. Which block does the task ask for?",
    credit=1 / 3,
)

# %% tags=["misconception"]
ckm.grading.misconception(
    "records of a person",
    len(company.identities) / company.identities["name"].nunique(),
    hint="You counted different spellings. A slip of one letter does not make a new person.",
)

# %% [markdown]
# ## Task 4 (2 points): when the ground moved
#
# Scan the topics of `company.interactions` for the **contract year** (`period`) in which their mix broke most. How
# large is **Cramér's V** of that break, before against after?

# %% tags=["answer"] name="break"
### BEGIN SOLUTION
scan = ckm.organize.drift_scan(
    company.interactions, period="period", category="topic", seed=1, permutations=0
)
largest_break = scan.table["cramers_v"].max()
### END SOLUTION

# %% tags=["check"] points=2 bloom="analyse"
ckm.check("largest break", largest_break)

# %% tags=["misconception"]
by_year = company.interactions.assign(year=company.interactions["ts"].dt.year)
clock = ckm.organize.drift_scan(by_year, period="year", category="topic", seed=1, permutations=0)
ckm.grading.misconception(
    "largest break",
    clock.table["cramers_v"].max(),
    hint="You scanned calendar years. Customers joined at different times, so each has a clock of their own.",
    credit=1 / 2,
)

# %% tags=["misconception"]
years = ckm.organize.drift_scan(
    company.interactions, period="period", category="topic", seed=1, permutations=0
)
ckm.grading.misconception(
    "largest break",
    years.statistic,
    hint="This is chi-square, which grows with the number of calls. The task asks for Cramér's V.",
    credit=1 / 2,
)

# %% [markdown]
# ## Task 5 (3 points): judge the plan
#
# The director wants to delete every item that is past its date today. With the half-lives of task 2: which share of the
# **use that is left** in today's store would be thrown away? Give a number between 0 and 1.

# %% tags=["answer"] name="thrown-away"
### BEGIN SOLUTION
store = items[items["created_at"] <= today]
age = (today - store["created_at"]).dt.days
use = ckm.organize.value_left(
    age, store["ktype_coded"].map({"for": 150, "about": 600, "from": 400})
)
late = (store["valid_until"] < today).to_numpy()
thrown_away = use[late].sum() / use.sum()
### END SOLUTION

# %% tags=["check"] points=3 bloom="evaluate"
ckm.check("use thrown away", thrown_away)

# %% tags=["misconception"]
here = items[items["created_at"] <= today]
ckm.grading.misconception(
    "use thrown away",
    (here["valid_until"] < today).mean(),
    hint="This is the share of the *items* that go. They hold less use than the others: how much?",
    credit=1 / 3,
)

# %% tags=["misconception"]
here = items[items["created_at"] <= today]
halves = here["ktype_coded"].map({"for": 150, "about": 600, "from": 400})
left = ckm.organize.value_left((today - here["created_at"]).dt.days, halves)
gone = (here["valid_until"] < today).to_numpy()
ckm.grading.misconception(
    "use thrown away",
    left[gone].mean(),
    hint="This is the use left in an average item of those that go. Compare their sum with the sum of all.",
    credit=1 / 3,
)

# %% tags=["misconception"]
here = items[items["created_at"] <= today]
days = (today - here["created_at"]).dt.days
left = ckm.organize.value_left(
    days, here["ktype_coded"].map({"for": 150, "about": 600, "from": 400})
)
ckm.grading.misconception(
    "use thrown away",
    left[(days > 365).to_numpy()].sum() / left.sum(),
    hint="You deleted the old ones. The plan speaks of the date.",
    credit=1 / 3,
)
