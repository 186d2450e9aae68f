from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("discussion", "0002_chat"),
    ]

    operations = [
        migrations.AddField(
            model_name="questioncount",
            name="votes_told_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="talkquestion",
            name="told_votes",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name="talkquestion",
            index=models.Index(condition=~Q(votes=F("told_votes")), fields=["talk"], name="untold_votes"),
        ),
    ]
