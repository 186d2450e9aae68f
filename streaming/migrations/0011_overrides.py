from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0010_recordings")]

    operations: list[object] = []
