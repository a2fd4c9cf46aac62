import django.db.models.deletion
import modelcluster.contrib.taggit
import modelcluster.fields
import publishing.models.audiences
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('publishing', '0001_initial'),
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='PostIndex',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, max_length=600, verbose_name='introduction')),
            ],
            options={
                'verbose_name': 'list of posts',
                'verbose_name_plural': 'lists of posts',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('introduction', models.TextField(blank=True, help_text='One to three sentences, shown in lists and below the title.', max_length=600, verbose_name='introduction')),
                ('audiences', publishing.models.audiences.AudiencesField(blank=True, default=list, help_text='Leave empty if it is for everyone.', verbose_name='written for')),
                ('comments_open', models.BooleanField(default=True, help_text='People can still read a closed discussion.', verbose_name='Comments open')),
                ('body', wagtail.fields.StreamField([('text', 0), ('picture', 3), ('pull_quote', 6), ('card', 8), ('table', 13), ('call_out', 16), ('video', 19), ('download', 22)], blank=True, block_lookup={0: ('publishing.blocks.TextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'ol', 'ul', 'link', 'document-link', 'hr', 'blockquote']}), 1: ('wagtail.images.blocks.ImageBlock', [], {'label': 'Image'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.TextBlock', (), {'label': 'Quotation'}), 5: ('wagtail.blocks.CharBlock', (), {'label': 'Attribution', 'max_length': 150, 'required': False}), 6: ('wagtail.blocks.StructBlock', [[('words', 4), ('by', 5)]], {}), 7: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page'}), 8: ('wagtail.blocks.StructBlock', [[('page', 7)]], {}), 9: ('wagtail.blocks.CharBlock', (), {'help_text': 'What the table shows.', 'label': 'Caption', 'max_length': 200}), 10: ('wagtail.blocks.CharBlock', (), {'required': False}), 11: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 10), ('number', 10)]], {'label': 'Rows'}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Source and date', 'max_length': 300, 'required': False}), 13: ('wagtail.blocks.StructBlock', [[('caption', 9), ('rows', 11), ('source', 12)]], {}), 14: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 15: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'link', 'ol', 'ul'], 'label': 'Text'}), 16: ('wagtail.blocks.StructBlock', [[('title', 14), ('text', 15)]], {}), 17: ('wagtail.blocks.URLBlock', (), {'help_text': 'A YouTube or Vimeo page, for example https://vimeo.com/76979871.', 'label': 'URL'}), 18: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 200}), 19: ('wagtail.blocks.StructBlock', [[('url', 17), ('title', 18)]], {}), 20: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 21: ('wagtail.blocks.CharBlock', (), {'help_text': 'Leave empty to use the file’s title.', 'label': 'Title', 'max_length': 200, 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('document', 20), ('title', 21)]], {})}, verbose_name='body')),
                ('lead_image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='publishing.siteimage', verbose_name='lead image')),
            ],
            options={
                'verbose_name': 'post',
                'verbose_name_plural': 'posts',
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, 'wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='PostTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged_items', to='blog.post')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(app_label)s_%(class)s_items', to='taggit.tag')),
            ],
            options={
                'verbose_name': 'tag of a post',
                'verbose_name_plural': 'tags of posts',
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='post',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='blog.PostTag', to='taggit.Tag', verbose_name='tags'),
        ),
    ]
