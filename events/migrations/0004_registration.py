import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def count_who_is_on_site(apps, schema_editor):
    """Until now an event with a place took people on site, as many as came."""
    event, registration = apps.get_model("events", "Event"), apps.get_model("events", "Registration")
    event.objects.exclude(venue_ja="", venue_en="").update(has_on_site=True)
    on_site = registration.objects.filter(attendance="on_site")
    counts = on_site.order_by().values_list("event").annotate(models.Count("pk"))
    places = apps.get_model("events", "Places")
    places.objects.bulk_create(places(event_id=pk, taken=taken) for pk, taken in counts)


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0003_event_life'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.JSONField(verbose_name='answer')),
            ],
            options={
                'verbose_name': 'answer',
                'verbose_name_plural': 'answers',
                'ordering': ['question__position', 'question_id'],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.CharField(help_text='What the export says. It stays once somebody answered.', max_length=40, validators=[django.core.validators.RegexValidator('^[a-z0-9_]+\\Z', 'Small letters, digits and _ only: for example size_m.')], verbose_name='value')),
                ('label_ja', models.CharField(max_length=120, verbose_name='choice (Japanese)')),
                ('label_en', models.CharField(blank=True, max_length=120, verbose_name='choice (English)')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='position')),
                ('is_archived', models.BooleanField(default=False, verbose_name='archived')),
            ],
            options={
                'verbose_name': 'choice',
                'verbose_name_plural': 'choices',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='ConsentText',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(editable=False, verbose_name='version')),
                ('text_ja', models.TextField(max_length=20000, verbose_name='text (Japanese, Markdown)')),
                ('text_en', models.TextField(blank=True, max_length=20000, verbose_name='text (English, Markdown)')),
                ('published_at', models.DateTimeField(editable=False, verbose_name='published')),
            ],
            options={
                'verbose_name': 'consent text',
                'verbose_name_plural': 'consent texts',
                'ordering': ['event', '-version'],
            },
        ),
        migrations.CreateModel(
            name='Places',
            fields=[
                ('event', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='places', serialize=False, to='events.event')),
                ('taken', models.PositiveIntegerField(default=0)),
                ('next_number', models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='The column of the export, for example t_shirt. It stays once somebody answered.', max_length=40, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9_]*\\Z', 'Small letters, digits and _ only, a letter first: for example t_shirt.')], verbose_name='column')),
                ('kind', models.CharField(choices=[('text', 'one line'), ('long_text', 'several lines'), ('choice', 'one of several'), ('choices', 'any of several')], default='text', max_length=16, verbose_name='kind')),
                ('check_as', models.CharField(blank=True, choices=[('kana', 'katakana'), ('postal_code', 'Japanese postal code'), ('phone', 'phone number'), ('email', 'e-mail address'), ('url', 'web address')], help_text='For questions of one line.', max_length=16, verbose_name='must be')),
                ('max_length', models.PositiveSmallIntegerField(default=200, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(2000)], verbose_name='longest answer')),
                ('group', models.CharField(choices=[('person', 'About you'), ('work', 'Your company or school'), ('event', 'About this event')], default='event', max_length=16, verbose_name='part of the form')),
                ('position', models.PositiveSmallIntegerField(default=100, verbose_name='position')),
                ('label_ja', models.CharField(max_length=200, verbose_name='question (Japanese)')),
                ('label_en', models.CharField(blank=True, max_length=200, verbose_name='question (English)')),
                ('help_ja', models.CharField(blank=True, max_length=300, verbose_name='help (Japanese)')),
                ('help_en', models.CharField(blank=True, max_length=300, verbose_name='help (English)')),
                ('autofill', models.CharField(blank=True, choices=[('family-name', 'family name'), ('given-name', 'given name'), ('organization', 'company or school'), ('organization-title', 'position'), ('email', 'e-mail address'), ('tel', 'phone number'), ('postal-code', 'postal code'), ('address-level1', 'prefecture'), ('address-level2', 'city'), ('address-line1', 'street'), ('address-line2', 'building'), ('country-name', 'country'), ('url', 'web address')], help_text='A postal code also fills in prefecture, city and street of the same form.', max_length=20, verbose_name='browser fills in')),
                ('is_required', models.BooleanField(default=False, verbose_name='required')),
                ('is_archived', models.BooleanField(default=False, help_text='No longer asked; the answers are kept and exported.', verbose_name='archived')),
            ],
            options={
                'verbose_name': 'question',
                'verbose_name_plural': 'questions',
                'ordering': ['position', 'id'],
            },
        ),
        migrations.CreateModel(
            name='RegistrationExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('kind', models.CharField(max_length=8, verbose_name='file')),
                ('rows', models.PositiveIntegerField(verbose_name='registrations')),
            ],
            options={
                'verbose_name': 'export of registrations',
                'verbose_name_plural': 'exports of registrations',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RegistrationSettings',
            fields=[
            ],
            options={
                'verbose_name': 'registration settings',
                'verbose_name_plural': 'registration settings',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('events.event',),
        ),
        migrations.AddField(
            model_name='event',
            name='has_on_site',
            field=models.BooleanField(default=False, editable=False, verbose_name='takes people on site'),
        ),
        migrations.AddField(
            model_name='event',
            name='on_site_places',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='places on site'),
        ),
        migrations.AddField(
            model_name='registration',
            name='language',
            field=models.CharField(default='ja', editable=False, max_length=8, verbose_name='language of mails'),
        ),
        migrations.AddField(
            model_name='registration',
            name='waiting_number',
            field=models.PositiveIntegerField(blank=True, editable=False, null=True, verbose_name='waiting number'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(fields=('event', 'waiting_number'), name='one_person_per_waiting_number'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(('waiting_number', None), ('attendance', 'online'), _connector='OR'), name='waiting_is_online_meanwhile'),
        ),
        migrations.AddField(
            model_name='answer',
            name='registration',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='events.registration', verbose_name='registration'),
        ),
        migrations.AddField(
            model_name='consenttext',
            name='author',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author'),
        ),
        migrations.AddField(
            model_name='consenttext',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consent_texts', to='events.event', verbose_name='event'),
        ),
        migrations.AddField(
            model_name='question',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='events.event', verbose_name='event'),
        ),
        migrations.AddField(
            model_name='choice',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='events.question', verbose_name='question'),
        ),
        migrations.AddField(
            model_name='answer',
            name='question',
            field=models.ForeignKey(on_delete=django.db.models.deletion.RESTRICT, related_name='answers', to='events.question', verbose_name='question'),
        ),
        migrations.AddField(
            model_name='registrationexport',
            name='actor',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by'),
        ),
        migrations.AddField(
            model_name='registrationexport',
            name='event',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='exports', to='events.event', verbose_name='event'),
        ),
        migrations.AddConstraint(
            model_name='consenttext',
            constraint=models.UniqueConstraint(fields=('event', 'version'), name='one_text_per_version'),
        ),
        migrations.AddConstraint(
            model_name='question',
            constraint=models.UniqueConstraint(fields=('event', 'key'), name='one_question_per_key'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.UniqueConstraint(fields=('question', 'value'), name='one_choice_per_value'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('registration', 'question'), name='one_answer_per_question'),
        ),
        migrations.AddIndex(
            model_name='registration',
            index=models.Index(fields=['event', '-created_at'], name='registrations_by_time'),
        ),
        migrations.RunPython(count_who_is_on_site, migrations.RunPython.noop, elidable=True),
    ]
