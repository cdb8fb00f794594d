"""What a page is drawn from, asked for in one statement: a question a table, their rows one below the other.

Building such a statement costs ten times what the database needs to answer it, so it is built once for each kind of page and
database, about a row that there is none of; every request puts its own row's id in that one's place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

Row = tuple[str | None, ...]

_STAND_IN = 7_777_777_777_777_777  # an id that no row has, and no other parameter of a statement


@dataclass(frozen=True, slots=True)
class Question:
    """Rows that a page is drawn from, and the columns of theirs that it would look different with."""

    rows: QuerySet[Any]
    columns: Sequence[str | Combinable]


@dataclass(frozen=True)
class Statement:
    """The questions about one row, given its id, as one statement."""

    questions: Callable[[int], Iterable[Question]]
    built: dict[str, tuple[str, tuple[Any, ...]]] = field(default_factory=dict)  # by kind of database

    def about(self, pk: int) -> list[Row]:
        """The rows of every question as text, each led by the number of its question; in an order that stays. One query."""
        if connection.vendor not in self.built:
            self.built[connection.vendor] = _built(self.questions(_STAND_IN))
        statement, parameters = self.built[connection.vendor]
        with connection.cursor() as cursor:
            cursor.execute(statement, [pk if each == _STAND_IN else each for each in parameters])
            return sorted(cursor.fetchall(), key=repr)


def _built(questions: Iterable[Question]) -> tuple[str, tuple[Any, ...]]:
    questions = list(questions)
    widest = max(len(question.columns) for question in questions)
    asked = [_as_text(number, question, widest) for number, question in enumerate(questions)]
    whole = reduce(lambda one, other: one.union(other, all=True), asked)
    statement, parameters = whole.query.sql_with_params()
    return statement, tuple(parameters)


def _as_text(number: int, question: Question, widest: int) -> QuerySet[Any, Any]:
    """Rows of different tables fit below one another only where all columns are of one type."""
    columns = [Value(str(number)), *question.columns, *[Value("")] * (widest - len(question.columns))]
    named = {
        f"stamp_{place}": Cast(F(column) if isinstance(column, str) else column, TextField())
        for place, column in enumerate(columns)
    }
    rows: QuerySet[Any, Any] = question.rows.order_by().annotate(**named).values_list(*named)
    return rows
