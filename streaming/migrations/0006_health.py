from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("streaming", "0005_resources")]

    operations: list = []
