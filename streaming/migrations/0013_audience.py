import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0010_organizers"),
        ("streaming", "0012_keys"),
        ("talks", "0006_video"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AudienceSample",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("minute", models.DateTimeField(verbose_name="minute")),
                ("viewers", models.PositiveIntegerField(verbose_name="viewers")),
                (
                    "talk",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="audience_samples",
                        to="talks.talk",
                        verbose_name="talk",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audience_samples",
                        to="events.track",
                        verbose_name="track",
                    ),
                ),
            ],
            options={
                "verbose_name": "viewers of a minute",
                "verbose_name_plural": "viewers by the minute",
                "ordering": ["minute", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("track", "minute"), name="one_sample_a_minute")
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchTime",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("seconds", models.PositiveIntegerField(default=0, verbose_name="seconds")),
                ("last_minute", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watch_times",
                        to="talks.talk",
                        verbose_name="talk",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="watch_times",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "watch time",
                "verbose_name_plural": "watch times",
                "constraints": [models.UniqueConstraint(fields=("user", "talk"), name="one_watch_time")],
            },
        ),
    ]
