import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("streaming", "0007_health")]

    operations = [
        migrations.CreateModel(
            name="SwitchTimes",
            fields=[
                (
                    "log",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="times",
                        serialize=False,
                        to="streaming.onairlog",
                        verbose_name="command",
                    ),
                ),
                ("requested_at", models.DateTimeField(null=True, verbose_name="asked for")),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("written", "written"),
                            ("not_supported", "not supported"),
                            ("no_picture", "no picture"),
                            ("superseded", "overtaken by a newer switch"),
                            ("failed", "failed"),
                        ],
                        max_length=16,
                        verbose_name="note in the picture",
                    ),
                ),
                ("tried_at", models.DateTimeField(null=True, verbose_name="last attempt")),
                ("try_at", models.DateTimeField(null=True, verbose_name="next attempt")),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                ("written_at", models.DateTimeField(null=True, verbose_name="in the picture")),
                ("error", models.TextField(blank=True, verbose_name="last error")),
                (
                    "fault",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "none"),
                            ("permission", "a permission is missing"),
                            ("quota", "a quota is used up"),
                            ("other", "refused"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="kind of error",
                    ),
                ),
                (
                    "fault_subject",
                    models.CharField(blank=True, max_length=120, verbose_name="what is missing"),
                ),
                ("seen_ms", models.JSONField(default=list, editable=False)),
                ("seen_count", models.PositiveIntegerField(default=0, verbose_name="viewers asked")),
                ("seen_first_ms", models.PositiveIntegerField(null=True, verbose_name="first viewer, ms")),
                (
                    "seen_median_ms",
                    models.PositiveIntegerField(null=True, verbose_name="half of the viewers, ms"),
                ),
                ("is_untold", models.BooleanField(default=False, editable=False)),
            ],
            options={
                "verbose_name": "times of a switch",
                "verbose_name_plural": "times of switches",
                "indexes": [
                    models.Index(
                        condition=models.Q(("mark", "waiting")), fields=["try_at"], name="mark_to_write"
                    ),
                    models.Index(fields=["tried_at"], name="mark_tried"),
                    models.Index(
                        condition=models.Q(("is_untold", True)), fields=["log"], name="seen_untold"
                    ),
                ],
            },
        ),
    ]
