from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0003_automation")]

    operations: list = []
