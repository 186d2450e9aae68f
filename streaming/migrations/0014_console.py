import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("streaming", "0013_audience"),
        ("talks", "0006_video"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="dutylog",
            name="talk",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="talks.talk",
                verbose_name="talk",
            ),
        ),
        migrations.AlterField(
            model_name="dutylog",
            name="reason",
            field=models.CharField(blank=True, max_length=200, verbose_name="reason"),
        ),
        migrations.AlterField(
            model_name="dutylog",
            name="step",
            field=models.CharField(
                choices=[
                    ("on_duty", "went on duty"),
                    ("off_duty", "left duty"),
                    ("locked", "locked the track"),
                    ("unlocked", "unlocked the track"),
                    ("taken_over", "took over the lock"),
                    ("armed", "armed the automation"),
                    ("held", "held the automation"),
                    ("disarmed", "disarmed the automation"),
                    ("slate_on", "switched the automatic slate on"),
                    ("slate_off", "switched the automatic slate off"),
                    ("speaker_here", "saw the speakers of a talk"),
                    ("speaker_away", "took back that the speakers are there"),
                ],
                max_length=12,
                verbose_name="what",
            ),
        ),
        migrations.CreateModel(
            name="RefusedCommand",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "command",
                    models.CharField(
                        choices=[("take", "take"), ("card", "card"), ("clear", "clear"), ("undo", "undo")],
                        max_length=8,
                        verbose_name="command",
                    ),
                ),
                (
                    "card",
                    models.CharField(
                        blank=True,
                        choices=[("waiting", "waiting"), ("break", "break"), ("technical", "technical")],
                        max_length=16,
                        verbose_name="card",
                    ),
                ),
                ("code", models.CharField(max_length=40, verbose_name="why")),
                ("expected_revision", models.PositiveBigIntegerField(verbose_name="expected revision")),
                ("present_revision", models.PositiveBigIntegerField(verbose_name="revision then")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("console", "control room"),
                            ("api", "API"),
                            ("command", "command line"),
                            ("automation", "automation"),
                            ("health", "stream health"),
                            ("seed", "demo"),
                        ],
                        max_length=12,
                        verbose_name="source",
                    ),
                ),
                ("idempotency_key", models.CharField(editable=False, max_length=80)),
                ("requested_at", models.DateTimeField(null=True, verbose_name="asked for")),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="when"
                    ),
                ),
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
                    "talk",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="talks.talk",
                        verbose_name="talk",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refused",
                        to="events.track",
                        verbose_name="track",
                    ),
                ),
            ],
            options={
                "verbose_name": "refused command",
                "verbose_name_plural": "refused commands",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Shift",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("minutes", models.SmallIntegerField(verbose_name="minutes")),
                (
                    "scope",
                    models.CharField(
                        choices=[
                            ("one", "this talk"),
                            ("break", "until the next break"),
                            ("day", "the rest of the track's day"),
                            ("all", "the rest of the day on all tracks"),
                        ],
                        max_length=8,
                        verbose_name="how far",
                    ),
                ),
                ("places", models.JSONField(default=list, editable=False)),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="when"
                    ),
                ),
                ("undone_at", models.DateTimeField(null=True, verbose_name="taken back")),
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
                    "talk",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="talks.talk",
                        verbose_name="talk",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shifts",
                        to="events.track",
                        verbose_name="track",
                    ),
                ),
                (
                    "undone_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken back by",
                    ),
                ),
            ],
            options={
                "verbose_name": "shift of the timetable",
                "verbose_name_plural": "shifts of the timetable",
                "ordering": ["-at", "-id"],
            },
        ),
    ]
