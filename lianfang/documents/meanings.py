"""What the meanings of columns are called, for sentences and pages in both languages."""

from types import MappingProxyType

from lianfang.common.text import Text
from lianfang.documents.model import Field

MEANINGS = MappingProxyType(
    {
        Field.SEQ: Text("序号", "No."),
        Field.UNIT: Text("单位", "Unit"),
        Field.POST: Text("岗位", "Post"),
        Field.HOLDER: Text("岗位人员", "Holder"),
        Field.POWER_CODE: Text("职权编码", "Code of the power"),
        Field.POWER: Text("职权名称", "Name of the power"),
        Field.CATEGORY: Text("职权类别", "Category of the power"),
        Field.BASIS: Text("行使依据", "Bases"),
        Field.STEP: Text("环节、流程", "Step or flow"),
        Field.OBJECT: Text("适用对象", "Whom it concerns"),
        Field.ASPECT: Text("风险方面", "Aspects"),
        Field.RISK: Text("风险点", "Risk point"),
        Field.MANIFESTATION: Text("表现形式", "Manifestations"),
        Field.LEVEL: Text("风险等级", "Risk level"),
        Field.MEASURES: Text("防控措施", "Measures"),
        Field.MEASURE_EARLY: Text("前期预防措施", "Measures: early prevention"),
        Field.MEASURE_DURING: Text("中期监控措施", "Measures: mid-course monitoring"),
        Field.MEASURE_AFTER: Text("后期处置措施", "Measures: after-the-fact action"),
        Field.OWNER: Text("责任人", "In charge"),
        Field.UNIT_HEAD: Text("部门负责人", "Head of department"),
        Field.LEADER: Text("分管领导", "Portfolio leader"),
        Field.FREQUENCY: Text("频次", "Frequency"),
        Field.EVIDENCE: Text("凭证", "Evidence"),
        Field.METHOD: Text("方法", "Method"),
        Field.INDICATOR: Text("指标", "Indicator"),
        Field.RISK_COUNT: Text("风险点数", "Number of risk points"),
        Field.RESPONSIBILITY: Text("职责、责任事项", "Duties"),
        Field.NOTE: Text("备注", "Remark"),
    }
)
