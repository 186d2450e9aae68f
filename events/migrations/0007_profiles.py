import uuid

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import events.validators


class Migration(migrations.Migration):
    dependencies = [("events", "0006_retention")]

    operations = [
        migrations.CreateModel(
            name="PublicProfile",
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
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("nickname", models.CharField(max_length=40, verbose_name="nickname")),
                ("line", models.CharField(blank=True, max_length=120, verbose_name="one line about you")),
                (
                    "x_name",
                    models.CharField(
                        blank=True,
                        max_length=15,
                        validators=[events.validators.validate_x_name],
                        verbose_name="name on X",
                    ),
                ),
                (
                    "github_name",
                    models.CharField(
                        blank=True,
                        max_length=39,
                        validators=[events.validators.validate_github_name],
                        verbose_name="name on GitHub",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(default=False, verbose_name="show me on the list of attendees"),
                ),
                (
                    "registration",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_profile",
                        to="events.registration",
                        verbose_name="registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "public profile",
                "verbose_name_plural": "public profiles",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="ProfilePicture",
            fields=[
                (
                    "profile",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="picture",
                        serialize=False,
                        to="events.publicprofile",
                    ),
                ),
                ("webp", models.BinaryField()),
                ("digest", models.CharField(max_length=16)),
            ],
        ),
    ]
