import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("streaming", "0009_inputs"),
        ("talks", "0006_video"),
        ("events", "0010_organizers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Recording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("harvest", "AWS MediaPackage"),
                            ("ivs", "Amazon IVS"),
                            ("local", "this machine"),
                        ],
                        max_length=8,
                        verbose_name="cut from",
                    ),
                ),
                ("proposed_start", models.DateTimeField(verbose_name="proposed start")),
                ("proposed_end", models.DateTimeField(verbose_name="proposed end")),
                ("windows", models.PositiveSmallIntegerField(default=1, verbose_name="times on air")),
                ("starts_at", models.DateTimeField(verbose_name="start")),
                ("ends_at", models.DateTimeField(verbose_name="end")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "proposed"),
                            ("wanted", "asked for"),
                            ("working", "being cut"),
                            ("done", "cut"),
                            ("failed", "failed"),
                            ("given_up", "given up"),
                            ("dropped", "dropped"),
                        ],
                        default="proposed",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("round", models.PositiveIntegerField(default=0, verbose_name="round")),
                ("is_open", models.BooleanField(default=False, verbose_name="a job may be under way")),
                ("job", models.CharField(blank=True, max_length=256, verbose_name="job")),
                ("cut_path", models.CharField(blank=True, max_length=500, verbose_name="path of the cut")),
                ("cut_start", models.DateTimeField(null=True, verbose_name="start of the cut")),
                ("cut_end", models.DateTimeField(null=True, verbose_name="end of the cut")),
                (
                    "published_path",
                    models.CharField(blank=True, max_length=500, verbose_name="published path"),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
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
                ("request_id", models.CharField(blank=True, max_length=80, verbose_name="request id")),
                (
                    "look_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="next look"),
                ),
                ("lease_until", models.DateTimeField(null=True, verbose_name="worked on until")),
                ("lease_owner", models.CharField(blank=True, max_length=80, verbose_name="worked on by")),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="asked by",
                    ),
                ),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recordings",
                        to="streaming.stream",
                        verbose_name="stream",
                    ),
                ),
                (
                    "talk",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recording",
                        to="talks.talk",
                        verbose_name="talk",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recordings",
                        to="events.track",
                        verbose_name="track",
                    ),
                ),
            ],
            options={
                "verbose_name": "recording",
                "verbose_name_plural": "recordings",
                "ordering": ["starts_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="recording_ends_after_it_starts",
                    )
                ],
            },
        ),
    ]
