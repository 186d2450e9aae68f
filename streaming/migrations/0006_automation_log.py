
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('streaming', '0005_sweep'),
    ]

    operations = [
        migrations.AddField(
            model_name='dutylog',
            name='reason',
            field=models.CharField(blank=True, max_length=40, verbose_name='reason'),
        ),
        migrations.AlterField(
            model_name='dutylog',
            name='step',
            field=models.CharField(choices=[('on_duty', 'went on duty'), ('off_duty', 'left duty'), ('locked', 'locked the track'), ('unlocked', 'unlocked the track'), ('taken_over', 'took over the lock'), ('armed', 'armed the automation'), ('held', 'held the automation'), ('disarmed', 'disarmed the automation')], max_length=12, verbose_name='what'),
        ),
    ]
