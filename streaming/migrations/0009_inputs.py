from typing import Any

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import streaming.slate_files

INPUTS = [("studio", "studio"), ("backup", "backup"), ("slate", "slate")]
OPEN = models.Q(("state__in", ["asked", "accepted"]))
PARTS = [
    ("picture", "low-latency picture (IVS)"),
    ("group", "package group"),
    ("package", "package"),
    ("live", "live endpoint"),
    ("live_policy", "access to the live endpoint"),
    ("archive", "start-over endpoint"),
    ("archive_policy", "access to the start-over endpoint"),
    ("fence", "list of the encoders' addresses"),
    ("input", "input for the encoder"),
    ("backup", "second input, for a backup"),
    ("slate", "slate (a file)"),
    ("encoder", "encoder in the cloud (MediaLive)"),
]
STATES = [
    ("asked", "asked for"),
    ("accepted", "accepted"),
    ("effective", "effective"),
    ("passed", "overtaken"),
    ("failed", "failed"),
    ("cancelled", "cancelled"),
]
FAULTS = [
    ("", "none"),
    ("stopped", "the encoder does not run"),
    ("late", "it did not reach MediaLive in time"),
    ("refused", "MediaLive refused it"),
    ("unseen", "MediaLive took it and shows another input"),
    ("not_cancelled", "it was too late to cancel it"),
]


def person(name: str) -> Any:
    return models.ForeignKey(
        null=True,
        on_delete=django.db.models.deletion.SET_NULL,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
        verbose_name=name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("streaming", "0008_switch_times"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="stream",
            name="active_input",
            field=models.CharField(blank=True, choices=INPUTS, max_length=16, verbose_name="active input"),
        ),
        migrations.AddField(
            model_name="stream",
            name="active_input_at",
            field=models.DateTimeField(null=True, verbose_name="active input seen"),
        ),
        migrations.AddField(
            model_name="stream",
            name="backup_ingest_url",
            field=models.CharField(blank=True, max_length=500, verbose_name="ingest address of the backup"),
        ),
        migrations.AddField(
            model_name="stream",
            name="backup_key",
            field=models.CharField(blank=True, max_length=200, verbose_name="stream key of the backup"),
        ),
        migrations.AddField(
            model_name="stream",
            name="has_backup",
            field=models.BooleanField(default=False, verbose_name="backup input"),
        ),
        migrations.AddField(
            model_name="stream",
            name="inputs_lease_until",
            field=models.DateTimeField(null=True, verbose_name="inputs worked on until"),
        ),
        migrations.AddField(
            model_name="stream",
            name="slate_url",
            field=models.CharField(
                blank=True,
                help_text="A file for bad moments: https://….mp4, or s3://bucket/slates/….mp4.",
                max_length=500,
                validators=[streaming.slate_files.validate_slate],
                verbose_name="slate",
            ),
        ),
        migrations.AddField(
            model_name="runningtime",
            name="inputs",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="inputs that are pushed to"),
        ),
        migrations.AlterField(
            model_name="mediaresource",
            name="part",
            field=models.CharField(choices=PARTS, max_length=16, verbose_name="part"),
        ),
        migrations.AlterField(
            model_name="streamlog",
            name="part",
            field=models.CharField(blank=True, choices=PARTS, max_length=16, verbose_name="part"),
        ),
        migrations.AlterField(
            model_name="sweepfinding",
            name="part",
            field=models.CharField(choices=PARTS, max_length=16, verbose_name="part"),
        ),
        migrations.CreateModel(
            name="InputSwitch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("target", models.CharField(choices=INPUTS, max_length=8, verbose_name="input")),
                ("at", models.DateTimeField(null=True, verbose_name="planned for")),
                ("action_name", models.CharField(max_length=80, verbose_name="name of the action")),
                (
                    "state",
                    models.CharField(choices=STATES, default="asked", max_length=12, verbose_name="state"),
                ),
                (
                    "fault",
                    models.CharField(
                        blank=True, choices=FAULTS, default="", max_length=16, verbose_name="why not"
                    ),
                ),
                ("detail", models.TextField(blank=True, verbose_name="detail")),
                ("request_id", models.CharField(blank=True, max_length=80, verbose_name="request id")),
                (
                    "requested_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="asked for"
                    ),
                ),
                ("accepted_at", models.DateTimeField(null=True, verbose_name="accepted")),
                ("effective_at", models.DateTimeField(null=True, verbose_name="seen to be effective")),
                (
                    "cancel_asked_at",
                    models.DateTimeField(null=True, verbose_name="cancelling asked for"),
                ),
                ("attempts", models.PositiveIntegerField(default=0, verbose_name="attempts")),
                (
                    "look_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="next look"),
                ),
                ("actor", person("who")),
                ("cancelled_by", person("cancelled by")),
                (
                    "stream",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="input_switches",
                        to="streaming.stream",
                        verbose_name="stream",
                    ),
                ),
            ],
            options={
                "verbose_name": "input switch",
                "verbose_name_plural": "input switches",
                "ordering": ["-requested_at", "-id"],
                "indexes": [models.Index(condition=OPEN, fields=["look_at"], name="open_input_switches")],
                "constraints": [
                    models.UniqueConstraint(fields=("stream", "number"), name="one_switch_per_number"),
                    models.UniqueConstraint(
                        condition=OPEN, fields=("stream", "at"), name="one_planned_switch_per_time"
                    ),
                ],
            },
        ),
    ]
