import accounts.models.deletion
import accounts.models.users
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import mail.mailboxes
import modelcluster.fields
import modelsearch.index
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, validators=[mail.mailboxes.validate_visible], verbose_name='e-mail address')),
                ('name', models.CharField(blank=True, help_text='Shown next to comments.', max_length=150, verbose_name='name')),
                ('organisation', models.CharField(blank=True, max_length=200, verbose_name='organization')),
                ('role', models.CharField(blank=True, max_length=120, verbose_name='role')),
                ('portrait', models.FileField(blank=True, storage=accounts.models.users.public_storage, upload_to='portraits', verbose_name='picture')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('is_staff', models.BooleanField(default=False, verbose_name='staff')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
            },
        ),
        migrations.CreateModel(
            name='AccountEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='when')),
                ('action', models.CharField(choices=[('signed_in', 'signed in'), ('signed_out', 'signed out'), ('failed', 'failed to sign in'), ('signed_up', 'created an account'), ('connected', 'connected a provider account'), ('disconnected', 'disconnected a provider account'), ('addresses', 'e-mail addresses changed'), ('password', 'password changed'), ('factor', 'two-step verification changed'), ('sessions', 'signed out of other sessions'), ('rights', 'permissions changed'), ('voice', 'organization verification changed'), ('leaving', 'account deletion')], max_length=12, verbose_name='action')),
                ('details', models.CharField(blank=True, max_length=300, verbose_name='details')),
                ('ip_address', models.GenericIPAddressField(blank=True, null=True, verbose_name='IP address')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='account_events', to=settings.AUTH_USER_MODEL, verbose_name='account')),
            ],
            options={
                'verbose_name': 'account event',
                'verbose_name_plural': 'account events',
                'ordering': ['-at', '-pk'],
                'default_permissions': ('view',),
            },
        ),
        migrations.CreateModel(
            name='DeletionRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='requested')),
                ('due_at', models.DateTimeField(db_index=True, default=accounts.models.deletion.default_due_at, verbose_name='due')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='deletion_request', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'deletion request',
                'verbose_name_plural': 'deletion requests',
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
            ],
            options={
                'verbose_name': 'organization',
                'verbose_name_plural': 'organizations',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('name'), name='one_organisation_a_name')],
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Domain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='The part after the @, for example northern.k12.example.', max_length=253, unique=True, verbose_name='domain')),
                ('organisation', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'e-mail domain',
                'verbose_name_plural': 'e-mail domains',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('asked', 'Waiting for review'), ('confirmed', 'Verified'), ('withdrawn', 'Not verified')], default='asked', max_length=10, verbose_name='state')),
                ('method', models.CharField(blank=True, choices=[('address', 'E-mail address at the organization'), ('editor', 'Editor')], max_length=10, verbose_name='verified by')),
                ('email', models.EmailField(blank=True, editable=False, max_length=254)),
                ('domain', models.CharField(blank=True, editable=False, max_length=253)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed')),
                ('expires_at', models.DateTimeField(blank=True, null=True, verbose_name='expires')),
                ('confirmed_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='editor')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='affiliation', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='accounts.organisation', verbose_name='organization')),
            ],
            options={
                'verbose_name': 'verified organization',
                'verbose_name_plural': 'verified organizations',
            },
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='one_account_an_address'),
        ),
        migrations.AddConstraint(
            model_name='affiliation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'confirmed'), _negated=True), models.Q(('expires_at__isnull', False), models.Q(('method', ''), _negated=True)), _connector='OR'), name='confirmed_how_and_until'),
        ),
    ]
