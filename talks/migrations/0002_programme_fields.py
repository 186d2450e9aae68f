import uuid
from django.db import migrations, models


def give_each_talk_its_own(apps, schema_editor):
    for talk in apps.get_model("talks", "Talk").objects.all():
        talk.guid = uuid.uuid4()
        talk.save(update_fields=["guid"])


class Migration(migrations.Migration):

    dependencies = [
        ('talks', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='talk',
            name='cancelled_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='cancelled'),
        ),
        migrations.AddField(
            model_name='talk',
            name='guid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, null=True),
        ),
        migrations.RunPython(give_each_talk_its_own, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='talk',
            name='guid',
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name='talk',
            name='minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='For a talk that has no time yet.', null=True, verbose_name='length in minutes'),
        ),
        migrations.AddField(
            model_name='talk',
            name='seats',
            field=models.PositiveIntegerField(blank=True, help_text='Empty: as many as the room has.', null=True, verbose_name='seats'),
        ),
        migrations.AddField(
            model_name='talk',
            name='video_url',
            field=models.URLField(blank=True, verbose_name='video'),
        ),
    ]
