from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0006_health")]

    operations: list = []
