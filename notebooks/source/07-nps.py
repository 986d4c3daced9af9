# %% [markdown]
# # Surveys that lie: what do the silent think?
#
# **In 90 minutes you will** compute a Net Promoter Score with its interval and the sample it takes; show why more
# answers of the same kind do not help; say what a survey proves without any assumption; and get the truth out of the
# silent, with a hundred telephone calls.
#
# | minutes | what |
# |---|---|
# | 0–10 | guess: what would the others have said? |
# | 10–25 | a score, its interval, and an interval that lies |
# | 25–40 | tilt the silence |
# | 40–50 | what we know for certain |
# | 50–65 | weights, and what they cannot mend |
# | 65–75 | go after the silent |
# | 75–90 | the truth, exit ticket |
#
# *Only 45 minutes? Run the cells of sections 3 and 5, but do not stop there.* Then do the exercise: `exercises/07-nps.ipynb`.

# %%
import ckmlab as ckm

company = ckm.datasets.load_company()
survey = company.surveys.query("wave == 1")

# %% [markdown]
# ## 1. Twenty-nine points
#
# *How likely is it that you would recommend Kestrel to a friend?* Every customer was asked, on a scale from 0 to 10.
# Those who say 9 or 10 are called **promoters**, 0 to 6 **detractors**, the rest **passives**. Per cent of promoters
# less per cent of detractors is the **Net Promoter Score**, from −100 to +100.

# %%
score = ckm.value.attitude.nps(survey["nps"])
ckm.plots.survey_answers(survey["nps"], score)

# %% [markdown]
# The board sees the coloured bars, and opens a bottle. Look at the grey one. **Before you read on, write down your
# guess:** had all thousand answered, what would the score have been?
#
# ## 2. An interval that lies
#
# No score without its interval. With shares $p$ of promoters and $d$ of detractors among $n$ answers,
#
# $$\mathrm{NPS} = 100\,(p - d), \qquad \mathrm{SE} = 100\sqrt{\frac{p + d - (p - d)^2}{n}} .$$
#
# **An example to do by hand.** 200 people answer: 45 % are promoters, 20 % detractors. How large is the score, and how
# large its standard error (how far luck in the draw usually carries it)? How many answers would it take for ± 5 points,
# with 95 % confidence?

# %%
p, d, n = 0.45, 0.20, 200
print(f"NPS {100 * (p - d):.1f}, SE {100 * ((p + d - (p - d) ** 2) / n) ** 0.5:.2f}")
print(ckm.value.attitude.sample_size(5, promoters=p, detractors=d), "answers for plus or minus 5")

# %% [markdown]
# Now Kestrel's own:

# %%
score

# %% [markdown]
# “With 95 per cent confidence between 19 and 39”, says the report. Confident of what? The formula knows one danger
# only: that we drew *too few*. It believes that those who answered are like those who did not.
#
# Suppose they are not. A made-up firm asks more and more people, and the happy answer more readily. For once, we know
# what everybody would have said:

# %%
for people in (500, 5_000, 50_000):
    answers, everybody = ckm.datasets.make_survey(people, seed=1, truth=True)
    heard = ckm.value.attitude.nps(answers["score"])
    true = ckm.value.attitude.nps(everybody["score"]).value
    span = f"{heard.low:.0f} to {heard.high:.0f}"
    print(f"{people:6,} asked: {heard.value:.0f} ({span}), truth {true:.0f}")

# %% [markdown]
# **What you should see.** The interval shrinks, and shrinks around the wrong number. More of the same answers make us
# surer, not righter. Few answers are a *small* problem, one that money can buy off. Selective silence is the large one.
#
# ## 3. Tilt the silence
#
# How much readier are the happy to answer? Call it the slope. At 0, silence has nothing to do with the opinion.

# %%
board = ckm.widgets.NonResponse()
board

# %%
board.picture()

# %% [markdown]
# **Try it.** (a) Pull *The happy answer more* to 0. Which of the two scores moves, and which stays? (b) Leave it at 0
# and lower *Answer at all* to 10 %: is a low response rate, on its own, a bias? (c) Now make the slope negative. Where
# have you met such a survey?
#
# **Think about it.** Two branches have the same customers. One asks by a link in the bill, the other by a chat at the
# counter, where hardly anybody refuses. Which one gets the bonus for its score?
#
# ## 4. What we know for certain
#
# Assume nothing. Each of the silent could have given the best or the worst answer. That makes a lowest and a highest
# possible score (Manski). To compute with scores, we give each answer its points: a promoter 100, a detractor −100, a
# passive 0; the score is their mean.

# %%
points = ckm.value.attitude.nps_points(survey["nps"])
bounds = ckm.capture.response_bounds(points, lowest=-100, highest=100)
print(f"{bounds.response_rate:.1%} answered")
print(f"the score of all lies between {bounds.low:.0f} and {bounds.high:.0f}")

# %% [markdown]
# **What you should see.** That is all that the survey *proves*. Everything narrower is belief, perhaps a good one. And
# no larger number of invitations makes it narrower; only a higher response rate does.
#
# Some consultants propose a simple cure: multiply the score by the response rate.

# %%
print(f"score x rate   {score.value * bounds.response_rate:.1f}")
print(f"middle of the bounds   {(bounds.low + bounds.high) / 2:.1f}")

# %% [markdown]
# The same number, and no accident: to multiply is to declare every silent person a passive. Why should they be? The
# product is neither the score of those who answered nor the score of all. And it invites mischief:
#
# **Try it.** A firm has a score of −40, and a quarter answer. What does the product say? Now it hides its survey, and
# one in ten answers. Has it become better?
#
# ## 5. Weights, and what they cannot mend
#
# The standard cure: find out who is missing, and let those who answered speak for those who are like them. If business
# customers answer more often, each of them counts a little less. The chance to answer is estimated from what is known
# of *everybody*; the weight is one over the chance.

# %%
asked = survey.merge(company.customers, on="customer_id")
known = ["segment", "region", "acquisition"]
chance = ckm.capture.response_propensity(asked, "responded", known)
weighted = ckm.capture.weighted_mean(points, 1 / chance)
weighted

# %% [markdown]
# **What you should see.** After all that work the score has hardly moved. Was the work wrong? No: the weights now match
# Kestrel's customers in segment, region and acquisition. But two people of the same segment, region and acquisition
# differ in the one thing that matters, their mood, and that decides who answers. Statisticians call it *missing not at
# random*. **Weights mend what the columns know, and nothing else.**
#
# **Try it.** Add a column that knows a little about mood: who complained in the first year. `asked["complained"] =
# asked["customer_id"].isin(company.complaints.query("period == 1")["customer_id"])`. How far does the score move now?
#
# ## 6. Go after the silent
#
# First, a hint that costs nothing. Some answered on the first day, some after four weeks. Those who answered last are
# perhaps the most like those who never did (Armstrong and Overton):

# %%
waves = ckm.capture.late_responders(points, survey["response_day"])
waves[["first_day", "last_day", "n", "mean"]].round(0)

# %% [markdown]
# **What you should see.** From the first to the last quarter the score falls by more than forty points. Go on along
# that line: what would you expect of those who never answered?
#
# Now the cure. Draw 100 of the silent **at random**, and call them until they answer, each of them. (For us, their
# answers wait in the sealed ledger; we open it at these hundred places only.) Those who answered at once speak for
# their share of the customers, the hundred speak for the silent share:
#
# $$\bar y = W_1\,\bar y_1 + W_2\,\bar y_2 .$$

# %%
silent = survey.loc[~survey["responded"], "customer_id"]
called = silent.sample(100, random_state=1)
ledger = company.truth.table("survey_truth").query("wave == 1").set_index("customer_id")
on_the_phone = ckm.value.attitude.nps_points(ledger.loc[called, "nps"])
doubled = ckm.capture.double_sampling(points.dropna(), on_the_phone, silent=len(silent))
doubled

# %% [markdown]
# **What you should see.** Another company. This is *double sampling* (Hansen and Hurwitz, 1946). It asks for no model
# of why people are silent, only for two things: that the hundred are drawn at random, and that **all** of them answer.
#
# **Think about it.** Of the hundred, sixty pick up the phone. You report their answers. What have you got?
#
# ## 7. The truth
#
# All one thousand answers, and in them those that came back:

# %%
everybody = ledger.loc[survey["customer_id"], "nps"]
truly = ckm.value.attitude.nps(everybody)
ckm.plots.silence(everybody, survey["responded"], heard=score, everybody=truly)

# %%
answers = {"as reported": score, "weighted": weighted, "bounds": bounds, "100 calls": doubled}
ckm.plots.compare_estimates(answers, truth=company.truth["nps_1"], unit="NPS points")

# %% [markdown]
# The report was off by more than thirty points, and sure of itself; weighting made it a point better. The bounds were
# honest and wide. A hundred calls told what 233 volunteers could not.
#
# Could weights ever have done it? Yes, with the true chance of each person to answer, which only the ledger knows:

# %%
true_chance = ledger.loc[survey["customer_id"], "response_probability"].to_numpy()
ckm.capture.weighted_mean(points, 1 / true_chance)

# %% [markdown]
# The method is sound. What is missing is the knowledge that it needs.
#
# ## In three sentences
#
# 1. An interval covers the luck of the draw, and says nothing of those who were asked and did not answer.
# 2. Weights mend what the known columns explain; when silence depends on the opinion itself, they leave the bias in
#    place.
# 3. The bounds say what is certain, and a random sample of the silent, all of them answering, gives the truth back.
#
# ## Exit ticket
#
# 1. “We doubled the number of answers, so the score is more reliable now.” What became better, and what did not?
# 2. Your weighted score equals the unweighted one. Does that show that there is no bias?
# 3. You have money for 5,000 more invitations or for 80 telephone calls. What do you buy, and what must you insist on?
#
# **Next:** [08 Old is not stale](08-organize.ipynb)
#
# ## References
#
# The score became known through °Reichheld (2003). °Manski, C. F. (1989), *Journal of Human Resources* 24, 343–360, for
# the bounds. °Hansen, M. H. and Hurwitz, W. N. (1946), *Journal of the American Statistical Association* 41, 517–529,
# for double sampling. °Armstrong, J. S. and Overton, T. S. (1977), *Journal of Marketing Research* 14, 396–402, for late
# answers.
#
# ° Cited as is usual in the field, not checked against the original: look it up before you quote it.
#
# The cell below says with what this page was run; yours will differ.

# %% tags=["nbval-ignore-output"]
ckm.provenance(company)
