import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='organisation',
            field=models.BigIntegerField(blank=True, null=True, verbose_name='机构'),
        ),
        migrations.AddField(
            model_name='user',
            name='password_set_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='密码设定时间'),
        ),
        migrations.AlterField(
            model_name='user',
            name='username',
            field=models.CharField(max_length=60, unique=True, validators=[django.core.validators.RegexValidator('^[^\\W_][\\w.@-]*\\Z', '登录名只能用字母、数字、汉字和 . _ - @，以字母、数字或汉字开头。')], verbose_name='登录名'),
        ),
    ]
