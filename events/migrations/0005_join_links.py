import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

ROLES = [('organizer', 'organizer'), ('broadcaster', 'broadcaster'), ('moderator', 'moderator'), ('reception', 'reception')]


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0004_registration'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='rolegrant',
            name='source',
            field=models.CharField(blank=True, default='', editable=False, max_length=60, verbose_name='from'),
            preserve_default=False,
        ),
        migrations.CreateModel(
            name='RoleInvitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('role', models.CharField(choices=ROLES, max_length=16, verbose_name='role')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='invited')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='role_invitations', to='events.event', verbose_name='event')),
                ('invited_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['email', 'role'],
                'constraints': [models.UniqueConstraint(fields=('event', 'email', 'role'), name='one_invitation_per_role')],
            },
        ),
        migrations.CreateModel(
            name='JoinLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('reminder', models.CharField(blank=True, choices=[('before', 'before the event')], max_length=16, verbose_name='reminder')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('revoked_at', models.DateTimeField(editable=False, null=True, verbose_name='revoked')),
                ('last_used_at', models.DateTimeField(editable=False, null=True, verbose_name='last used')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_links', to='events.event', verbose_name='event')),
                ('issued_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_links', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'join link',
                'verbose_name_plural': 'join links',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('reminder', ''), _negated=True), fields=('event', 'user', 'reminder'), name='one_reminder_per_person_and_kind')],
            },
        ),
    ]
