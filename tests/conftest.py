"""What all tests share: property tests are judged by their outcome, not by the clock."""

from hypothesis import settings

settings.register_profile("ckmlab", deadline=None, derandomize=True, max_examples=40)
settings.load_profile("ckmlab")
