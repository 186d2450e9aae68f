from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0008_recording")]

    operations: list = []
