
import django.db.models.deletion
import django.db.models.functions.datetime
import streaming.sweep_rules
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("streaming", "0004_resources"),
    ]

    operations = [
        migrations.CreateModel(
            name='Sweep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='started')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='ended')),
                ('things', models.PositiveIntegerField(default=0, verbose_name='resources of ours')),
                ('strays', models.PositiveIntegerField(default=0, verbose_name='unknown among them')),
                ('removed', models.PositiveIntegerField(default=0, verbose_name='removed')),
                ('error', models.TextField(blank=True, verbose_name='error')),
            ],
            options={
                'verbose_name': 'sweep',
                'verbose_name_plural': 'sweeps',
                'ordering': ['-started_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SweepFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('part', models.CharField(choices=[('picture', 'low-latency picture (IVS)'), ('group', 'package group'), ('package', 'package'), ('live', 'live endpoint'), ('live_policy', 'access to the live endpoint'), ('archive', 'start-over endpoint'), ('archive_policy', 'access to the start-over endpoint'), ('fence', "list of the encoders' addresses"), ('input', 'input for the encoder'), ('encoder', 'encoder in the cloud (MediaLive)')], max_length=16, verbose_name='part')),
                ('external_id', models.CharField(max_length=300, unique=True, verbose_name='cloud id')),
                ('name', models.CharField(max_length=256, verbose_name='name')),
                ('owner', models.CharField(blank=True, max_length=40, verbose_name='stream')),
                ('seen', models.CharField(choices=[('absent', 'not there'), ('making', 'being made'), ('ready', 'ready'), ('stale', 'out of date'), ('starting', 'starting'), ('running', 'running'), ('stopping', 'stopping'), ('removing', 'being removed'), ('broken', 'broken')], max_length=16, verbose_name='seen')),
                ('verdict', models.CharField(choices=[('keep', 'in use'), ('watch', 'watched'), ('report', 'left over'), ('delete', 'deleted')], default=streaming.sweep_rules.Verdict['WATCH'], max_length=8, verbose_name='verdict')),
                ('times', models.PositiveIntegerField(default=0, verbose_name='sweeps that saw it')),
                ('first_seen_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='first seen')),
                ('last_seen_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='last seen')),
                ('gone_at', models.DateTimeField(null=True, verbose_name='gone')),
                ('error', models.TextField(blank=True, verbose_name='last error')),
            ],
            options={
                'verbose_name': 'left-over resource',
                'verbose_name_plural': 'left-over resources',
                'ordering': ['-last_seen_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='stream',
            name='keep_until',
            field=models.DateTimeField(blank=True, null=True, verbose_name='kept running until'),
        ),
        migrations.CreateModel(
            name='RunningTime',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gateway', models.CharField(max_length=16, verbose_name='gateway')),
                ('since', models.DateTimeField(verbose_name='since')),
                ('until', models.DateTimeField(null=True, verbose_name='until')),
                ('stream', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='running_times', to='streaming.stream', verbose_name='stream')),
            ],
            options={
                'verbose_name': 'running time',
                'verbose_name_plural': 'running times',
                'ordering': ['-since', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until', None)), fields=('stream',), name='runs_once_at_a_time')],
            },
        ),
    ]
