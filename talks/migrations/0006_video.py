from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("talks", "0005_imports")]

    operations: list[object] = []
