from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0004_automation_log")]

    operations: list = []
