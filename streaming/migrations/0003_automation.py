from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0002_duty_log")]

    operations = []
