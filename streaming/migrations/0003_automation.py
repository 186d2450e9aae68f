import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


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
    ]
