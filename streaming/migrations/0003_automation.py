import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import streaming.states


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_event_life"),
        ("streaming", "0002_duty_log"),
        ("talks", "0002_programme_fields"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Automation',
            fields=[
                ('track', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='automation', serialize=False, to='events.track')),
                ('is_armed', models.BooleanField(default=False)),
                ('is_held', models.BooleanField(default=False)),
                ('expected_revision', models.PositiveBigIntegerField(default=0)),
                ('card', models.CharField(blank=True, choices=[('waiting', 'waiting'), ('break', 'break'), ('technical', 'technical')], max_length=16)),
                ('due_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, max_length=20)),
                ('armed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('talk', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='talks.talk')),
            ],
            options={
                'verbose_name': 'automation',
                'verbose_name_plural': 'automation',
            },
        ),
        migrations.AlterField(
            model_name='stream',
            name='attempts',
            field=models.PositiveIntegerField(default=0, verbose_name='attempts'),
        ),
        migrations.AlterField(
            model_name='stream',
            name='desired',
            field=models.CharField(choices=[('absent', 'not made'), ('ready', 'ready'), ('running', 'running')], default=streaming.states.Desired['ABSENT'], max_length=16, verbose_name='desired'),
        ),
        migrations.AlterField(
            model_name='stream',
            name='is_low_latency',
            field=models.BooleanField(default=False, verbose_name='low latency'),
        ),
        migrations.AlterField(
            model_name='stream',
            name='lease_owner',
            field=models.CharField(blank=True, max_length=80, verbose_name='worked on by'),
        ),
        migrations.AlterField(
            model_name='stream',
            name='lease_until',
            field=models.DateTimeField(null=True, verbose_name='worked on until'),
        ),
        migrations.AlterField(
            model_name='stream',
            name='observed',
            field=models.CharField(choices=[('unknown', 'unknown'), ('absent', 'not made'), ('stopped', 'stopped'), ('starting', 'starting'), ('running', 'running'), ('stopping', 'stopping'), ('failed', 'failed')], default=streaming.states.Observed['UNKNOWN'], max_length=16, verbose_name='observed'),
        ),
        migrations.AlterField(
            model_name='stream',
            name='observed_generation',
            field=models.PositiveIntegerField(default=0, verbose_name='wish that was seen'),
        ),
        migrations.AlterField(
            model_name='stream',
            name='playback_kind',
            field=models.CharField(choices=[('hls', 'HLS'), ('youtube', 'YouTube'), ('vimeo', 'Vimeo'), ('none', 'none')], default='none', max_length=8, verbose_name='kind of playback'),
        ),
        migrations.AlterField(
            model_name='streamlog',
            name='generation',
            field=models.PositiveIntegerField(verbose_name='wish number'),
        ),
    ]
