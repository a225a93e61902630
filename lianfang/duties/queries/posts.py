"""Posts that answer for measures."""

from django.db.models import QuerySet

from lianfang.duties.models import MeasureInForce
from lianfang.org.models import Post


def posts_with_measures(rows: QuerySet[MeasureInForce]) -> list[Post]:
    """Return the posts that answer for these measures, by their order. One statement."""
    found = Post.objects.filter(pk__in=rows.order_by().values("post"))
    return list(found.order_by("order", "code"))
