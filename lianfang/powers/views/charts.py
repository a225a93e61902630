"""The flow of a power as a file."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET

from lianfang.common.http import AppRequest, language_now
from lianfang.org.access import standing_for
from lianfang.powers.access import get_power_for
from lianfang.powers.queries.charts import ChartKind, chart_file, chart_for
from lianfang.powers.views.addresses import to
from lianfang.powers.views.sending import sent


@require_GET
def power_chart(request: AppRequest, power_id: int, kind: str) -> HttpResponseBase:
    """Send the flowchart of a power as SVG, PDF or BPMN (五（二）)."""
    standing = standing_for(request)
    power = get_power_for(standing, power_id)
    if kind not in set(ChartKind) or not power.steps.exists():
        raise Http404
    chart = chart_for(power, standing, request.frame.scheme, language_now())
    return sent(
        request,
        lambda: chart_file(chart, ChartKind(kind)),
        name=f"{power.code}-{power.name}.{kind}",
        back=to("power", power.pk),
    )
