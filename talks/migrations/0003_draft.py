import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_event_life"),
        ("talks", "0002_programme_fields"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='draft', serialize=False, to='events.event')),
                ('revision', models.PositiveBigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='DraftChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(null=True, verbose_name='before')),
                ('after', models.JSONField(verbose_name='after')),
                ('at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='when')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='undone')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draft_changes', to='events.event', verbose_name='event')),
                ('talk', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draft_changes', to='talks.talk', verbose_name='talk')),
            ],
            options={
                'verbose_name': 'change of the draft',
                'verbose_name_plural': 'changes of the draft',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('talk', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='placement', serialize=False, to='talks.talk')),
                ('starts_at', models.DateTimeField(null=True)),
                ('ends_at', models.DateTimeField(null=True)),
                ('revision', models.PositiveBigIntegerField(default=0)),
                ('room', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='placements', to='events.room')),
                ('track', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='events.track')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ends_at__isnull', True), ('starts_at__isnull', True)), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='placement_ends_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='ProgrammeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='number')),
                ('published_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='published')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('placements', models.JSONField(default=dict, verbose_name='places')),
                ('actor', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='programme_versions', to='events.event', verbose_name='event')),
            ],
            options={
                'verbose_name': 'version of the timetable',
                'verbose_name_plural': 'versions of the timetable',
                'ordering': ['-number'],
                'constraints': [models.UniqueConstraint(fields=('event', 'number'), name='one_version_per_number')],
            },
        ),
    ]
