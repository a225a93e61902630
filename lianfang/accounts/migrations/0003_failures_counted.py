from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_login_of_an_organisation'),
    ]

    operations = [
        migrations.CreateModel(
            name='FailureCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64)),
                ('device', models.CharField(blank=True, max_length=32)),
                ('failures', models.PositiveIntegerField(verbose_name='连续失败次数')),
                ('last_at', models.DateTimeField(verbose_name='最近一次')),
            ],
            options={
                'verbose_name': '登录失败计数',
                'indexes': [models.Index(fields=['last_at'], name='accounts_failures_last')],
                'constraints': [models.UniqueConstraint(fields=('key', 'device'), name='accounts_failures_counted_once')],
            },
        ),
    ]
