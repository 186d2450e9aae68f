import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


def give_each_speaker_an_id(apps, schema_editor):
    for speaker in apps.get_model("talks", "Speaker").objects.all():
        speaker.guid = uuid.uuid4()
        speaker.save(update_fields=["guid"])


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0008_event_texts"),
        ("talks", "0004_agenda"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="speaker",
            name="guid",
            field=models.UUIDField(default=uuid.uuid4, editable=False),
        ),
        migrations.RunPython(give_each_speaker_an_id, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="speaker",
            constraint=models.UniqueConstraint(fields=("event", "guid"), name="one_speaker_per_guid"),
        ),
        migrations.CreateModel(
            name="ProgrammeImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("content", models.BinaryField(verbose_name="content")),
                ("applied_at", models.DateTimeField(blank=True, null=True, verbose_name="imported")),
                ("added", models.PositiveIntegerField(default=0, verbose_name="added")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("dropped", models.PositiveIntegerField(default=0, verbose_name="dropped")),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="programme_imports",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
            ],
            options={
                "verbose_name": "import of a programme",
                "verbose_name_plural": "imports of programmes",
                "ordering": ["-created_at"],
            },
        ),
    ]
