"""Words compared as people mean them: full-width or half-width, capital or small.

Folding happens in the database at the moment of asking, so that no copy of a text can fall behind.
"""

import unicodedata
from typing import Any

from django.db.backends.signals import connection_created
from django.db.models import CharField, Func
from django.dispatch import receiver

SQLITE_FUNCTION = "dreamkast_fold"


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def words_of(text: str) -> list[str]:
    """The words to look for; all of them must be found."""
    return fold(text).split()


class Fold(Func):
    """`fold` inside the database. PostgreSQL knows NFKC itself; SQLite is given our function."""

    arity = 1
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="lower(normalize(%(expressions)s, NFKC))", **context
        )

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function=SQLITE_FUNCTION, **context)


@receiver(connection_created)
def teach_sqlite_to_fold(connection: Any, **kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_FUNCTION, 1, fold, deterministic=True)
