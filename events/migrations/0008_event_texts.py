import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import events.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0007_profiles'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='ground',
            field=models.CharField(blank=True, help_text="The dark ground behind the event's name. Empty: derived from the accent.", max_length=7, validators=[events.validators.validate_colour], verbose_name='colour of the opening picture'),
        ),
        migrations.CreateModel(
            name='EventLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title_ja', models.CharField(max_length=120, verbose_name='title (Japanese)')),
                ('title_en', models.CharField(blank=True, max_length=120, verbose_name='title (English)')),
                ('url', models.URLField(verbose_name='address of the page')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='events.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'link',
                'verbose_name_plural': 'links',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='LifeChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('verb', models.CharField(choices=[('announce', 'Announce the event'), ('take_back', 'Take it back to a draft'), ('open', 'Open the doors'), ('shut', 'Shut the doors again'), ('close', 'Close the event'), ('reopen', 'Open it once more'), ('archive', 'Archive the event'), ('unarchive', 'Take it out of the archive'), ('open_registration', 'Open registration'), ('close_registration', 'Close registration'), ('open_proposals', 'Open the call for proposals'), ('close_proposals', 'Close the call for proposals'), ('show_timetable', 'Show the timetable'), ('hide_timetable', 'Hide the timetable'), ('show_sponsors', 'Show the sponsors'), ('hide_sponsors', 'Hide the sponsors'), ('begin_rehearsal', 'Begin a rehearsal'), ('end_rehearsal', 'End the rehearsal')], max_length=24, verbose_name='step')),
                ('before', models.CharField(max_length=16, verbose_name='before')),
                ('after', models.CharField(max_length=16, verbose_name='after')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='life_changes', to='events.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'step of an event',
                'verbose_name_plural': 'steps of events',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_ja', models.CharField(max_length=80, verbose_name='name (Japanese)')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name (English)')),
                ('duty_ja', models.CharField(blank=True, max_length=120, verbose_name='what they do (Japanese)')),
                ('duty_en', models.CharField(blank=True, max_length=120, verbose_name='what they do (English)')),
                ('picture', models.ImageField(blank=True, upload_to='team/', verbose_name='picture')),
                ('url', models.URLField(blank=True, verbose_name='web page')),
                ('github', models.CharField(blank=True, max_length=39, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9_-]+$', "Write the account's name alone, without @ and address.")], verbose_name='GitHub')),
                ('x', models.CharField(blank=True, max_length=15, validators=[django.core.validators.RegexValidator('^[A-Za-z0-9_-]+$', "Write the account's name alone, without @ and address.")], verbose_name='X')),
                ('position', models.PositiveSmallIntegerField(default=1, verbose_name='position')),
                ('is_shown', models.BooleanField(default=True, verbose_name='shown')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='events.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'team member',
                'verbose_name_plural': 'team members',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='EventText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('kind', models.CharField(choices=[('conduct', 'code of conduct'), ('privacy', 'privacy policy'), ('access', 'access guide')], max_length=16, verbose_name='which text')),
                ('body_ja', models.TextField(blank=True, verbose_name='text (Japanese, Markdown)')),
                ('body_en', models.TextField(blank=True, verbose_name='text (English, Markdown)')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='texts', to='events.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'text of the event',
                'verbose_name_plural': 'texts of the event',
                'ordering': ['event', 'kind'],
                'constraints': [models.UniqueConstraint(fields=('event', 'kind'), name='one_text_per_kind'), models.CheckConstraint(condition=models.Q(('body_en', ''), ('body_ja', ''), _negated=True), name='text_is_written')],
            },
        ),
    ]
