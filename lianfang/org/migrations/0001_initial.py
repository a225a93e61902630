import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='英文名称')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='代码')),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=60, verbose_name='时区')),
                ('scheme', models.CharField(default='cnas-2012', max_length=60, verbose_name='方案')),
                ('superior_name', models.CharField(blank=True, max_length=100, verbose_name='上级机关')),
                ('superior_name_en', models.CharField(blank=True, max_length=160, verbose_name='上级机关英文名称')),
                ('is_example', models.BooleanField(default=False, verbose_name='示例数据')),
                ('created_at', models.DateTimeField(verbose_name='建立于')),
            ],
            options={
                'verbose_name': '机构',
            },
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='英文名称')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('retired_reason', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('kind', models.CharField(choices=[('organisation', '单位'), ('leadership', '领导班子'), ('department', '处室'), ('company', '公司')], default='department', max_length=20, verbose_name='类型')),
                ('code', models.CharField(max_length=40, verbose_name='代码')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='次序')),
                ('version', models.PositiveIntegerField(default=1)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='units', to='org.organisation')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='org.unit')),
            ],
            options={
                'verbose_name': '单位',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='org_unit_code_once'), models.UniqueConstraint(condition=models.Q(('parent', None)), fields=('organisation',), name='org_unit_one_root'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'organisation'), ('parent', None)), models.Q(('parent__isnull', False), models.Q(('kind', 'organisation'), _negated=True)), _connector='OR'), name='org_unit_root_is_the_organisation')],
            },
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='英文名称')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('retired_reason', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('kind', models.CharField(choices=[('leading_group', '领导小组'), ('leading_group_office', '领导小组办公室'), ('discipline_office', '纪检监察室'), ('discipline_oversight', '对纪检监察室的监督机构')], max_length=24, verbose_name='类型')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bodies', to='org.organisation')),
                ('unit', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='org.unit')),
            ],
            options={
                'verbose_name': '机构',
                'constraints': [models.UniqueConstraint(condition=models.Q(('retired_on', None)), fields=('organisation', 'kind'), name='org_body_one_of_a_kind')],
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='英文名称')),
                ('code', models.CharField(max_length=40, verbose_name='工号')),
                ('is_party_member', models.BooleanField(blank=True, null=True, verbose_name='中共党员')),
                ('left_on', models.DateField(blank=True, null=True, verbose_name='离开日期')),
                ('version', models.PositiveIntegerField(default=1)),
                ('login', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL, verbose_name='登录')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='people', to='org.organisation')),
            ],
            options={
                'verbose_name': '人员',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='org_person_code_once')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='起')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=200, verbose_name='撤回原因')),
                ('role', models.CharField(choices=[('head', '组长（主任）'), ('deputy', '副组长（副主任）'), ('member', '成员')], default='member', max_length=10, verbose_name='职务')),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='org.body')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='org.person')),
            ],
            options={
                'verbose_name': '成员',
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='org_membership_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('to_on', None), ('withdrawn_at', None)), fields=('body', 'person'), name='org_membership_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='Kinship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('relation', models.CharField(max_length=40, verbose_name='关系')),
                ('relative_name', models.CharField(blank=True, max_length=100, verbose_name='亲属姓名')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='所在单位及与本单位业务的关系')),
                ('recorded_on', models.DateField(verbose_name='登记日期')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='kinships', to='org.person')),
                ('relative', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.person')),
            ],
            options={
                'verbose_name': '亲属关系',
                'constraints': [models.CheckConstraint(condition=models.Q(('relative', None), ('relative_name', ''), _negated=True), name='org_kinship_names_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('relative', models.F('person')), _negated=True), ('relative', None), _connector='OR'), name='org_kinship_is_of_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Administrator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('system', '系统管理员'), ('security', '安全管理员'), ('audit', '审计管理员')], max_length=10, verbose_name='类型')),
                ('name', models.CharField(blank=True, max_length=100, verbose_name='姓名')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='英文姓名')),
                ('login', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='administrator', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='administrators', to='org.organisation')),
                ('person', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='administrator', to='org.person')),
            ],
            options={
                'verbose_name': '管理员',
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=160, verbose_name='英文名称')),
                ('retired_on', models.DateField(blank=True, null=True, verbose_name='停用日期')),
                ('retired_reason', models.CharField(blank=True, max_length=200, verbose_name='停用原因')),
                ('code', models.CharField(max_length=40, verbose_name='代码')),
                ('duties', models.TextField(blank=True, verbose_name='岗位职责')),
                ('duties_en', models.TextField(blank=True, verbose_name='岗位职责（英文）')),
                ('qualifications', models.TextField(blank=True, verbose_name='任职条件')),
                ('is_leadership', models.BooleanField(default=False, verbose_name='班子成员')),
                ('is_unit_head', models.BooleanField(default=False, verbose_name='单位负责人')),
                ('is_leadership_head', models.BooleanField(default=False, verbose_name='班子主要负责人')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='次序')),
                ('version', models.PositiveIntegerField(default=1)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='org.organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='org.unit')),
            ],
            options={
                'verbose_name': '岗位',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'code'), name='org_post_code_once'), models.UniqueConstraint(condition=models.Q(('is_leadership_head', True), ('retired_on', None)), fields=('organisation',), name='org_post_one_leadership_head'), models.UniqueConstraint(condition=models.Q(('is_unit_head', True), ('retired_on', None)), fields=('unit',), name='org_post_one_head_per_unit'), models.CheckConstraint(condition=models.Q(('is_leadership_head', False), ('is_leadership', True), _connector='OR'), name='org_post_leadership_head_is_in_the_leadership')],
            },
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='起')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=200, verbose_name='撤回原因')),
                ('kind', models.CharField(choices=[('full', '专任'), ('concurrent', '兼任'), ('acting', '代理')], default='full', max_length=12, verbose_name='方式')),
                ('document', models.CharField(blank=True, max_length=80, verbose_name='任命文号')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='org.person')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='org.post')),
            ],
            options={
                'verbose_name': '任职',
                'indexes': [models.Index(fields=['organisation', 'from_on'], name='org_appointment_holding')],
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='org_appointment_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('person', 'post', 'from_on'), name='org_appointment_once')],
            },
        ),
        migrations.CreateModel(
            name='Qualification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='资格')),
                ('number', models.CharField(blank=True, max_length=60, verbose_name='证书编号')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='qualifications', to='org.person')),
            ],
            options={
                'verbose_name': '资格',
            },
        ),
        migrations.CreateModel(
            name='SchemeOverride',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=120, verbose_name='规则')),
                ('number', models.FloatField(blank=True, null=True, verbose_name='数值')),
                ('choice', models.CharField(blank=True, max_length=40, verbose_name='选择')),
                ('from_on', models.DateField(verbose_name='自何日起')),
                ('reason', models.CharField(max_length=300, verbose_name='理由')),
                ('set_at', models.DateTimeField(verbose_name='设定时间')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '方案调整',
                'indexes': [models.Index(fields=['organisation', 'path', 'from_on'], name='org_override_in_force')],
                'constraints': [models.CheckConstraint(condition=models.Q(('number', None), ('choice', ''), _connector='OR'), name='org_override_is_of_one_kind')],
            },
        ),
        migrations.CreateModel(
            name='Portfolio',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='起')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='止')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=200, verbose_name='撤回原因')),
                ('leader', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='portfolios', to='org.person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='portfolios', to='org.unit')),
            ],
            options={
                'verbose_name': '分管',
                'constraints': [models.CheckConstraint(condition=models.Q(('to_on', None), ('to_on__gte', models.F('from_on')), _connector='OR'), name='org_portfolio_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('to_on', None), ('withdrawn_at', None)), fields=('unit',), name='org_portfolio_one_open_per_unit')],
            },
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('source', models.CharField(max_length=200, verbose_name='来源')),
                ('loaded_at', models.DateTimeField(verbose_name='装入时间')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
            ],
            options={
                'verbose_name': '工作日历年度',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'year'), name='org_calendar_year_once')],
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('is_working', models.BooleanField(verbose_name='工作日')),
                ('name', models.CharField(blank=True, max_length=40, verbose_name='名称')),
                ('name_en', models.CharField(blank=True, max_length=60, verbose_name='英文名称')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.organisation')),
            ],
            options={
                'verbose_name': '工作日历',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'day'), name='org_calendar_day_once')],
            },
        ),
    ]
