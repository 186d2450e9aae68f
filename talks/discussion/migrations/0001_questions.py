import uuid

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("talks", "0006_video"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QuestionSettings",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="question_settings",
                        serialize=False,
                        to="events.event",
                        verbose_name="event",
                    ),
                ),
                ("takes_questions", models.BooleanField(default=True, verbose_name="takes questions")),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        default=7,
                        help_text="For so long people may ask and vote after a talk, and its speakers may answer.",
                        validators=[django.core.validators.MaxValueValidator(365)],
                        verbose_name="days after a talk",
                    ),
                ),
            ],
            options={
                "verbose_name": "settings of questions",
                "verbose_name_plural": "settings of questions",
            },
        ),
        migrations.CreateModel(
            name="QuestionCount",
            fields=[
                (
                    "talk",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="question_counter",
                        serialize=False,
                        to="talks.talk",
                    ),
                ),
                ("revision", models.PositiveBigIntegerField(default=0)),
                ("mailed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TalkQuestion",
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
                ("client_key", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("body", models.CharField(max_length=500, verbose_name="question")),
                ("votes", models.PositiveIntegerField(default=0, verbose_name="votes")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "open"), ("answered", "answered")],
                        default="open",
                        editable=False,
                        max_length=16,
                        verbose_name="state",
                    ),
                ),
                ("is_pinned", models.BooleanField(default=False, editable=False, verbose_name="pinned")),
                ("hidden_at", models.DateTimeField(editable=False, null=True, verbose_name="hidden")),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted")),
                (
                    "asker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "hidden_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="hidden by",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="merged",
                        to="discussion.talkquestion",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "talk",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="talks.talk",
                        verbose_name="talk",
                    ),
                ),
            ],
            options={
                "verbose_name": "question to a talk",
                "verbose_name_plural": "questions to talks",
                "ordering": ["-created_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
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
                    "role",
                    models.CharField(
                        choices=[("speaker", "Speaker"), ("sponsor", "Sponsor staff"), ("staff", "Staff")],
                        max_length=16,
                        verbose_name="role",
                    ),
                ),
                ("client_key", models.UUIDField(editable=False, null=True)),
                ("body", models.CharField(max_length=2000, verbose_name="answer")),
                ("deleted_at", models.DateTimeField(editable=False, null=True, verbose_name="deleted")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "speaker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="talks.speaker",
                        verbose_name="speaker",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="discussion.talkquestion",
                        verbose_name="question to a talk",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a question",
                "verbose_name_plural": "answers to questions",
                "ordering": ["created_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="QuestionLog",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "verb",
                    models.CharField(
                        choices=[
                            ("answered", "marked answered"),
                            ("reopened", "opened again"),
                            ("hidden", "hidden"),
                            ("shown", "shown again"),
                            ("pinned", "pinned"),
                            ("unpinned", "no longer pinned"),
                            ("merged", "merged into another"),
                            ("deleted", "deleted"),
                            ("answer_deleted", "answer deleted"),
                        ],
                        max_length=16,
                        verbose_name="what",
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), verbose_name="at"
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="log",
                        to="discussion.talkquestion",
                        verbose_name="question to a talk",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a question",
                "verbose_name_plural": "changes of questions",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="QuestionVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="vote_rows",
                        to="discussion.talkquestion",
                    ),
                ),
                (
                    "voter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="talkquestion",
            index=models.Index(fields=["talk", "created_at"], name="questions_of_a_talk"),
        ),
        migrations.AddConstraint(
            model_name="talkquestion",
            constraint=models.UniqueConstraint(
                fields=("asker", "client_key"), name="one_question_per_client_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="talkquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("merged_into", None),
                    models.Q(("merged_into", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(fields=("author", "client_key"), name="one_answer_per_key"),
        ),
        migrations.AddConstraint(
            model_name="questionvote",
            constraint=models.UniqueConstraint(fields=("question", "voter"), name="one_vote_per_person"),
        ),
    ]
