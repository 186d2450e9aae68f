
import django.db.models.deletion
import django.db.models.functions.datetime
import streaming.networks
import streaming.states
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0008_event_texts'),
        ("streaming", "0003_automation"),
    ]

    operations = [
        migrations.CreateModel(
            name='EventMedia',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='media', serialize=False, to='events.event', verbose_name='event')),
                ('encoders', models.TextField(validators=[streaming.networks.validate_networks], blank=True, help_text='Who may push a picture, one network a line, for example 203.0.113.7/32. Empty: the addresses of the whole site.', verbose_name='addresses of the encoders')),
            ],
            options={
                'verbose_name': 'streams of an event',
                'verbose_name_plural': 'streams of events',
            },
        ),
        migrations.AddField(
            model_name='stream',
            name='fault',
            field=models.CharField(blank=True, choices=[('', 'none'), ('permission', 'a permission is missing'), ('quota', 'a quota is used up'), ('other', 'refused')], default='', max_length=12, verbose_name='kind of error'),
        ),
        migrations.AddField(
            model_name='stream',
            name='fault_subject',
            field=models.CharField(blank=True, max_length=120, verbose_name='what is missing'),
        ),
        migrations.AddField(
            model_name='stream',
            name='key_number',
            field=models.PositiveIntegerField(default=0, verbose_name='keys so far'),
        ),
        migrations.AddField(
            model_name='stream',
            name='source_url',
            field=models.URLField(blank=True, help_text='Only for an address elsewhere: YouTube, Vimeo, or an HLS playlist (https://….m3u8).', max_length=500, verbose_name='address of the picture'),
        ),
        migrations.AddField(
            model_name='stream',
            name='start_over_url',
            field=models.CharField(blank=True, max_length=500, verbose_name='start-over address'),
        ),
        migrations.AddField(
            model_name='streamlog',
            name='part',
            field=models.CharField(blank=True, choices=[('picture', 'low-latency picture (IVS)'), ('group', 'package group'), ('package', 'package'), ('live', 'live endpoint'), ('live_policy', 'access to the live endpoint'), ('archive', 'start-over endpoint'), ('archive_policy', 'access to the start-over endpoint'), ('fence', "list of the encoders' addresses"), ('input', 'input for the encoder'), ('encoder', 'encoder in the cloud (MediaLive)')], max_length=16, verbose_name='part'),
        ),
        migrations.AddField(
            model_name='streamlog',
            name='request_id',
            field=models.CharField(blank=True, max_length=80, verbose_name='request id'),
        ),
        migrations.AlterField(
            model_name='stream',
            name='gateway',
            field=models.CharField(choices=[('local', 'this machine'), ('ivs', 'Amazon IVS'), ('medialive', 'AWS MediaLive'), ('embed', 'an address elsewhere')], max_length=16, verbose_name='gateway'),
        ),
        migrations.AlterField(
            model_name='stream',
            name='observed',
            field=models.CharField(choices=[('unknown', 'unknown'), ('absent', 'not made'), ('partial', 'in part'), ('changing', 'changing'), ('stopped', 'stopped'), ('starting', 'starting'), ('running', 'running'), ('stopping', 'stopping'), ('failed', 'failed')], default=streaming.states.Observed['UNKNOWN'], max_length=16, verbose_name='observed'),
        ),
        migrations.CreateModel(
            name='MediaResource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('owner', models.CharField(max_length=120, verbose_name='belongs to')),
                ('part', models.CharField(choices=[('picture', 'low-latency picture (IVS)'), ('group', 'package group'), ('package', 'package'), ('live', 'live endpoint'), ('live_policy', 'access to the live endpoint'), ('archive', 'start-over endpoint'), ('archive_policy', 'access to the start-over endpoint'), ('fence', "list of the encoders' addresses"), ('input', 'input for the encoder'), ('encoder', 'encoder in the cloud (MediaLive)')], max_length=16, verbose_name='part')),
                ('name', models.CharField(max_length=256, verbose_name='name')),
                ('token', models.CharField(blank=True, editable=False, max_length=64)),
                ('round', models.PositiveIntegerField(default=0, verbose_name='time made')),
                ('generation', models.PositiveIntegerField(default=0, verbose_name='wish number')),
                ('external_id', models.CharField(blank=True, max_length=300, verbose_name='cloud id')),
                ('seen', models.CharField(choices=[('absent', 'not there'), ('making', 'being made'), ('ready', 'ready'), ('stale', 'out of date'), ('starting', 'starting'), ('running', 'running'), ('stopping', 'stopping'), ('removing', 'being removed'), ('broken', 'broken')], default=streaming.states.Seen['ABSENT'], max_length=16, verbose_name='seen')),
                ('asked_at', models.DateTimeField(null=True, verbose_name='asked for')),
                ('seen_at', models.DateTimeField(null=True, verbose_name='looked at')),
                ('made_at', models.DateTimeField(null=True, verbose_name='first seen')),
                ('gone_at', models.DateTimeField(null=True, verbose_name='gone')),
                ('stream', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='streaming.stream', verbose_name='stream')),
            ],
            options={
                'verbose_name': 'cloud resource',
                'verbose_name_plural': 'cloud resources',
                'constraints': [models.UniqueConstraint(fields=('owner', 'part'), name='one_row_per_part')],
            },
        ),
    ]
