from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0006_automation_log")]

    operations: list[object] = []
