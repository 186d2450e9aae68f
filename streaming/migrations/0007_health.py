import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("streaming", "0006_automation_log")]

    operations = [
        migrations.CreateModel(
            name='AutomaticSlate',
            fields=[
                ('stream', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='automatic_slate', serialize=False, to='streaming.stream', verbose_name='stream')),
                ('is_automatic', models.BooleanField(default=False, verbose_name='by itself')),
                ('lost_since', models.DateTimeField(null=True, verbose_name='lost since')),
                ('back_since', models.DateTimeField(null=True, verbose_name='back since')),
                ('revision', models.PositiveBigIntegerField(default=0, verbose_name='revision at the loss')),
                ('is_left', models.BooleanField(default=False, verbose_name='left to people')),
            ],
            options={
                'verbose_name': 'automatic slate',
                'verbose_name_plural': 'automatic slates',
            },
        ),
        migrations.CreateModel(
            name='StreamHealth',
            fields=[
                ('stream', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='health', serialize=False, to='streaming.stream', verbose_name='stream')),
                ('is_live', models.BooleanField(null=True, verbose_name='live')),
                ('health', models.CharField(choices=[('healthy', 'healthy'), ('starving', 'starving'), ('unknown', 'unknown')], default='unknown', max_length=12, verbose_name='health')),
                ('input_lost', models.BooleanField(null=True, verbose_name='no picture comes in')),
                ('viewers', models.PositiveIntegerField(null=True, verbose_name='viewers by the service')),
                ('alerts', models.JSONField(default=list, verbose_name='alerts')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='heard')),
                ('asked_at', models.DateTimeField(null=True, verbose_name='asked')),
                ('is_asking', models.BooleanField(default=False, verbose_name='under way')),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked next')),
                ('misses', models.PositiveIntegerField(default=0, verbose_name='answers missed')),
                ('error', models.TextField(blank=True, verbose_name='last error')),
                ('fault', models.CharField(blank=True, choices=[('', 'none'), ('permission', 'a permission is missing'), ('quota', 'a quota is used up'), ('other', 'refused')], default='', max_length=12, verbose_name='kind of error')),
                ('fault_subject', models.CharField(blank=True, max_length=120, verbose_name='what is missing')),
                ('told', models.CharField(blank=True, editable=False, max_length=64)),
            ],
            options={
                'verbose_name': 'health of a stream',
                'verbose_name_plural': 'health of streams',
            },
        ),
        migrations.AlterField(
            model_name='dutylog',
            name='step',
            field=models.CharField(choices=[('on_duty', 'went on duty'), ('off_duty', 'left duty'), ('locked', 'locked the track'), ('unlocked', 'unlocked the track'), ('taken_over', 'took over the lock'), ('armed', 'armed the automation'), ('held', 'held the automation'), ('disarmed', 'disarmed the automation'), ('slate_on', 'switched the automatic slate on'), ('slate_off', 'switched the automatic slate off')], max_length=12, verbose_name='what'),
        ),
        migrations.AlterField(
            model_name='onairlog',
            name='source',
            field=models.CharField(choices=[('console', 'control room'), ('api', 'API'), ('command', 'command line'), ('automation', 'automation'), ('health', 'stream health'), ('seed', 'demo')], max_length=12, verbose_name='source'),
        ),
    ]
