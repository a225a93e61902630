"""What the templates of duties say in their own way."""

from django import template

from lianfang.duties.queries.marks import month_word

register = template.Library()
register.filter("month_word", month_word)
