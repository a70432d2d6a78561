"""Score and result of an attempt with what people decided, in SQL over `attempts` outer-joined with `reviews`: an
attempt of which nobody said anything has no row there and stands as it was scored."""

from typing import Any

from sqlalchemy import ColumnElement, case

from simulator.records.schema import attempts, reviews


def final_score() -> ColumnElement[Any]:
    """The score that counts; None where there is nothing to score."""
    return case((reviews.c.attempt.is_not(None), reviews.c.score), else_=attempts.c.score)


def final_result() -> ColumnElement[Any]:
    """The result that counts."""
    return case((reviews.c.attempt.is_not(None), reviews.c.result), else_=attempts.c.result)
