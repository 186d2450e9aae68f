from datetime import timedelta

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0012_tokens"),
    ]

    operations = [
        migrations.AddField(
            model_name="event",
            name="rehearsal_of",
            field=models.OneToOneField(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="rehearsal_copy",
                to="events.event",
                verbose_name="rehearsal of",
            ),
        ),
        migrations.AddField(
            model_name="event",
            name="rehearsal_shift",
            field=models.DurationField(default=timedelta(), editable=False),
        ),
    ]
