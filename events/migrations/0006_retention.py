import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_join_links")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="retention_days",
            field=models.PositiveSmallIntegerField(
                default=365,
                help_text=(
                    "After the last day. Then registrations with their answers, join links and bookmarks are "
                    "deleted for good, once the event is closed; the numbers by day stay."
                ),
                validators=[
                    django.core.validators.MinValueValidator(30),
                    django.core.validators.MaxValueValidator(1825),
                ],
                verbose_name="days that registrations are kept",
            ),
        ),
        migrations.CreateModel(
            name="RegistrationCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(verbose_name="date")),
                ("online", models.PositiveIntegerField(default=0, verbose_name="online")),
                ("on_site", models.PositiveIntegerField(default=0, verbose_name="on site")),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="registration_counts",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "registrations of a day",
                "verbose_name_plural": "registrations by day",
                "ordering": ["event", "date"],
                "constraints": [models.UniqueConstraint(fields=("event", "date"), name="one_count_per_day")],
            },
        ),
    ]
