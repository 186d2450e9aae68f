from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0009_inputs")]

    operations: list[object] = []
