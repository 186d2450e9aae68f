"""What many tables share and no app owns."""

from django.db import models
from django.db.models.functions import Now


class Timestamped(models.Model):
    """Rows that know when they were made and last saved, by the database's and the server's clock."""

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        abstract = True
