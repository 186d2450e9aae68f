from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0008_switch_times")]

    operations: list[object] = []
