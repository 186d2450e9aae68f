from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0008_event_texts")]

    operations = [
        migrations.AddField(
            model_name="sponsor",
            name="about_ja",
            field=models.TextField(blank=True, help_text="Markdown.", verbose_name="about (Japanese)"),
        ),
        migrations.AddField(
            model_name="sponsor",
            name="about_en",
            field=models.TextField(blank=True, help_text="Markdown.", verbose_name="about (English)"),
        ),
    ]
