from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0007_health")]

    operations: list[object] = []
