"""Lessons are played on a site as it is started: with its demo accounts and what the town has written."""

import pytest
from flask import Flask


@pytest.fixture
def app(make_app) -> Flask:
    """The app as a learner finds it."""
    return make_app()
