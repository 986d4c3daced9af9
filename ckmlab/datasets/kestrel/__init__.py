"""How Kestrel comes about: one module per step of the simulation.

A company is made of *districts* of at most 6,000 customers, each with its own staff, knowledge
store and forum. A district depends on nothing but the seed, the scenario, its number and its size,
so that any number of them can be made anywhere, in any order. :mod:`.district` runs the steps.
"""
