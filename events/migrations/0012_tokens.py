import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0011_announcements"),
    ]

    operations = [
        migrations.AddField(
            model_name="apitoken",
            name="track",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: on every track of the event.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="api_tokens",
                to="events.track",
                verbose_name="only on track",
            ),
        ),
        migrations.AddField(
            model_name="apitoken",
            name="last_used_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last used"),
        ),
    ]
