import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SWITCHES = ["takes_registrations", "shows_timetable", "shows_sponsors"]


def keep_what_was_open(apps, schema_editor):
    """Events of before had no switches: all of it was open."""
    apps.get_model("events", "Event").objects.update(**dict.fromkeys(SWITCHES, True))


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0002_role_change'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='favicon',
            field=models.ImageField(blank=True, upload_to='favicons/', verbose_name='favicon'),
        ),
        migrations.AddField(
            model_name='event',
            name='is_rehearsing',
            field=models.BooleanField(default=False, editable=False, verbose_name='rehearsal'),
        ),
        migrations.AddField(
            model_name='event',
            name='key_visual',
            field=models.ImageField(blank=True, upload_to='visuals/', verbose_name='key visual'),
        ),
        migrations.AddField(
            model_name='event',
            name='shows_sponsors',
            field=models.BooleanField(default=False, editable=False, verbose_name='sponsors'),
        ),
        migrations.AddField(
            model_name='event',
            name='shows_timetable',
            field=models.BooleanField(default=False, editable=False, verbose_name='timetable'),
        ),
        migrations.AddField(
            model_name='event',
            name='takes_proposals',
            field=models.BooleanField(default=False, editable=False, verbose_name='call for proposals'),
        ),
        migrations.AddField(
            model_name='event',
            name='takes_registrations',
            field=models.BooleanField(default=False, editable=False, verbose_name='registration'),
        ),
        migrations.AlterField(
            model_name='announcement',
            name='author',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
        ),
        migrations.RunPython(keep_what_was_open, migrations.RunPython.noop, elidable=True),
    ]
