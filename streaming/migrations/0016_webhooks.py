import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

import streaming.hook_urls
import streaming.models.webhook


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0012_tokens"),
        ("streaming", "0015_wall"),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
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
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "url",
                    models.URLField(
                        help_text=(
                            "https://… on the open internet. An incoming webhook of Slack works as it is."
                        ),
                        max_length=500,
                        validators=[streaming.hook_urls.validate_hook_url],
                        verbose_name="address",
                    ),
                ),
                (
                    "wants_due",
                    models.BooleanField(
                        default=True, verbose_name="a talk is due (5 minutes and 90 seconds before)"
                    ),
                ),
                (
                    "wants_on_air",
                    models.BooleanField(default=True, verbose_name="what is on air has changed"),
                ),
                (
                    "wants_health",
                    models.BooleanField(default=True, verbose_name="how a picture arrives has changed"),
                ),
                (
                    "wants_announcements",
                    models.BooleanField(
                        default=True, verbose_name="an announcement was published or withdrawn"
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                (
                    "secret",
                    models.CharField(
                        default=streaming.models.webhook.new_secret, editable=False, max_length=80
                    ),
                ),
                ("conditions", models.JSONField(default=dict, editable=False)),
                ("looks", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                (
                    "track",
                    models.ForeignKey(
                        blank=True,
                        help_text="Empty: of every track of the event.",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="webhooks",
                        to="events.track",
                        verbose_name="only on track",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="WebhookDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("talk.due", "a talk is due"),
                            ("on_air.changed", "on air"),
                            ("health.changed", "picture"),
                            ("announcement.changed", "announcement"),
                            ("test", "test"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("subject", models.CharField(max_length=120)),
                ("body", models.TextField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("try_at", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("delivered_at", models.DateTimeField(null=True)),
                ("status", models.PositiveSmallIntegerField(null=True)),
                ("error", models.CharField(blank=True, max_length=200)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="streaming.webhook",
                    ),
                ),
            ],
            options={
                "verbose_name": "message of a webhook",
                "verbose_name_plural": "messages of webhooks",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("try_at__isnull", False)),
                        fields=["try_at"],
                        name="message_to_send",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("webhook", "subject"), name="one_message_per_subject")
                ],
            },
        ),
    ]
