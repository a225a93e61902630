from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_failures_counted'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='settled_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='收起入门清单于'),
        ),
    ]
