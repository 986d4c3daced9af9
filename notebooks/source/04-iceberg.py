# %% [markdown]
# # How many unhappy customers did we never hear from?
#
# **In 90 minutes you will** draw the ladder from a problem to a complaint on file; compute how many people stand behind
# the complaints; and show, with one division, why “one complaint stands for 26 unhappy customers” is no law.
#
# | minutes | what |
# |---|---|
# | 0–10 | guess: what is under the water? |
# | 10–25 | the ladder, and its two leaks |
# | 25–40 | move the water |
# | 40–55 | the most famous number in complaint handling |
# | 55–75 | who is silent? |
# | 75–90 | the truth, exit ticket |
#
# *Only 45 minutes? Run the cells of sections 2 and 5, but do not stop there.* Then do the exercise: `exercises/04-iceberg.ipynb`.

# %%
import ckmlab as ckm

company = ckm.datasets.load_company()
first = company.complaints.query("period == 1")

# %% [markdown]
# ## 1. The tip
#
# `first` holds what Kestrel's complaint desk put on file in its customers' first contract year. The board looks at the
# number, compares it with the number of customers, and finds that service is fine.

# %%
desk = first["customer_id"].nunique()
print(len(first), "complaints by", desk, "people, among", len(company.customers), "customers")

# %% [markdown]
# **Look twice.** There are more complaints than people: some complained twice. Choose what you count, people or problems,
# and stay with it. This page counts **people**.
#
# **Before you read on, write down your guess:** how many of Kestrel's customers had a problem in that year?
#
# ## 2. Two leaks
#
# Between a problem and a file lies a ladder, and people drop off at each rung. Some say nothing: their complaint stays
# **unvoiced**. Others tell a shop assistant, who is sorry and writes nothing down: that complaint is **hidden**. Stauss
# and Seidel call the watch over both *evidence controlling*.
#
# Here is an old ladder. Of a thousand people with a small problem, about half tell the shop or the front line, and some
# eight in a hundred of those reach headquarters (after Goodman, 2005):

# %%
old = ckm.capture.ladder({"had a problem": 1000, "told the shop": 500, "told headquarters": 40})
ckm.plots.iceberg(old)

# %% [markdown]
# **What you should see.** The famous sentence “only four per cent complain” is the tip of *this* picture: half, times eight
# in a hundred. It speaks of headquarters. Half of the people did complain, only to somebody else. One step up the ladder,
# and the number is another one.
#
# ## 3. Move the water
#
# Call the share of the unhappy who speak up $a$ (articulation), and the share of what is said that is written down $g$
# (registration). Then the desk sees $R = D \cdot a \cdot g$ of the $D$ unhappy people, and we can climb back down:
#
# $$\hat D = \frac{R}{a \cdot g}$$
#
# The board starts with Kestrel's own number on the tip. Move the two shares.

# %%
board = ckm.widgets.Iceberg(desk)
board

# %%
board.picture()

# %% [markdown]
# **Try it.** Move *Tell somebody* from 50 % to 30 %. Which number on the picture does not change, and why is that just the
# number that the board of directors is shown?
#
# **Think about it.** Kestrel trains its shop assistants to write everything down. What happens to the number of complaints
# on file, and what to the number of unhappy customers? Which of the two would you put into a manager's targets?
#
# ## 4. The most famous number in complaint handling
#
# *“For every customer who complains, 26 others stay silent.”* You find it on many slides. Let us use it on the desk:
# one in 27 complains.

# %%
folklore = ckm.capture.dissatisfied(desk, 1 / 27, population=len(company.customers))
folklore

# %%
folklore.notes[0]

# %% [markdown]
# **What you should see.** More unhappy customers than customers. The number is not a little off; it belongs to another
# rung. It spoke of letters to *headquarters*, and we fed it with a *complaint desk*.
#
# So let us feed it properly: few of Kestrel's complaints went up to headquarters. Climb down from there with the
# old ladder's two rates, half and eight in a hundred:

# %%
letters = first.query("to_headquarters")["customer_id"].nunique()
from_letters = ckm.capture.dissatisfied(letters, 0.5, 0.08)
print(letters, "people at headquarters stand for", from_letters)

# %% [markdown]
# Keep this number for the end of the page. Its interval is wide, because so few people reached the top; and it rests on
# rates that were found in another trade, in another century.
#
# **Try it.** Write a rule for your own slides: *a multiplier may be quoted only together with …*
#
# ## 5. Who is silent?
#
# Which customers are unhappy? The desk has an answer. These are its complainers per hundred customers:

# %%
customers = company.customers["segment"].value_counts()
filed = company.customers[company.customers["customer_id"].isin(first["customer_id"])]
observed = filed["segment"].value_counts()
(100 * observed / customers).round(1)

# %% [markdown]
# It looks as if business customers were nearly twice as unhappy. But are they, or do they only speak up more? A sister company
# in another city sent people from door to door and asked. It knows, for each segment, how many had a problem, how many
# told somebody, and how many were put on file. (For us it is the same model with another seed.)

# %%
sister = ckm.datasets.make_company(3000, seed=404)
study = sister.truth.table("problems").query("period == 1")
rungs = {"unhappy": study, "told": study.query("voiced"), "on file": study.query("registered")}
found = ckm.capture.ladder(rungs, customers=sister.customers, by="segment")
rates = found.pivot(index="segment", columns="rung", values="of_previous")[["told", "on file"]]
rates.round(2)

# %% [markdown]
# **What you should see.** Both leaks, by segment. Business customers tell: a line that is down costs them money. Private
# customers shrug. What is written down, once it is told, hardly differs. Now give each segment its own rates:

# %%
table = ckm.capture.evidence_table(observed, rates["told"], rates["on file"])
table["per hundred customers"] = 100 * table["dissatisfied"] / customers
table[["observed", "dissatisfied", "unvoiced", "hidden", "per hundred customers"]].round(0)

# %% [markdown]
# **What you should see.** The gap between the segments has shrunk. Much of what looked like trouble with business customers
# was their habit to speak. Whoever repairs what is loudest repairs for those who speak.
#
# Taken together:

# %%
estimate = ckm.capture.dissatisfied(observed, rates["told"], rates["on file"])
estimate

# %% [markdown]
# **Try it.** Which leak would you close first? If Kestrel wrote down everything that is said, how many more people would be
# on file? And if everybody spoke up, but the desk stayed as it is?
#
# ## 6. The truth
#
# Kestrel is synthetic, so for once we can look under the water. You have your guess, the folklore, the letters to
# headquarters, and the estimate by segment.

# %%
names = ["dissatisfied", "voiced", "registered"]
under_water = ckm.capture.ladder({name: company.truth[name] for name in names})
ckm.plots.iceberg(under_water)

# %%
truth = company.truth["dissatisfied"]
guesses = {"folklore": folklore, "headquarters": from_letters, "by segment": estimate}
for name, number in guesses.items():
    print(f"{name:13} {number.value:6,.0f}   off by {number.value - truth:+6,.0f}")

# %% [markdown]
# **Think about it.** The letters to headquarters did not do badly. Was that insight or luck? Ask what they would have said
# in a company where one in five of those who speak up, not one in twelve, reaches the top. An estimate is as good as the rates under
# it, and a rate must come from a study of *that* rung, in *that* kind of company, by segment.
#
# And who was unhappy? True numbers per hundred customers, to be laid beside the desk's in section 5:

# %%
problems = company.truth.table("problems").query("period == 1")
unhappy = company.customers["customer_id"].isin(problems["customer_id"])
(100 * unhappy.groupby(company.customers["segment"]).mean()).round(1)

# %% [markdown]
# The segments hardly differ. The loud ones are not the unhappy ones.
#
# And when nobody ever went from door to door? Then one list is not enough; but two lists can tell on each other. That is
# the next page.
#
# ## In three sentences
#
# 1. Between a problem and a file lie two leaks: people who say nothing, and people whom nobody writes down.
# 2. A multiplier belongs to one rung of one ladder; on another rung it is off by a multiple.
# 3. Complaints show who speaks, not who suffers, until each segment has its own rates.
#
# ## Exit ticket
#
# 1. Complaints fall by a third after the complaint form moved to a hidden page. Which of $D$, $a$, $g$ changed?
# 2. A vendor turns 50 letters into 1,300 lost customers. Which three questions do you ask?
# 3. Why can a *rising* number of complaints be good news?
#
# **Next:** [05 What have we not heard?](05-not-heard.ipynb)
#
# ## References
#
# Goodman, J. A. (2005), on the misquoted “four per cent”, ASQ Quality Progress, November. Stauss, B. and Seidel, W.,
# *Complaint Management*, on evidence controlling: unvoiced and hidden complaints. Grainer, M. A., McEvoy, K. A. and
# King, D. W. (1979), on the household survey from which such ladders come.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
