import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("talks", "0005_imports")]

    operations = [
        migrations.CreateModel(
            name="TalkVideo",
            fields=[
                (
                    "talk",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="video",
                        serialize=False,
                        to="talks.talk",
                        verbose_name="talk",
                    ),
                ),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                ("seconds", models.PositiveIntegerField(null=True, verbose_name="length in seconds")),
                (
                    "published_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="published"
                    ),
                ),
            ],
            options={
                "verbose_name": "video of a talk",
                "verbose_name_plural": "videos of talks",
            },
        ),
    ]
