from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_sign_in'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingmail',
            name='calendar',
            field=models.TextField(blank=True),
        ),
    ]
